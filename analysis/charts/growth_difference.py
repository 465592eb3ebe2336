"""Chart for a trainer: how much growth differs between groups, and from where on that would be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts.chart import Chart, Story, Table
from analysis.charts.cohort_comparison import compute
from analysis.results import Reason
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.comparison import Comparison, Difference
    from analysis.figures import Figure


def draw(comparison: Comparison, texts: Texts) -> Figure:
    from analysis.figures import growth_difference

    return growth_difference(comparison, texts)


def describe(comparison: Comparison, texts: Texts) -> Story:
    """A difference is claimed when its interval, of Holm's width among several, leaves out zero."""
    _ = texts.gettext
    if comparison.reason:
        return Story(_why_not(comparison.reason, texts), drawn=False)
    found = comparison.differences
    details = [line for each in found for line in _details(comparison, each, texts)]
    if any(each.claimed for each in found):
        details.append(_("Een verschil zegt niet waardoor het komt: de groepen verschillen in meer dan dit."))
    return Story(_finding(comparison, texts), tuple(details), _source(comparison, texts))


def tabulate(comparison: Comparison, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (
            pair(comparison, each, texts),
            texts.number(each.estimate.value, each.digits),
            texts.number(each.estimate.low, each.digits),
            texts.number(each.estimate.high, each.digits),
            texts.number(each.smallest, 1),
        )
        for each in comparison.differences
    )
    header = (_("groepen"), _("verschil in groei"), _("van"), _("tot"), _("pas te zien vanaf"))
    caption = _("Groei van de eerste groep min groei van de tweede, in niveaus")
    return Table(caption, header, rows)


def pair(comparison: Comparison, each: Difference, texts: Texts) -> str:
    """The two groups of a difference, as a row of the table."""
    first, second = names(comparison, each)
    return texts.gettext("%(first)s en %(second)s", first=first, second=second)


def names(comparison: Comparison, each: Difference) -> tuple[str, str]:
    """The two groups of a difference."""
    return comparison.groups[each.first].name, comparison.groups[each.second].name


def _why_not(reason: Reason, texts: Texts) -> str:
    _ = texts.gettext
    if reason is Reason.FEW_MONTHS:
        return _("Deze groepen hebben nog geen drie maanden sinds hun start gemeen om te vergelijken.")
    return _("Bij een van deze groepen zijn er te weinig antwoorden om groei te vergelijken.")


def _finding(comparison: Comparison, texts: Texts) -> str:
    _ = texts.gettext
    found = comparison.differences
    if len(found) == 1:
        return _of_two(comparison, found[0], texts)
    claimed = sum(each.claimed for each in found)
    if not claimed:
        return _("Tussen deze %(n)s groepen is geen verschil in groei aangetoond.", n=len(comparison.groups))
    return _(
        "Bij %(claimed)s van de %(all)s vergelijkingen is een verschil in groei aangetoond.",
        claimed=claimed,
        all=len(found),
    )


def _of_two(comparison: Comparison, each: Difference, texts: Texts) -> str:
    _ = texts.gettext
    first, second = names(comparison, each)
    low, high, size = each.estimate.low, each.estimate.high, abs(each.estimate.value)
    if each.estimate.high < 0:
        first, second, low, high = second, first, -high, -low
    values = {
        "first": first,
        "second": second,
        "size": texts.number(size, each.digits),
        "low": texts.number(low, each.digits),
        "high": texts.number(high, each.digits),
        "months": texts.number(comparison.months, 0),
    }
    if not each.claimed:
        return _(
            "Tussen %(first)s en %(second)s is geen verschil in groei aangetoond; "
            "het verschil ligt waarschijnlijk tussen %(low)s en %(high)s niveau.",
            **values,
        )
    return _(
        "De groei bij %(first)s was in %(months)s maanden ongeveer %(size)s niveau groter "
        "dan bij %(second)s; het werkelijke verschil ligt waarschijnlijk tussen %(low)s en %(high)s.",
        **values,
    )


def _details(comparison: Comparison, each: Difference, texts: Texts) -> list[str]:
    _ = texts.gettext
    lines = [_of_two(comparison, each, texts)] if len(comparison.differences) > 1 else []
    first, second = (comparison.groups[place].curve.persons for place in (each.first, each.second))
    lines.append(
        _(
            "Met %(first)s en %(second)s coaches zien we pas verschillen vanaf ongeveer %(least)s niveau.",
            first=first,
            second=second,
            least=texts.number(each.smallest, 1),
        )
    )
    if each.depends_on_drop_out:
        lines.append(
            _(
                "Stel: wie stopte, scoorde een half niveau lager dan verwacht. "
                "Dan is het verschil niet meer aangetoond."
            )
        )
    return lines


def _source(comparison: Comparison, texts: Texts) -> str:
    _ = texts.gettext
    parts = [
        _(
            "Groei van maand %(start)s tot maand %(end)s sinds de eigen start: "
            "de tijd die alle groepen gemeen hebben.",
            start=texts.number(comparison.start, 0),
            end=texts.number(comparison.end, 0),
        ),
        _("De streep: hier ligt het echte verschil waarschijnlijk (95%)."),
    ]
    if len(comparison.differences) > 1:
        parts.append(
            _(
                "We vergelijken %(n)s keer tegelijk. Daarom zijn strepen breder (regel van Holm): de kans "
                "dat er door toeval ergens een verschil staat, blijft zo hooguit 1 op de 20.",
                n=len(comparison.differences),
            )
        )
    return " ".join(parts)


CHART: Final = Chart("growth_difference", compute, draw, describe, tabulate)
