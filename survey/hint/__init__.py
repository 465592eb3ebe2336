"""Hints: rules on the answers of one person, what was done with them, decisions about more or less help."""
