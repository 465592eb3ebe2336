"""What trainers read about their cohorts: curves, where coaches stand, what they chose, and comparisons."""
