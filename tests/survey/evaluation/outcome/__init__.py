"""The page of a release, and what the lead does about it."""
