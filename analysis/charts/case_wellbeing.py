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

LOWER: Final = "u_a_talk"  # the rate of a sum below the start
ANY: Final = "items_talk"  # the rate of a question, whichever, outside its own zone


def draw(series: OwnSeries, texts: Texts) -> Figure:
    from analysis.figures import case_wellbeing

    return case_wellbeing(series, texts)


def describe(series: OwnSeries, texts: Texts) -> Story:
    """Says what the rule of the sum says; one question alone leaves its zone too often to claim anything."""
    if own.is_short(series):
        return own.too_few(series, texts)
    return Story(
        _finding(series, texts),
        _details(series, texts),
        source_line=own.source(series, _what(series, texts), texts),
        legend=own.legend(series, texts.gettext("het antwoord"), texts),
    )


def tabulate(series: OwnSeries, texts: Texts) -> Table:
    _ = texts.gettext
    return own.table(series, _("Hoe-gaat-het-check: de antwoorden per vraag"), texts)


def _finding(series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    together = series.together
    if together is None or together.zone is None:
        return _("Vanaf de derde check is te zien of de antwoorden samen anders liggen dan in het begin.")
    if together.side == 0 and together.zone.mean < together.zone.threshold:
        return _("Het begin was laag. Een daling valt hier niet op.")
    return {
        -1: _("Samen liggen de laatste antwoorden lager dan in het begin."),
        0: _("Samen liggen de antwoorden binnen wat gewoon is voor deze persoon."),
        1: _("Samen liggen de laatste antwoorden hoger dan in het begin."),
    }[together.side]


def _details(series: OwnSeries, texts: Texts) -> tuple[str, ...]:
    """How often chance makes the claim; and which questions left their zone, with how often one does."""
    together = own.by_chance(series.together, LOWER, series.rates, texts) if series.together else ()
    outside = [line for line in series.lines if line.side]
    return (*together, *((_outside(outside, series, texts),) if outside else ()))


def _outside(outside: Sequence[OwnLine], series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    named = _("Buiten de eigen zone: %(lines)s.", lines=_now(outside, series, texts))
    if ANY not in series.rates:
        return named
    often = _(
        "Bij %(rate)s gesprekken ligt minstens één vraag buiten haar zone, ook als er niets verandert.",
        rate=own.rate(series.rates[ANY], texts),
    )
    return f"{named} {often}"


def _what(series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    what = _("Hoe-gaat-het-check: aparte vragen, geen optelsom.")
    if series.zone is None:
        return what
    points = texts.number(series.zone.threshold, 0)
    if series.has_standing_drop:
        zone_is = _(
            "De zone is per vraag het eigen gemiddelde van vóór het aandachtspunt, tot %(points)s stappen "
            "lager of hoger.",
            points=points,
        )
    else:
        zone_is = _(
            "De zone is per vraag het eigen gemiddelde van eerder, tot %(points)s stappen lager of hoger.",
            points=points,
        )
    return f"{what} {zone_is}"


def _now(lines: Sequence[OwnLine], series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    named = [_("%(line)s (nu ‘%(level)s’)", line=line.name, level=_level(line, series)) for line in lines]
    return joined(named, texts)


def _level(line: OwnLine, series: OwnSeries) -> str:
    last = next(value for value in reversed(line.values) if value is not None)
    return series.levels[last]


CHART: Final = Chart("case_wellbeing", own.compute, draw, describe, tabulate)
