"""Chart for a coach: own view and that of others per block, each with its interval. It names no winner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.words import joined, measure_name, measure_word
from analysis.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from analysis.coach import Score
    from analysis.figures import Figure
    from analysis.self_other import SelfOther

EXACT_FROM: Final = 10


def compute(ratings: pd.DataFrame, **options: Any) -> SelfOther:
    from analysis.self_other import self_other

    return self_other(ratings, **options)


def draw(result: SelfOther, texts: Texts) -> Figure:
    from analysis.figures import self_other_marks

    return self_other_marks(result, texts)


def describe(result: SelfOther, texts: Texts) -> Story:
    """Two views with what is uncertain about each; whoever reads it draws the conclusion, with others."""
    _ = texts.gettext
    if result.reason:
        return Story(_("Vanaf vijf anderen die antwoordden, staat hun beeld naast het uwe."), drawn=False)
    withheld = [measure_word(name, texts) for name, view in result.blocks.items() if view.others is None]
    details = (
        [_("Bij %(blocks)s antwoordden minder dan vijf anderen.", blocks=joined(withheld, texts))]
        if withheld
        else []
    )
    source = _(
        "De strepen: hier ligt het echte getal waarschijnlijk (95%). "
        "Raken ze elkaar, dan kan het verschil toeval zijn. "
        "Anderen zien andere momenten dan u: bespreek samen wat u herkent."
    )
    legend = (
        LegendEntry("s1", "circle", own_word(texts)),
        LegendEntry("s2", "square", others_word(texts)),
    )
    return Story(_("Zo kijkt u zelf en zo kijken anderen, per blok."), tuple(details), source, legend)


def tabulate(result: SelfOther, texts: Texts) -> Table:
    _ = texts.gettext
    caption = _("Gemiddelde per blok op de schaal van 1 (verken) tot 5 (geef door), met 95%-interval")
    header = (_("blok"), own_word(texts), others_word(texts), _("aantal anderen"))
    rows = tuple(
        (
            measure_name(name, texts),
            _cell(view.own, texts),
            _cell(view.others, texts),
            _raters(view.raters, texts),
        )
        for name, view in result.blocks.items()
    )
    return Table(caption, header, () if result.reason else rows)


def own_word(texts: Texts) -> str:
    """The name of the own view."""
    return texts.gettext("uzelf")


def others_word(texts: Texts) -> str:
    """The name of the view of others."""
    return texts.gettext("anderen")


def _cell(score: Score | None, texts: Texts) -> str:
    _ = texts.gettext
    if score is None:
        return _("te weinig antwoorden")
    value, low, high = (texts.number(number, 1) for number in (score.value, score.low, score.high))
    return _("%(value)s (%(low)s tot %(high)s)", value=value, low=low, high=high)


def _raters(raters: int, texts: Texts) -> str:
    _ = texts.gettext
    if not raters:
        return _("minder dan vijf")
    return str(raters) if raters >= EXACT_FROM else _("5 tot 9")


CHART: Final = Chart("self_other", compute, draw, describe, tabulate)
