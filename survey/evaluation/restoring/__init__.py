"""What a restored backup does not undo: a count and what was published, which happen once."""
