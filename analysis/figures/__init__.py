"""Figures: numbers in, plotly Figure out. The only package that touches plotly; colours are CSS tokens."""

from plotly.graph_objects import Figure

from analysis.figures.case import case_goal, case_relationship, case_wellbeing
from analysis.figures.cohort import cohort_growth
from analysis.figures.comparison import cohort_comparison, growth_difference
from analysis.figures.counts import choice_bars, distribution_bars
from analysis.figures.evaluation import evaluation_bars
from analysis.figures.evaluation_trend import evaluation_trend
from analysis.figures.growth import coach_growth
from analysis.figures.items import focus_lines, lookback_marks, self_other_marks
from analysis.figures.participation import participation_bars
from analysis.figures.placements import placement_bars
from analysis.figures.theme import PALETTE, as_json

__all__ = [
    "PALETTE",
    "Figure",
    "as_json",
    "case_goal",
    "case_relationship",
    "case_wellbeing",
    "choice_bars",
    "coach_growth",
    "cohort_comparison",
    "cohort_growth",
    "distribution_bars",
    "evaluation_bars",
    "evaluation_trend",
    "focus_lines",
    "growth_difference",
    "lookback_marks",
    "participation_bars",
    "placement_bars",
    "self_other_marks",
]
