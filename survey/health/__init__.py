"""Tells an operator whether the application can do its work."""
