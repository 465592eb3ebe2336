"""Chart for a trainer: how many coaches were due, started and submitted per round. Never who or what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.words import participation_words
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
    legend = tuple(
        LegendEntry(fill, "bar", word)
        for fill, word in zip(("s1", "line", "card"), participation_words(texts), strict=True)
    )
    return Story(
        _finding(counts[-1], texts),
        source_line=_(
            "Aantal coaches per ronde. Wie langer dan een jaar weg is, telt niet mee. "
            "Wie wat antwoordt, staat hier niet."
        ),
        legend=legend,
    )


def tabulate(counts: Counts, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (texts.month(each.moment), *map(str, (each.due, each.submitted, each.unfinished, each.not_started)))
        for each in counts
    )
    header = (_("ronde"), _("aan de beurt"), *participation_words(texts))
    return Table(_("Deelname per ronde"), header, rows)


def _finding(latest: RoundCount, texts: Texts) -> str:
    _ = texts.gettext
    values = {"month": texts.full_month(latest.moment), "due": latest.due}
    if latest.submitted == 1:
        return _("In de ronde van %(month)s leverde 1 van de %(due)s coaches een reflectie in.", **values)
    return _(
        "In de ronde van %(month)s leverden %(submitted)s van de %(due)s coaches hun reflectie in.",
        submitted=latest.submitted,
        **values,
    )


CHART: Final = Chart("participation", participation, draw, describe, tabulate)
