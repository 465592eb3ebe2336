"""Short rounds between the full ones: only the focus items, one page, never part of a score or a curve."""
