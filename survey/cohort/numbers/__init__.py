"""The numbers of a cohort that a trainer reads, and every chart is made of."""
