"""Chart for a coach: the questions of the wellbeing check of one person, each with its own zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from analysis.charts import own
from analysis.charts.chart import Chart, Story, Table
from analysis.charts.words import joined
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.case import OwnLine, OwnSeries
    from analysis.figures import Figure

STAYED: Final = 3
"""From so many equal answers on, a line that did not move is worth a word beside one that did."""


def draw(series: OwnSeries, texts: Texts) -> Figure:
    from analysis.figures import case_wellbeing

    return case_wellbeing(series, texts)


def describe(series: OwnSeries, texts: Texts) -> Story:
    """Names the lines whose last answer left their own zone; says nothing of the others but chance."""
    if own.is_short(series):
        return own.too_few(series, texts)
    _ = texts.gettext
    what = _("Hoe-gaat-het-check: aparte vragen, geen optelsom.")
    if zone := next((line.zone for line in series.lines if line.zone), None):
        points = texts.number(zone.threshold, 0)
        what += " " + _(
            "De zone is per vraag het eigen gemiddelde van eerder, tot %(points)s stappen lager of hoger.",
            points=points,
        )
    return Story(
        _finding(series, texts),
        _details(series, texts),
        source_line=own.source(series, what, texts),
        legend=own.legend(series, _("het antwoord"), texts),
    )


def tabulate(series: OwnSeries, texts: Texts) -> Table:
    _ = texts.gettext
    return own.table(series, _("Hoe-gaat-het-check: de antwoorden per vraag"), texts)


def _finding(series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    better = [line for line in series.lines if line.side > 0]
    worse = [line for line in series.lines if line.side < 0]
    if not better and not worse:
        return _("De laatste antwoorden liggen binnen wat gewoon is voor deze persoon.")
    sentences = []
    if worse:
        sentences.append(_("Minder goed dan anders: %(lines)s.", lines=_now(worse, series, texts)))
    if better:
        sentences.append(_("Beter dan anders: %(lines)s.", lines=_now(better, series, texts)))
    sentences += [
        _("Gelijk gebleven: %(line)s (‘%(level)s’).", line=line.name, level=_level(line, series))
        for line in series.lines
        if len(line.values) >= STAYED and len(set(line.values)) == 1
    ]
    return " ".join(sentences)


def _details(series: OwnSeries, texts: Texts) -> tuple[str, ...]:
    """Beside a line that left its zone how often chance does that to one of four; else that none did."""
    if any(line.side for line in series.lines):
        return own.by_chance(True, 10, texts)
    return (texts.gettext("Verschillen tussen de checks zijn hier niet groter dan toeval."),)


def _now(lines: Sequence[OwnLine], series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    named = [_("%(line)s (nu ‘%(level)s’)", line=line.name, level=_level(line, series)) for line in lines]
    return joined(named, texts)


def _level(line: OwnLine, series: OwnSeries) -> str:
    last = next(value for value in reversed(line.values) if value is not None)
    return series.levels[last]


CHART: Final = Chart("case_wellbeing", own.compute, draw, describe, tabulate)
