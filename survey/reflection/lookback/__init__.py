"""Look-back: once a year, where the focus items stood then, seen from now; never part of a score."""
