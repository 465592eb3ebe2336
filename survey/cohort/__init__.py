"""Cohorts of coaches and their rounds: who is due, who took part, how the group grows."""
