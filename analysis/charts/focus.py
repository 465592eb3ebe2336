"""Chart for a coach: the answers to each focus item, full rounds as a line, short rounds as small dots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.words import code_word, joined, level_words
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.figures import Figure
    from analysis.focus import Answered, Focus


def compute(answers: Any, names: Mapping[str, str]) -> Focus:
    from analysis.focus import focus

    return focus(names, answers)


def draw(result: Focus, texts: Texts) -> Figure:
    from analysis.figures import focus_lines

    return focus_lines(result, texts)


def describe(result: Focus, texts: Texts) -> Story:
    """Says what is drawn and claims nothing: a single item moves too easily by chance."""
    _ = texts.gettext
    if not result.is_line:
        return Story(_("Vanaf twee antwoorden op een focuspunt tekenen we een lijn."), drawn=False)
    legend = (LegendEntry("s1", "circle", _("ronde")), LegendEntry("s1", "dot", _("korte ronde")))
    return Story(_finding(result, texts), (), _source(result, texts), legend[: 2 if _shorts(result) else 1])


def tabulate(result: Focus, texts: Texts) -> Table:
    """A row per moment, oldest first; a cell is empty where the item was not asked."""
    _ = texts.gettext
    moments = sorted((day, short) for short in (False, True) for day in result.days(short=short))
    rows = tuple(
        (
            texts.day(day),
            _("korte ronde") if short else _("ronde"),
            *(
                _cell([one for one in line.answers if (one.day, one.is_short) == (day, short)], texts)
                for line in result.lines
            ),
        )
        for day, short in moments
    )
    header = (_("datum"), _("soort"), *(line.name for line in result.lines))
    return Table(_("Uw antwoorden op uw focuspunten"), header, rows)


def _shorts(result: Focus) -> int:
    return len(result.days(short=True))


def _finding(result: Focus, texts: Texts) -> str:
    _ = texts.gettext
    rounds, shorts = len(result.days(short=False)), _shorts(result)
    full = _("één ronde") if rounds == 1 else _("%(n)s rondes", n=rounds)
    if not shorts:
        return _("Uw antwoorden op uw focuspunten, uit %(rounds)s.", rounds=full)
    short = _("één korte ronde") if shorts == 1 else _("%(n)s korte rondes", n=shorts)
    return _("Uw antwoorden op uw focuspunten, uit %(rounds)s en %(shorts)s.", rounds=full, shorts=short)


def _source(result: Focus, texts: Texts) -> str:
    _ = texts.gettext
    parts = [_("Eén zin verschuift ook als er niets verandert. Kijk naar wat u herkent, niet naar één stap.")]
    if _shorts(result):
        parts.append(_("Korte rondes tellen niet mee in uw groei."))
    broken = [line.name for line in result.lines if line.before_break]
    if broken:
        parts.append(
            _(
                "Nieuwe formulering, eerdere antwoorden staan er niet bij: %(items)s.",
                items=joined(broken, texts),
            )
        )
    return " ".join(parts)


def _cell(found: list[Answered], texts: Texts) -> str:
    if not found:
        return ""
    level, code = found[0].level, found[0].code
    return code_word(code or "", texts) if level is None else level_words(texts)[level - 1]


CHART: Final = Chart("focus", compute, draw, describe, tabulate)
