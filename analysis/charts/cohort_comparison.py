"""Chart for a trainer: the model curves of two to four groups since their own start, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.charts.chart import Chart, LegendEntry, Shape, Story, Table
from analysis.charts.cohort_growth import between
from analysis.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.comparison import Comparison, Group
    from analysis.figures import Figure
    from analysis.results import Estimate

SERIES: Final[tuple[tuple[str, Shape], ...]] = (
    ("s1", "circle"),
    ("s2", "square"),
    ("s3", "diamond"),
    ("s4", "triangle"),
)


def compute(groups: Sequence[Group]) -> Comparison:
    from analysis.comparison import compare_growth

    return compare_growth(groups)


def draw(comparison: Comparison, texts: Texts) -> Figure:
    from analysis.figures import cohort_comparison

    return cohort_comparison(comparison, texts)


def describe(comparison: Comparison, texts: Texts) -> Story:
    """Growth of a group is claimed only when its own interval leaves out zero."""
    _ = texts.gettext
    details = tuple(
        _line(group, growth, comparison.months, texts)
        for group, growth in zip(comparison.groups, comparison.growth, strict=False)
    )
    legend = tuple(
        LegendEntry(token, shape, group.name)
        for group, (token, shape) in zip(comparison.groups, SERIES, strict=False)
    )
    return Story(
        _("De lijnen van %(n)s groepen, elk vanaf de eigen start.", n=len(comparison.groups)),
        details,
        _("De lijn telt ook mee wie eerder stopte. Hoe zeker elke lijn is, staat bij de cijfers."),
        legend,
    )


def tabulate(comparison: Comparison, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (
            group.name,
            texts.number(point.months, 0),
            str(point.persons),
            texts.number(point.estimate, 1),
            between(point, texts),
        )
        for group in comparison.groups
        for point in group.curve.points
    )
    header = (_("groep"), _("maanden"), _("personen"), _("geschatte lijn"), _("95% tussen"))
    return Table(_("Gemiddelde van elke groep, van 1 (verken) tot 5 (geef door)"), header, rows)


def _line(group: Group, growth: Estimate, months: float, texts: Texts) -> str:
    _ = texts.gettext
    values = {
        "group": group.name,
        "persons": group.curve.persons,
        "months": texts.number(months, 0),
        "growth": texts.number(growth.value, 1),
        "low": texts.number(growth.low, 1),
        "high": texts.number(growth.high, 1),
    }
    if growth.low > 0:
        return _(
            "%(group)s (%(persons)s coaches): ongeveer %(growth)s niveau groei in %(months)s maanden, "
            "waarschijnlijk tussen %(low)s en %(high)s.",
            **values,
        )
    return _(
        "%(group)s (%(persons)s coaches): geen groei aangetoond in %(months)s maanden, "
        "waarschijnlijk tussen %(low)s en %(high)s.",
        **values,
    )


CHART: Final = Chart("cohort_comparison", compute, draw, describe, tabulate)
