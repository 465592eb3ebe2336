"""Chart for a coach: the three blocks over the rounds, each with the band in which chance alone moves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from analysis.charts.chart import Chart, LegendEntry, Shape, Story, Table
from analysis.charts.words import footer, joined, measure_name, measure_word
from analysis.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from analysis.coach import Beside, CoachGrowth, Line
    from analysis.figures import Figure

SERIES: Final[tuple[tuple[str, str, Shape], ...]] = (
    ("attitude", "s1", "circle"),
    ("skills", "s2", "square"),
    ("knowledge", "s3", "diamond"),
)
NAMED_MEETINGS: Final = 3
COLUMNS: Final = ("attitude", "skills", "knowledge", "total")


def compute(scores: pd.DataFrame, beside: Beside | None = None, **options: Any) -> CoachGrowth:
    from analysis.coach import coach_growth

    growth = coach_growth(scores, **options)
    return replace(growth, beside=beside) if beside else growth


def draw(growth: CoachGrowth, texts: Texts) -> Figure:
    from analysis.figures import coach_growth

    return coach_growth(growth, texts)


def describe(growth: CoachGrowth, texts: Texts) -> Story:
    """Growth is claimed only where the reliable change says so; elsewhere stand words for chance."""
    _ = texts.gettext
    if growth.reason:
        return Story(_("Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."), drawn=False)
    details = [*about_lines(growth, texts), *_beside(growth.beside, texts)]
    legend = series_legend(texts)
    if is_flagged(growth):
        legend = (*legend, LegendEntry("soft", "flag", _("bijeenkomst waar u was")))
    return Story(_finding(growth, texts), tuple(details), _source(growth, texts), legend)


def about_lines(growth: CoachGrowth, texts: Texts) -> list[str]:
    """Each line in words, and beside a claim how often chance alone makes one."""
    _ = texts.gettext
    details = [_detail(measure, growth.lines[measure], growth, texts) for measure in COLUMNS]
    if moved(growth, 95, 1) or moved(growth, 95, -1):
        details.append(_("Bij ongeveer 1 op de 20 vergelijkingen is zo'n verschil toch toeval."))
    return details


def series_legend(texts: Texts) -> tuple[LegendEntry, ...]:
    """The names of the three lines."""
    return tuple(LegendEntry(token, shape, measure_word(name, texts)) for name, token, shape in SERIES)


def tabulate(growth: CoachGrowth, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (
            texts.month(day),
            *(_cell(growth.lines[measure], place, place in growth.missed, texts) for measure in COLUMNS),
        )
        for place, day in enumerate(growth.rounds)
    )
    caption = _("Gemiddelde per blok op de schaal van 1 (verken) tot 5 (geef door), met 84%-band")
    return Table(caption, (_("ronde"), *(measure_word(measure, texts) for measure in COLUMNS)), rows)


def moved(growth: CoachGrowth, certainty: int, direction: int) -> list[str]:
    """The blocks that changed that way with at least that certainty; the total only when no block did."""
    moved = [
        measure
        for measure in COLUMNS
        if (change := growth.lines[measure].change)
        and change.certainty >= certainty
        and change.difference * direction > 0
    ]
    return [measure for measure in moved if measure != "total"] or moved


def _finding(growth: CoachGrowth, texts: Texts) -> str:
    _ = texts.gettext
    if not any(line.change for line in growth.lines.values()):
        return anew(texts)
    grown, lower, likely = moved(growth, 95, 1), moved(growth, 95, -1), moved(growth, 90, 1)
    sentences = []
    if grown:
        sentences.append(_grown(grown, texts))
    elif likely:
        words = joined([measure_word(measure, texts) for measure in likely], texts)
        sentences.append(_("Bij %(blocks)s zien we waarschijnlijk groei.", blocks=words))
    if lower:
        words = joined([measure_word(measure, texts) for measure in lower], texts)
        sentences.append(_("Bij %(blocks)s schat u zichzelf nu lager in dan in het begin.", blocks=words))
    return " ".join(sentences) or by_chance(texts)


def anew(texts: Texts) -> str:
    """The sentence where every line began anew."""
    return texts.gettext(
        "De vragen kregen een nieuwe formulering. Vanaf twee rondes daarmee tekenen we weer een lijn."
    )


def by_chance(texts: Texts) -> str:
    """The sentence where nothing moved more than chance moves it."""
    return texts.gettext("We zien geen verandering die groter is dan toeval.")


def _grown(measures: list[str], texts: Texts) -> str:
    _ = texts.gettext
    if len(measures) > 1:
        words = joined([measure_word(measure, texts) for measure in measures], texts)
        return _("Uw %(blocks)s groeiden meer dan toeval kan verklaren.", blocks=words)
    return {
        "attitude": _("Uw houding groeide meer dan toeval kan verklaren."),
        "skills": _("Uw vaardigheden groeiden meer dan toeval kan verklaren."),
        "knowledge": _("Uw kennis groeide meer dan toeval kan verklaren."),
        "total": _("Over alle vragen samen groeide u meer dan toeval kan verklaren."),
    }[measures[0]]


def _detail(measure: str, line: Line, growth: CoachGrowth, texts: Texts) -> str:
    _ = texts.gettext
    name, first, last = measure_name(measure, texts), line.scores[line.first], line.scores[line.last]
    if line.change is None or first is None or last is None:
        return _("%(block)s: nog geen twee rondes met genoeg antwoorden.", block=name)
    step = _(
        "%(block)s: van %(before)s (%(start)s) naar %(after)s (%(end)s).",
        block=name,
        before=texts.number(first.value, 1),
        start=texts.full_month(growth.rounds[line.first]),
        after=texts.number(last.value, 1),
        end=texts.full_month(growth.rounds[line.last]),
    )
    meaning = {
        95: _("Dat is meer dan toeval kan verklaren."),
        90: _("Dat is waarschijnlijk meer dan toeval."),
        0: _("Zo'n verschil komt ook voor als er niets verandert."),
    }[line.change.certainty]
    return f"{step} {meaning}"


def _beside(beside: Beside, texts: Texts) -> list[str]:
    """How many meetings there were, and the last with their days, in words."""
    _ = texts.gettext
    lines = []
    if beside.attended:
        present, held = beside.attended
        lines.append(_("U was dit schooljaar bij %(n)s van de %(all)s bijeenkomsten.", n=present, all=held))
    if beside.meetings:
        named = [f"{name} ({texts.day(day)})" for day, name in beside.meetings[-NAMED_MEETINGS:]]
        last = joined(named, texts)
        lines.append(
            _("De laatste waar u was: %(meetings)s.", meetings=last)
            if len(beside.meetings) > NAMED_MEETINGS
            else _("U was bij: %(meetings)s.", meetings=last)
        )
    return lines


def is_flagged(growth: CoachGrowth) -> bool:
    """Whether a meeting lies where the figure can mark it."""
    return any(day >= growth.rounds[0] for day, _ in growth.beside.meetings)


def _broken(growth: CoachGrowth, texts: Texts) -> str:
    """Which lines began anew, and when they last did."""
    _ = texts.gettext
    found = [
        _(
            "%(block)s vanaf %(month)s",
            block=measure_word(block, texts),
            month=texts.full_month(growth.rounds[growth.lines[block].breaks[-1]]),
        )
        for block, *_look in SERIES
        if growth.lines[block].breaks
    ]
    return _("Nieuwe formulering, nieuwe lijn: %(blocks)s.", blocks=joined(found, texts)) if found else ""


def _source(growth: CoachGrowth, texts: Texts) -> str:
    _ = texts.gettext
    parts = [_("De brede streep: zo veel schommelt een score ook als er niets verandert (84%).")]
    if growth.pairs:
        parts.append(_own(growth.pairs, texts))
    if growth.items:
        parts.append(_scaled(growth.items, texts))
    if broken := _broken(growth, texts):
        parts.append(broken)
    if growth.missed:
        months = [texts.full_month(growth.rounds[place]) for place in growth.missed]
        parts.append(_("Niet ingevuld: %(rounds)s.", rounds=joined(months, texts)))
    if growth.asked:
        parts.append(footer(growth.asked, texts))
    return " ".join(parts)


def _own(pairs: Mapping[str, int], texts: Texts) -> str:
    """Which bands the programme's own coaches gave, and from how many pairs of rounds."""
    _ = texts.gettext
    known = [f"{measure_word(measure, texts)} {pairs[measure]}" for measure in COLUMNS if measure in pairs]
    return _(
        "De breedte komt uit antwoorden in dit programma. Het aantal paren van twee rondes: %(blocks)s.",
        blocks=joined(known, texts),
    )


def _scaled(items: Mapping[str, int], texts: Texts) -> str:
    _ = texts.gettext
    blocks = [f"{measure_word(block, texts)} {items[block]}" for block in COLUMNS if block != "total"]
    return _(
        "Hoe minder vragen, hoe breder de streep. Het aantal vragen hier: %(blocks)s.",
        blocks=joined(blocks, texts),
    )


def _cell(line: Line, place: int, missed: bool, texts: Texts) -> str:
    _ = texts.gettext
    score = line.scores[place]
    if score is None:
        return _("niet ingevuld") if missed else _("te weinig antwoorden")
    numbers = f"{texts.number(score.value, 1)} ± {texts.number(score.high - score.value, 1)}"
    if place not in line.breaks:
        return numbers
    new = _("nieuwe formulering")
    return f"{numbers} ({new})"


CHART: Final = Chart("coach_growth", compute, draw, describe, tabulate)
