"""Chart for a coach: the sum of the relationship check of one person, and what is usual for that person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.charts import own
from analysis.charts.chart import Chart, Story, Table
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.case import OwnLine, OwnSeries, Zone
    from analysis.figures import Figure

LOWER: Final = "w_b_talk"  # the rate of a sum below what is usual


def draw(series: OwnSeries, texts: Texts) -> Figure:
    from analysis.figures import case_relationship

    return case_relationship(series, texts)


def describe(series: OwnSeries, texts: Texts) -> Story:
    """The last check lies below, above or within what is usual for this person; never good or bad."""
    if own.is_short(series):
        return own.too_few(series, texts)
    line = series.lines[0]
    return Story(
        _finding(line.side, texts),
        _details(series, line, texts),
        own.source(series, _what(series, texts), texts),
    )


def tabulate(series: OwnSeries, texts: Texts) -> Table:
    _ = texts.gettext
    return own.table(series, _("Werkrelatie-check: som van vier antwoorden, 0 tot 16"), texts)


def _finding(side: int, texts: Texts) -> str:
    _ = texts.gettext
    return {
        -1: _("De laatste check ligt onder wat gewoon is voor deze persoon."),
        0: _("De laatste check ligt binnen wat gewoon is voor deze persoon."),
        1: _("De laatste check ligt boven wat gewoon is voor deze persoon."),
    }[side]


def _details(series: OwnSeries, line: OwnLine, texts: Texts) -> tuple[str, ...]:
    _ = texts.gettext
    if line.zone is None:
        return ()
    values = {
        "day": texts.day(series.days[-1]),
        "last": line.values[-1],
        "mean": texts.number(line.zone.mean, 1),
        "n": line.zone.earlier,
    }
    if line.zone.earlier == 1:
        values["mean"] = line.values[0]
    last = _("Laatste check (%(day)s): %(last)s van 16.", **values)
    return (
        f"{last} {_usual(series, line.zone, values, texts)}",
        *own.by_chance(line, LOWER, series.rates, texts),
    )


def _usual(series: OwnSeries, zone: Zone, values: Mapping[str, Any], texts: Texts) -> str:
    _ = texts.gettext
    if series.has_standing_drop:
        if zone.earlier == 1:
            return _("De eerste keer: %(mean)s.", **values)
        return _("De eerste %(n)s keer was het gemiddeld %(mean)s.", **values)
    if zone.earlier == 1:
        return _("De keer daarvoor: %(mean)s.", **values)
    return _("De %(n)s keer daarvoor was het gemiddeld %(mean)s.", **values)


def _what(series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    what = _("Werkrelatie-check, som van vier antwoorden (0 tot 16).")
    if series.zone is None:
        return what
    points = texts.number(series.zone.threshold, 0)
    if series.has_standing_drop:
        zone_is = _(
            "De zone is het eigen gemiddelde van vóór het aandachtspunt, tot %(points)s punten lager of "
            "hoger.",
            points=points,
        )
    else:
        zone_is = _(
            "De zone is het eigen gemiddelde van eerder, tot %(points)s punten lager of hoger.", points=points
        )
    return f"{what} {zone_is}"


CHART: Final = Chart("case_relationship", own.compute, draw, describe, tabulate)
