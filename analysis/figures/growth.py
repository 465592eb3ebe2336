"""Figures of growth over rounds: the blocks of one coach, the model curve of a cohort."""

from collections.abc import Iterator
from typing import Final

from plotly.graph_objects import Figure

from analysis.charts.words import level_words, measure_word
from analysis.coach import CoachGrowth, Score
from analysis.figures.theme import INK, line_style
from analysis.frames import BLOCKS
from analysis.growth import CohortGrowth, PeriodPoint
from analysis.texts import Texts

BAND_ALPHA, RIBBON_ALPHA = "4d", "33"
SHIFT: Final = 0.24
LABEL_ROOM: Final = 0.24
MOST_LABELS: Final = 6
DIGITS: Final = 1
"""Of a mean over persons: as the table shows, so that nobody learns an answer by subtracting."""


def coach_growth(growth: CoachGrowth, texts: Texts) -> Figure:
    """Three block lines over the rounds, side by side; each point with its 84 % band, a gap when missed."""
    figure = _framed(texts)
    for place, (token, block) in enumerate(zip(("s1", "s2", "s3"), BLOCKS, strict=True)):
        scores = growth.lines[block].scores
        half = [None if score is None else round(score.high - score.value, 2) for score in scores]
        figure.add_scatter(
            x=[index + (place - 1) * SHIFT for index in range(len(scores))],
            y=[None if score is None else round(score.value, 2) for score in scores],
            error_y={"array": half, "color": INK[token] + BAND_ALPHA, "thickness": 9, "width": 0},
            hovertext=[_hover(measure_word(block, texts), score, texts) for score in scores],
            name=measure_word(block, texts),
            **line_style(token),
        )
    step = -(-len(growth.rounds) // MOST_LABELS)
    shown = range((len(growth.rounds) - 1) % step, len(growth.rounds), step)
    labels = [texts.month(growth.rounds[index]).replace(" ", "<br>") for index in shown]
    figure.update_xaxes(range=_room(-0.4, len(growth.rounds) - 0.6), tickvals=[*shown], ticktext=labels)
    return figure.update_layout(margin={"b": 44})


def cohort_growth(cohort: CohortGrowth, texts: Texts, raw: bool = False) -> Figure:
    """Model curve over months with 95 % ribbon, drop-out edge, n per point; raw mean only when asked."""
    figure = _framed(texts)
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


def _framed(texts: Texts) -> Figure:
    """An empty figure with the full scale: hairlines at the five levels, their words at the start side."""
    figure = Figure(layout={"template": "groeispiegel"})
    return figure.update_yaxes(
        range=[0.7, 5.5],
        tickvals=[1, 2, 3, 4, 5],
        ticktext=[*level_words(texts)],
        ticklabelposition="inside top",
    )


def _room(start: float, end: float) -> list[float]:
    """An axis range that leaves the first quarter to the level words."""
    return [start - (end - start) * LABEL_ROOM / (1 - LABEL_ROOM), end]


def _hover(name: str, score: Score | None, texts: Texts) -> str:
    if score is None:
        return ""
    return f"{name} {texts.number(score.value, 1)} ± {texts.number(score.high - score.value, 1)}"


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
    room = (months[-1] - months[0]) * 0.05
    figure.update_xaxes(
        range=_room(months[0] - room, months[-1] + room),
        tickvals=months,
        ticktext=[texts.number(month, 0) for month in months],
    )
    figure.update_layout(margin={"b": 52})
