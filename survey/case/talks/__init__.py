"""Talks as a coach notes them: with whom, when, and what was agreed."""
