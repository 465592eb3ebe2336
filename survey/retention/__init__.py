"""Deleting after time: what is kept how long, and the command that takes away what is older."""
