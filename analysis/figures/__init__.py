"""Figures: numbers in, plotly Figure out. The only package that touches plotly; colours are CSS tokens."""

from plotly.graph_objects import Figure

from analysis.figures.case import case_goal, case_relationship, case_wellbeing
from analysis.figures.cohort import cohort_growth
from analysis.figures.growth import coach_growth
from analysis.figures.items import focus_lines, lookback_marks, self_other_marks
from analysis.figures.participation import participation_bars
from analysis.figures.theme import PALETTE, as_json

__all__ = [
    "PALETTE",
    "Figure",
    "as_json",
    "case_goal",
    "case_relationship",
    "case_wellbeing",
    "coach_growth",
    "cohort_growth",
    "focus_lines",
    "lookback_marks",
    "participation_bars",
    "self_other_marks",
]
