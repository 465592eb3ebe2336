"""What one trainer may see of a cohort, some of whom may share with that trainer one by one."""
