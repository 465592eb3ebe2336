"""Registry of charts: finding, figure and table under one name. Imports nothing heavy."""

from typing import Any, Final

from analysis.charts import (
    case_goal,
    case_relationship,
    case_wellbeing,
    choices,
    coach_growth,
    cohort_comparison,
    cohort_growth,
    distribution,
    evaluation,
    evaluation_trend,
    focus,
    growth_difference,
    lookback,
    participation,
    placements,
    self_other,
    shared_growth,
)
from analysis.charts.chart import BuiltChart, Chart, LegendEntry, Story, Table
from analysis.texts import Texts

__all__ = ["CHARTS", "BuiltChart", "Chart", "LegendEntry", "Story", "Table", "Texts", "build", "restate"]

CHARTS: Final[dict[str, Chart]] = {
    module.CHART.name: module.CHART
    for module in (
        coach_growth,
        shared_growth,
        focus,
        lookback,
        self_other,
        cohort_growth,
        cohort_comparison,
        growth_difference,
        distribution,
        choices,
        participation,
        placements,
        evaluation,
        evaluation_trend,
        case_relationship,
        case_wellbeing,
        case_goal,
    )
}


def build(name: str, data: Any, texts: Texts, **options: Any) -> BuiltChart:
    """Compute a chart of the registry and put it into words; the figure is drawn at each reading of `json`.

    `data` and `options` are what `compute` of that chart takes:
    coach_growth: SCORES frame of one coach; sem, items, missed, asked, beside.
    shared_growth: as coach_growth, told about the coach.
    focus: answers of one coach to focus items; names.
    lookback: items as `analysis.lookback.Lookback`; then, now.
    self_other: RATINGS frame of who rated one coach; own, sem.
    cohort_growth: SCORES frame of one cohort; measure.
    cohort_comparison, growth_difference: groups as `analysis.comparison.Group`, each with a curve.
    distribution: SCORES frame of one round of one cohort.
    choices: `analysis.tally.Tally`; names.
    participation: rows round, moment, started, submitted, one per person due.
    placements: placements as `analysis.timeline.timeline` takes them; first, last, today.
    evaluation: groups as `analysis.outcome.Group`; people, answers, agree, version.
    evaluation_trend: `analysis.outcome_trend.Year`, oldest first; people.
    case_relationship, case_wellbeing, case_goal: days of the checks; what `analysis.case.own_series` takes.
    Raises KeyError for an unknown name, ValueError for data the chart refuses.
    """
    return restate(name, CHARTS[name].compute(data, **options), texts)


def restate(name: str, result: Any, texts: Texts) -> BuiltChart:
    """Put an earlier result of `compute` into words again, so that a kept fit serves every language."""
    chart = CHARTS[name]
    return BuiltChart(chart, result, texts, chart.describe(result, texts), chart.tabulate(result, texts))
