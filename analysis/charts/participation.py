"""Chart for a trainer: how many coaches were due, started and submitted per round. Never who or what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.participation import RoundCount, participation
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.figures import Figure

Counts = tuple[RoundCount, ...]


def draw(counts: Counts, texts: Texts) -> Figure:
    from analysis.figures import participation_bars

    return participation_bars(counts, texts)


def describe(counts: Counts, texts: Texts) -> Story:
    _ = texts.gettext
    if not counts:
        return Story(_("Er is nog geen meetronde geweest."), drawn=False)
    latest = counts[-1]
    sentence = _(
        "In de ronde van %(month)s vulden %(submitted)s van de %(due)s coaches alles in.",
        month=texts.full_month(latest.moment),
        submitted=latest.submitted,
        due=latest.due,
    )
    legend = (
        LegendEntry("s1", "bar", _("ingevuld")),
        LegendEntry("line", "bar", _("begonnen")),
        LegendEntry("card", "bar", _("nog niet begonnen")),
    )
    return Story(
        sentence,
        source_line=_("Aantal coaches per ronde. Wie wat antwoordt, staat hier niet."),
        legend=legend,
    )


def tabulate(counts: Counts, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (texts.month(each.moment), str(each.due), str(each.started), str(each.submitted)) for each in counts
    )
    return Table(_("Deelname per ronde"), (_("ronde"), _("aan de beurt"), _("begonnen"), _("ingevuld")), rows)


CHART: Final = Chart("participation", participation, draw, describe, tabulate)
