"""Erasing one person on request: what the rules take a year after leaving, at once and of nobody else."""
