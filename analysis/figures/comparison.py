"""Figures of a comparison: the curves of groups, and the differences in growth between them."""

from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.charts.cohort_comparison import SERIES
from analysis.charts.growth_difference import names
from analysis.comparison import Comparison, Difference
from analysis.figures.cohort import add_curve, add_ribbon
from analysis.figures.levels import framed, room
from analysis.figures.theme import INK, MARKERS
from analysis.texts import Texts

WIDEST: Final = 2.0
ROW: Final = 96
BAND_ALPHA: Final = "4d"
TICKS: Final = 6


def cohort_comparison(comparison: Comparison, texts: Texts) -> Figure:
    """A curve per group over months since its own start; of two groups also the 95 % ribbon."""
    figure = framed(texts)
    groups = [
        (group.name, group.curve.points, token)
        for group, (token, _) in zip(comparison.groups, SERIES, strict=False)
    ]
    if len(groups) == 2:
        for _name, points, token in groups:
            add_ribbon(figure, points, token)
    for name, points, token in groups:
        add_curve(figure, points, name, token, texts)
    months = sorted(point.months for _, points, _ in groups for point in points)
    edge = (months[-1] - months[0]) * 0.05
    ticks = [months[0] + (months[-1] - months[0]) * place / TICKS for place in range(TICKS + 1)]
    figure.update_xaxes(
        range=room(months[0] - edge, months[-1] + edge),
        tickvals=ticks,
        ticktext=[texts.number(tick, 0) for tick in ticks],
    )
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top"}
    figure.add_annotation(text=texts.gettext("maanden"), yshift=-3, showarrow=False, **corner)
    return figure


def growth_difference(comparison: Comparison, texts: Texts) -> Figure:
    """A row per pair: the difference in growth with its interval, around the line of no difference."""
    _ = texts.gettext
    found = comparison.differences
    figure = Figure(layout={"template": "groeispiegel", "height": 64 + ROW * len(found)})
    for row, each in enumerate(found):
        figure.add_scatter(**_mark(each, row, texts))
        first, second = names(comparison, each)
        for name, x, anchor in ((second, 0, "left"), (first, 1, "right")):
            words = texts.gettext("meer groei bij") + f"<br>{name}"
            figure.add_annotation(
                text=words, x=x, xref="paper", xanchor=anchor, align=anchor, y=row - 0.45, showarrow=False
            )
    figure.add_vline(x=0, line={"color": INK["edge"], "width": 1.5}, layer="below")
    reach = max([WIDEST, *(max(abs(each.estimate.low), abs(each.estimate.high)) for each in found)])
    figure.update_xaxes(
        range=[-reach * 1.05, reach * 1.05],
        tickvals=[-1, 0, 1],
        ticktext=[tick.replace(" ", "<br>") for tick in (_("−1 niveau"), _("geen verschil"), _("+1 niveau"))],
    )
    figure.update_yaxes(range=[len(found) - 0.6, -0.8], showticklabels=False, showgrid=False)
    return figure


def _mark(each: Difference, row: int, texts: Texts) -> dict[str, Any]:
    value, low, high = (
        round(number, each.digits) for number in (each.estimate.value, each.estimate.low, each.estimate.high)
    )
    return {
        "x": [value],
        "y": [row],
        "mode": "markers",
        "marker": {
            "color": INK["s4"],
            "size": 13,
            "symbol": MARKERS["s4"],
            "line": {"color": INK["card"], "width": 1.5},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(high - value, each.digits)],
            "arrayminus": [round(value - low, each.digits)],
            "color": INK["s4"] + BAND_ALPHA,
            "thickness": 9,
            "width": 0,
        },
        "hovertext": [
            f"{texts.number(value, each.digits)} "
            f"({texts.number(low, each.digits)}-{texts.number(high, each.digits)})"
        ],
        "hoverinfo": "text",
    }
