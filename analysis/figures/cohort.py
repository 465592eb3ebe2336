"""Figures of cohorts: the model curve."""

from collections.abc import Iterator
from typing import Final

from plotly.graph_objects import Figure

from analysis.figures.levels import framed, room
from analysis.figures.theme import INK, line_style
from analysis.growth import CohortGrowth, PeriodPoint
from analysis.texts import Texts

RIBBON_ALPHA: Final = "33"
DIGITS: Final = 1
"""Of a mean over persons: as the table shows, so that nobody learns an answer by subtracting."""


def cohort_growth(cohort: CohortGrowth, texts: Texts, raw: bool = False) -> Figure:
    """Model curve over months with 95 % ribbon, drop-out edge, n per point; raw mean only when asked."""
    figure = framed(texts)
    edges = dict(zip((point.period for point in cohort.points), cohort.sensitivity[-1].lows, strict=True))
    for run in _runs(cohort):
        months = [point.months for point in run]
        bare = {"mode": "lines", "hoverinfo": "skip", "x": months}
        figure.add_scatter(y=[round(point.low, DIGITS) for point in run], line={"width": 0}, **bare)
        figure.add_scatter(
            y=[round(point.high, DIGITS) for point in run],
            line={"width": 0},
            fill="tonexty",
            fillcolor=INK["s1"] + RIBBON_ALPHA,
            **bare,
        )
        lows = [round(edges[point.period], DIGITS) for point in run]
        figure.add_scatter(y=lows, line={"width": 1.5, "dash": "3px,4px", "color": INK["s1"]}, **bare)
        if raw:
            _add_raw(figure, run, texts)
        _add_curve(figure, run, texts)
    _add_counts(figure, cohort, texts)
    return figure


def _runs(cohort: CohortGrowth) -> Iterator[list[PeriodPoint]]:
    """The points in runs without a withheld round between them: there the line stops."""
    run: list[PeriodPoint] = []
    for point in cohort.points:
        if run and any(run[-1].period < gap < point.period for gap in cohort.withheld):
            yield run
            run = []
        run.append(point)
    yield run


def _add_raw(figure: Figure, run: list[PeriodPoint], texts: Texts) -> None:
    _ = texts.gettext
    figure.add_scatter(
        x=[point.months for point in run],
        y=[round(point.raw, DIGITS) for point in run],
        name=_("gewoon gemiddelde van wie antwoordde"),
        **line_style("s4") | {"hoverinfo": "skip"},
    )


def _add_curve(figure: Figure, run: list[PeriodPoint], texts: Texts) -> None:
    _ = texts.gettext
    hover = [
        f"{texts.number(point.estimate, 1)} ({texts.number(point.low, 1)}-{texts.number(point.high, 1)})"
        for point in run
    ]
    figure.add_scatter(
        x=[point.months for point in run],
        y=[round(point.estimate, DIGITS) for point in run],
        name=_("geschatte lijn"),
        hovertext=hover,
        **line_style("s1"),
    )


def _add_counts(figure: Figure, cohort: CohortGrowth, texts: Texts) -> None:
    _ = texts.gettext
    below = {"showarrow": False, "yref": "paper", "y": 0, "yanchor": "top"}
    strong = {"weight": 600, "color": INK["ink"]}
    for point in cohort.points:
        figure.add_annotation(x=point.months, text=str(point.persons), yshift=-24, font=strong, **below)
    for name, shift in ((_("maanden"), -3), (_("personen"), -24)):
        figure.add_annotation(x=0, xref="paper", xanchor="left", text=name, yshift=shift, **below)
    months = [point.months for point in cohort.points]
    edge = (months[-1] - months[0]) * 0.05
    figure.update_xaxes(
        range=room(months[0] - edge, months[-1] + edge),
        tickvals=months,
        ticktext=[texts.number(month, 0) for month in months],
    )
    figure.update_layout(margin={"b": 52})
