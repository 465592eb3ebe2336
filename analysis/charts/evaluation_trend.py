"""Chart of releases over the years: told shares per statement, and what changed more than chance explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.evaluation import between, percent, persons, quoted
from analysis.charts.words import footer, joined
from analysis.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.figures import Figure
    from analysis.outcome_trend import Difference, Line, Trend, Year


def compute(years: Sequence[Year], **options: Any) -> Trend:
    from analysis.outcome_trend import trend

    return trend(years, **options)


def draw(found: Trend, texts: Texts) -> Figure:
    from analysis.figures import evaluation_trend

    return evaluation_trend(found, texts)


def describe(found: Trend, texts: Texts) -> Story:
    """A change is claimed only where its interval, of Holm's width, leaves out zero; never why it came."""
    compared = [line for line in found.lines if line.difference]
    if len(found.years) < 2 or not any(sum(map(bool, line.points)) > 1 for line in found.lines):
        return Story(
            texts.gettext("Vanaf twee evaluaties met een uitkomst staan ze hier naast elkaar."), drawn=False
        )
    legend = (LegendEntry("s1", "circle", texts.gettext("aandeel, met streep (95%)")),)
    return Story(_finding(compared, texts), _details(found, texts), _source(found, compared, texts), legend)


def tabulate(found: Trend, texts: Texts) -> Table:
    _ = texts.gettext
    header = (_("zin"), *(year_word(year, texts) for year in found.years), _("verschil"))
    rows = tuple(
        (line.words, *(_cell(line, place, texts) for place in range(len(found.years))), _change(line, texts))
        for line in found.lines
    )
    caption = _("Aandeel per evaluatie in stappen van vijf procent, en het verschil van de laatste twee")
    return Table(caption, header, rows)


def year_word(year: Year, texts: Texts) -> str:
    """An evaluation on an axis or in a table: the month in which it closed."""
    return texts.month(year.moment)


def _cell(line: Line, place: int, texts: Texts) -> str:
    point = line.points[place]
    if point is None or point.told is None or point.persons is None:
        return "–"
    words = texts.gettext(
        "%(share)s (%(bounds)s; %(n)s mensen)",
        share=percent(point.told.percent, texts),
        bounds=between(point.told.chance, texts),
        n=persons(point.persons, texts),
    )
    renewed = texts.gettext("nieuwe formulering")
    return f"{words} · {renewed}" if place in line.breaks else words


def _change(line: Line, texts: Texts) -> str:
    if line.difference is None:
        return texts.gettext("niet te vergelijken")
    return _points(line.difference, texts)


def _points(found: Difference, texts: Texts) -> str:
    return texts.gettext(
        "%(points)s procentpunt (%(low)s tot %(high)s)",
        points=_signed(found.points, texts),
        low=_signed(found.low, texts),
        high=_signed(found.high, texts),
    )


def _signed(value: float, texts: Texts) -> str:
    return ("+" if round(value) > 0 else "") + texts.number(value, 0)


def _finding(compared: Sequence[Line], texts: Texts) -> str:
    _ = texts.gettext
    if not compared:
        return _("Geen zin is te vergelijken met de evaluatie ervoor.")
    more = [line for line in compared if line.difference and line.difference.low > 0]
    less = [line for line in compared if line.difference and line.difference.high < 0]
    sentences = []
    if more:
        names = joined([quoted(line.words, texts) for line in more], texts)
        sentences.append(_("Meer mensen dan de vorige keer zijn het eens met %(names)s.", names=names))
    if less:
        names = joined([quoted(line.words, texts) for line in less], texts)
        sentences.append(_("Minder mensen dan de vorige keer zijn het eens met %(names)s.", names=names))
    return " ".join(sentences) or _("We zien geen verschil met de vorige keer dat groter is dan toeval.")


def _details(found: Trend, texts: Texts) -> tuple[str, ...]:
    _ = texts.gettext
    broken = [quoted(line.words, texts) for line in found.lines if line.breaks]
    lines = []
    if broken:
        lines.append(
            _(
                "%(names)s kreeg een nieuwe formulering. Daarom stopt daar de lijn.",
                names=joined(broken, texts),
            )
        )
    if any(line.difference and line.difference.is_more_than_chance for line in found.lines):
        lines.append(
            _("Een verschil zegt niet waardoor het komt. Ook kunnen er andere mensen geantwoord hebben.")
        )
    return tuple(lines)


def _source(found: Trend, compared: Sequence[Line], texts: Texts) -> str:
    _ = texts.gettext
    parts = [
        _(
            "De streep bij een punt: hier ligt het echte aandeel waarschijnlijk (95%). "
            "Het verschil is berekend uit de aandelen zoals ze hier staan, in stappen van vijf procent; "
            "daarom zijn de grenzen ervan ruim."
        )
    ]
    if len(compared) > 1:
        parts.append(
            _(
                "We vergelijken %(n)s zinnen tegelijk. Daarom zijn de grenzen nog ruimer (regel van Holm): "
                "de kans dat er door toeval ergens een verschil staat, blijft zo hooguit 1 op de 20.",
                n=len(compared),
            )
        )
    return " ".join((*parts, footer(found.asked, texts)))


CHART: Final = Chart("evaluation_trend", compute, draw, describe, tabulate)
