"""Chart for a coach: the sum of the relationship check of one person, and what is usual for that person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts import own
from analysis.charts.chart import Chart, Story, Table
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.case import OwnLine, OwnSeries, Zone
    from analysis.figures import Figure

HIGHEST: Final = 16


def draw(series: OwnSeries, texts: Texts) -> Figure:
    from analysis.figures import case_relationship

    return case_relationship(series, texts)


def describe(series: OwnSeries, texts: Texts) -> Story:
    """The last talk lies below, above or within what is usual for this person; never good or bad."""
    if own.is_short(series):
        return own.too_few(series, texts)
    line = series.lines[0]
    return Story(
        _finding(line.side, texts),
        _details(series, line, texts),
        own.source(series, _what(line.zone, texts), texts),
    )


def tabulate(series: OwnSeries, texts: Texts) -> Table:
    _ = texts.gettext
    return own.table(series, _("Werkrelatie-check: som van vier antwoorden, 0 tot 16"), texts)


def _finding(side: int, texts: Texts) -> str:
    _ = texts.gettext
    return {
        -1: _("Het laatste gesprek ligt onder wat gewoon is voor deze persoon."),
        0: _("Het laatste gesprek ligt binnen wat gewoon is voor deze persoon."),
        1: _("Het laatste gesprek ligt boven wat gewoon is voor deze persoon."),
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
        numbers = _("Laatste gesprek (%(day)s): %(last)s van 16. De keer daarvoor: %(mean)s.", **values)
    else:
        numbers = _(
            "Laatste gesprek (%(day)s): %(last)s van 16. De %(n)s keer daarvoor was het gemiddeld %(mean)s.",
            **values,
        )
    return (numbers, *own.by_chance(line.side != 0, 16, texts))


def _what(zone: Zone | None, texts: Texts) -> str:
    _ = texts.gettext
    what = _("Werkrelatie-check, som van vier antwoorden (0 tot 16).")
    if zone is None:
        return what
    zone_is = _(
        "De zone is het eigen gemiddelde van eerder, tot %(points)s punten lager of hoger.",
        points=texts.number(zone.threshold, 0),
    )
    return f"{what} {zone_is}"


CHART: Final = Chart("case_relationship", own.compute, draw, describe, tabulate)
