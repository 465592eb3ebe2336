"""Cohorts beside one another, in cells that were declared beforehand: the cohorts, or experience."""
