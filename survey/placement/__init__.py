"""Schools, and which coach works where."""
