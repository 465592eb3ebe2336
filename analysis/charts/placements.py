"""Chart for who keeps the register: which school had a coach when, in one school year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.texts import Texts
from analysis.timeline import CANDIDATE, COACH, VACANT, Timeline, timeline

if TYPE_CHECKING:
    from analysis.figures import Figure

FILLS: Final = {COACH: "tint", VACANT: "sun", CANDIDATE: "card"}


def draw(found: Timeline, texts: Texts) -> Figure:
    from analysis.figures import placement_bars

    return placement_bars(found, texts)


def describe(found: Timeline, texts: Texts) -> Story:
    _ = texts.gettext
    if not found.rows:
        return Story(_("Er is in dit schooljaar nog geen inzet."), drawn=False)
    words = {
        COACH: _("met coach"),
        VACANT: _("zonder coach, wel geld"),
        CANDIDATE: _("er wordt gezocht, of het gaat nog beginnen"),
    }
    legend = tuple(
        LegendEntry(FILLS[kind], "bar", word) for kind, word in words.items() if kind in found.kinds
    )
    return Story(
        _finding(found, texts),
        source_line=_("Elke balk is een plek in dit schooljaar. De lijn is vandaag, of de dag van de stand."),
        legend=legend,
    )


def tabulate(found: Timeline, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (row.school, bar.label, texts.day(bar.first), texts.day(bar.last))
        for row in found.rows
        for lane in row.lanes
        for bar in lane
    )
    header = (_("school"), _("coach of stand"), _("van"), _("tot en met"))
    return Table(_("Wie wanneer op welke school"), header, rows)


def _finding(found: Timeline, texts: Texts) -> str:
    _ = texts.gettext
    number, without = len(found.rows), found.without_a_coach
    if number == 1:
        return (
            _("Deze school was dit schooljaar een tijd zonder coach, of is dat nog.")
            if without
            else _("Deze school heeft het hele schooljaar een coach.")
        )
    if not without:
        return _("Deze %(n)s scholen hebben het hele schooljaar een coach.", n=number)
    if without == 1:
        return _("Eén van deze %(n)s scholen is dit schooljaar een tijd zonder coach.", n=number)
    return _(
        "%(some)s van deze %(n)s scholen zijn dit schooljaar een tijd zonder coach.", some=without, n=number
    )


CHART: Final = Chart("placements", timeline, draw, describe, tabulate)
