"""Hints as a coach reads them: blocks to talk about, in words without a verdict."""
