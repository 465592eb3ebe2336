"""Chart for a coach: how far someone's own goal is, 0 to 10, each time it was asked. A line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts import own
from analysis.charts.chart import Chart, Story, Table
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.case import OwnSeries
    from analysis.figures import Figure


def draw(series: OwnSeries, texts: Texts) -> Figure:
    from analysis.figures import case_goal

    return case_goal(series, texts)


def describe(series: OwnSeries, texts: Texts) -> Story:
    """Says the last two numbers and claims nothing: how far chance moves one number is not known."""
    if own.is_short(series):
        return own.too_few(series, texts)
    _ = texts.gettext
    before, last = [value for value in series.lines[0].values if value is not None][-2:]
    goal = _("Eigen doel: %(goal)s.", goal=series.lines[0].name)
    return Story(
        _finding(before, last, texts),
        (goal,),
        own.source(
            series,
            _("Eén cijfer schommelt ook als er niets verandert. Bespreek samen wat erachter zit."),
            texts,
        ),
    )


def tabulate(series: OwnSeries, texts: Texts) -> Table:
    _ = texts.gettext
    return own.table(series, _("Eigen doel, van 0 tot 10"), texts)


def _finding(before: int, last: int, texts: Texts) -> str:
    _ = texts.gettext
    if before == last:
        return _("Het eigen doel kreeg weer een %(last)s.", last=last)
    return _(
        "Het eigen doel kreeg nu een %(last)s, de keer daarvoor een %(before)s.", last=last, before=before
    )


CHART: Final = Chart("case_goal", own.compute, draw, describe, tabulate)
