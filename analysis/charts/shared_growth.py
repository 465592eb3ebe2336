"""Chart for a trainer: what one coach shares of their growth, told about the coach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts import coach_growth as own
from analysis.charts.chart import Chart, LegendEntry, Story
from analysis.charts.words import joined, measure_word
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.coach import CoachGrowth


def describe(growth: CoachGrowth, texts: Texts) -> Story:
    """As the coach reads it, in words about the coach: no claim more, no number more."""
    story = own.describe(growth, texts)
    if growth.reason:
        return story
    _ = texts.gettext
    lines = own.about_lines(growth, texts)
    if growth.beside.attended:
        present, held = growth.beside.attended
        lines.append(
            _("Dit schooljaar aanwezig bij %(n)s van de %(all)s bijeenkomsten.", n=present, all=held)
        )
    legend = own.series_legend(texts)
    if own.is_flagged(growth):
        legend = (*legend, LegendEntry("soft", "flag", _("bijgewoonde bijeenkomst")))
    return Story(_finding(growth, texts), tuple(lines), story.source_line, legend)


def _finding(growth: CoachGrowth, texts: Texts) -> str:
    _ = texts.gettext
    if not any(line.change for line in growth.lines.values()):
        return own.anew(texts)
    grown, lower, likely = (own.moved(growth, *how) for how in ((95, 1), (95, -1), (90, 1)))
    sentences = []
    if grown:
        blocks = _blocks(grown, texts)
        sentences.append(_("Bij %(blocks)s zien we meer groei dan toeval kan verklaren.", blocks=blocks))
    elif likely:
        blocks = _blocks(likely, texts)
        sentences.append(_("Bij %(blocks)s zien we waarschijnlijk groei.", blocks=blocks))
    if lower:
        blocks = _blocks(lower, texts)
        sentences.append(_("Bij %(blocks)s is de eigen schatting nu lager dan in het begin.", blocks=blocks))
    return " ".join(sentences) or own.by_chance(texts)


def _blocks(measures: list[str], texts: Texts) -> str:
    return joined([measure_word(measure, texts) for measure in measures], texts)


CHART: Final = Chart("shared_growth", own.compute, own.draw, describe, own.tabulate)
