"""Figures of cohorts: the model curve."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from plotly.graph_objects import Figure

from analysis.figures.levels import add_break, add_flags, framed, room
from analysis.figures.theme import INK, line_style
from analysis.growth import CohortGrowth, Event, PeriodPoint
from analysis.texts import Texts

RIBBON_ALPHA: Final = "33"
MOST_NAMED: Final = 8
DIGITS: Final = 1
"""Of a mean over persons: as the table shows, so that nobody learns an answer by subtracting."""


def cohort_growth(cohort: CohortGrowth, texts: Texts, raw: bool = False) -> Figure:
    """Model curve over months with 95 % ribbon, drop-out edge, n per point; raw mean only when asked.

    Where the wording changed the curve stops and a box says so; meetings are flags above the curve.
    """
    figure = framed(texts)
    lines = [line for line in (*cohort.earlier, cohort) if line.points]
    for line in lines:
        _add_line(figure, line, texts, raw)
    for before, after in pairwise(lines):
        _add_break(figure, before.points[-1], after.points[0], texts)
    points = [point for line in lines for point in line.points]
    end = _add_events(figure, cohort.events, points[0].months)
    _add_counts(figure, points, end, texts)
    return figure


def _add_line(figure: Figure, cohort: CohortGrowth, texts: Texts, raw: bool) -> None:
    edges = dict(zip((point.period for point in cohort.points), cohort.sensitivity[-1].lows, strict=True))
    for run in _runs(cohort):
        add_ribbon(figure, run, "s1")
        lows = [round(edges[point.period], DIGITS) for point in run]
        figure.add_scatter(
            x=[point.months for point in run],
            y=lows,
            mode="lines",
            hoverinfo="skip",
            line={"width": 1.5, "dash": "3px,4px", "color": INK["s1"]},
        )
        if raw:
            _add_raw(figure, run, texts)
        add_curve(figure, run, texts.gettext("geschatte lijn"), "s1", texts)


def add_ribbon(figure: Figure, run: Sequence[PeriodPoint], token: str) -> None:
    """The 95 % interval of a run of points, as a surface without an edge."""
    bare = {"mode": "lines", "hoverinfo": "skip", "x": [point.months for point in run]}
    figure.add_scatter(y=[round(point.low, DIGITS) for point in run], line={"width": 0}, **bare)
    figure.add_scatter(
        y=[round(point.high, DIGITS) for point in run],
        line={"width": 0},
        fill="tonexty",
        fillcolor=INK[token] + RIBBON_ALPHA,
        **bare,
    )


def _add_break(figure: Figure, before: PeriodPoint, after: PeriodPoint, texts: Texts) -> None:
    middle, apart = (before.months + after.months) / 2, after.months - before.months
    add_break(figure, middle, apart / 8, (before.estimate, after.estimate), texts)


def _add_events(figure: Figure, events: Sequence[Event], start: float) -> float:
    """Flags of the meetings since the first point; how far to the end they reach."""
    shown = [event for event in events if event.months >= start]
    if shown:
        add_flags(figure, [event.months for event in shown], [event.name for event in shown])
    return max((event.months for event in shown), default=start)


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


def add_curve(figure: Figure, run: Sequence[PeriodPoint], name: str, token: str, texts: Texts) -> None:
    """A run of points as a line, each point with its interval on hover."""
    hover = [
        f"{texts.number(point.estimate, 1)} ({texts.number(point.low, 1)}-{texts.number(point.high, 1)})"
        for point in run
    ]
    figure.add_scatter(
        x=[point.months for point in run],
        y=[round(point.estimate, DIGITS) for point in run],
        name=name,
        hovertext=hover,
        **line_style(token),
    )


def _add_counts(figure: Figure, points: Sequence[PeriodPoint], end: float, texts: Texts) -> None:
    _ = texts.gettext
    below = {"showarrow": False, "yref": "paper", "y": 0, "yanchor": "top"}
    strong = {"weight": 600, "color": INK["ink"]}
    named = named_points(points)
    for point in named:
        figure.add_annotation(x=point.months, text=str(point.persons), yshift=-24, font=strong, **below)
    for name, shift in ((_("maanden"), -3), (_("personen"), -24)):
        figure.add_annotation(x=0, xref="paper", xanchor="left", text=name, yshift=shift, **below)
    start, last = points[0].months, max(points[-1].months, end)
    edge = (last - start) * 0.05
    figure.update_xaxes(
        range=room(start - edge, last + edge),
        tickvals=[point.months for point in named],
        ticktext=[texts.number(point.months, 0) for point in named],
    )
    figure.update_layout(margin={"b": 52})


def named_points(points: Sequence[PeriodPoint]) -> list[PeriodPoint]:
    """The points with room for a number below them: the last, and before it those far enough apart."""
    apart = (points[-1].months - points[0].months) / MOST_NAMED
    named = [points[-1]]
    for point in reversed(points[:-1]):
        if named[-1].months - point.months >= apart:
            named.append(point)
    return named[::-1]
