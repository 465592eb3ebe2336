"""Chart for a coach: then, then as seen now, and now, side by side for each item that was looked back on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, Story, Table
from analysis.charts.words import level_words
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.figures import Figure
    from analysis.lookback import Lookback, Lookbacks


def compute(items: Iterable[Lookback], **days: Any) -> Lookbacks:
    from analysis.lookback import lookbacks

    return lookbacks(items, **days)


def draw(result: Lookbacks, texts: Texts) -> Figure:
    from analysis.figures import lookback_marks

    return lookback_marks(result, texts)


def describe(result: Lookbacks, texts: Texts) -> Story:
    """The difference between then and looking back is a moved yardstick, and is called no growth."""
    _ = texts.gettext
    if not result.items:
        return Story(_("U hebt nog nergens op teruggekeken."), drawn=False)
    source = _(
        "Uw antwoord van toen verandert niet. Een terugblik telt nergens mee, ook niet in uw groei. "
        "Eén zin verschuift ook door toeval."
    )
    return Story(_finding(result, texts), (), source)


def tabulate(result: Lookbacks, texts: Texts) -> Table:
    _ = texts.gettext
    words, none = level_words(texts), _("geen antwoord")
    header = (_("focuspunt"), *(f"{name}" for name in _moments(result, texts)))
    rows = tuple(
        (item.name, words[item.then - 1], words[item.seen - 1], words[item.now - 1] if item.now else none)
        for item in result.items
    )
    return Table(_("Toen, terugblik en nu"), header, rows)


def _moments(result: Lookbacks, texts: Texts) -> tuple[str, str, str]:
    _ = texts.gettext
    then, now = texts.month(result.then), texts.month(result.now)
    return _("toen (%(month)s)", month=then), _("terugblik"), _("nu (%(month)s)", month=now)


def _finding(result: Lookbacks, texts: Texts) -> str:
    _ = texts.gettext
    month = texts.full_month(result.then)
    higher, lower = result.shifted(1), result.shifted(-1)
    if higher and lower:
        return _(
            "Met wat u nu weet, kijkt u anders naar %(month)s dan toen. Dat komt vaak voor.", month=month
        )
    if higher:
        return _("Met wat u nu weet, schat u %(month)s hoger in dan toen. Dat komt vaak voor.", month=month)
    if lower:
        return _("Met wat u nu weet, schat u %(month)s lager in dan toen. Dat komt vaak voor.", month=month)
    return _("U kijkt nu net zo naar %(month)s als toen.", month=month)


CHART: Final = Chart("lookback", compute, draw, describe, tabulate)
