"""The research export as one SQLite file that says what it holds."""
