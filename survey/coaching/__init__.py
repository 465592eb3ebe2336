"""The coaching of a professional in a case: the phase it is in, and the levels that were looked at."""
