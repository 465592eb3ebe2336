"""Sharpening profile and forms: what the field proposes, and what other words do to answers."""
