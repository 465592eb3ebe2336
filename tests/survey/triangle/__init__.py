"""The triangle of a placement."""
