"""The coaching of a professional in a case: the phase it is in, and the levels at which causes were sought."""
