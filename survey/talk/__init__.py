"""Talks of a case: planned or held, with whom, what was agreed, and the private lines of their coach."""
