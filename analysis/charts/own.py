"""Words that the charts of a case share: who answered, what is usual for this person, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from analysis.chance import rounded
from analysis.charts.chart import LegendEntry, Shape, Story, Table
from analysis.charts.words import joined
from analysis.results import Reason
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.case import OwnLine, OwnSeries

HIGHER: Final = "higher_talk"  # the rate of a sum above what is usual
SERIES: Final[dict[str, tuple[str, Shape]]] = {
    "parent": ("s1", "circle"),
    "teacher": ("s2", "square"),
    "pupil": ("s3", "diamond"),
}
"""Colour token and marker of who answered."""


def compute(days: Sequence[date], **options: Any) -> OwnSeries:
    """The numbers of every chart of a case: `analysis.case.own_series`."""
    from analysis.case import own_series

    return own_series(days, **options)


def token(series: OwnSeries) -> str:
    """The colour token of who answered."""
    return SERIES[series.respondent][0]


def legend(series: OwnSeries, name: str, texts: Texts) -> tuple[LegendEntry, ...]:
    """The line, and the zone where there is one."""
    line = LegendEntry(*SERIES[series.respondent], name)
    zoned = any(each.zone for each in series.lines)
    return (line, LegendEntry("sun", "bar", usual(texts))) if zoned else (line,)


def usual(texts: Texts) -> str:
    """The name of the zone."""
    return texts.gettext("gewoon voor deze persoon")


def aside(side: int, texts: Texts) -> str:
    """The word beside a point outside the zone."""
    _ = texts.gettext
    return {-1: _("lager dan anders"), 1: _("hoger dan anders")}.get(side, "")


def by_chance(line: OwnLine, lower: str, rates: Mapping[str, float], texts: Texts) -> tuple[str, ...]:
    """Beside a claim, how often chance alone makes one; `lower` names the rate of one that looks down."""
    name = {-1: lower, 1: HIGHER}.get(line.side, "")
    if name not in rates:
        return ()
    _ = texts.gettext
    return (
        _(
            "Ook als er niets verandert, komt dit bij %(rate)s gesprekken voor.",
            rate=rate(rates[name], texts),
        ),
    )


def rate(share: float, texts: Texts) -> str:
    """Ongeveer 1 op de 16: as beside a hint."""
    _ = texts.gettext
    said = rounded(share)
    if said.at_most:
        return _("minder dan %(times)s op de %(of)s", times=said.times, of=said.of)
    return _("ongeveer %(times)s op de %(of)s", times=said.times, of=said.of)


def too_few(series: OwnSeries, texts: Texts) -> Story:
    """One check is no line; it stands below in words."""
    sentence = texts.gettext("Te weinig checks voor een lijn: vanaf twee.")
    return Story(sentence, source_line=left_out(series, texts), drawn=False)


def source(series: OwnSeries, what: str, texts: Texts) -> str:
    """What is drawn, how many checks were left out, and on which version of the questions."""
    parts = (what, left_out(series, texts), _versions(series, texts))
    return " ".join(part for part in parts if part)


def reworded(series: OwnSeries, texts: Texts) -> str:
    """Why earlier checks are left out: the questions, or for a goal the goal, were others."""
    _ = texts.gettext
    return _("ander doel") if series.is_goal else _("nieuwe formulering")


def left_out(series: OwnSeries, texts: Texts) -> str:
    """How many earlier checks are left out and why; nothing when none is."""
    _ = texts.gettext
    if not series.before_break:
        return ""
    values = {"n": series.before_break, "why": reworded(series, texts)}
    if series.before_break == 1:
        return _("Eén eerdere check staat niet in de lijn: %(why)s.", **values)
    return _("%(n)s eerdere checks staan niet in de lijn: %(why)s.", **values)


def table(series: OwnSeries, caption: str, texts: Texts) -> Table:
    """A row per check, oldest first, with the answers in words where they are levels."""
    _ = texts.gettext
    rows = tuple(
        (texts.day(day), *(_cell(line, place, series.levels, texts) for line in series.lines))
        for place, day in enumerate(series.days)
    )
    return Table(caption, (_("datum"), *(line.name for line in series.lines)), rows)


def is_short(series: OwnSeries) -> bool:
    """Whether there is no line yet."""
    return series.reason is Reason.FEW_CHECKS


def _cell(line: OwnLine, place: int, levels: tuple[str, ...], texts: Texts) -> str:
    value = line.values[place]
    if value is None:
        return texts.gettext("geen antwoord")
    return levels[value] if levels else str(value)


def _versions(series: OwnSeries, texts: Texts) -> str:
    _ = texts.gettext
    if not series.versions:
        return ""
    return _("Vragen: versie %(versions)s.", versions=joined(series.versions, texts))
