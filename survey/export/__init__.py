"""Exports: what someone holds here, what a trainer may see of a cohort, what research may read."""
