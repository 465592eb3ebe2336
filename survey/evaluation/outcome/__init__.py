"""The page of a release: groups and years in charts, and in words what cannot be said."""
