"""Which coach works at which school, in which period, and for how many hours."""
