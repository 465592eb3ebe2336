"""Figures: numbers in, plotly Figure out. The only module that touches plotly; colours are CSS tokens."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import plotly.io as pio
from plotly.graph_objects import Figure
from plotly.graph_objs.layout import Template

from analysis.charts.words import level_words, measure_word, participation_words
from analysis.coach import CoachGrowth, Score
from analysis.frames import BLOCKS
from analysis.growth import CohortGrowth, PeriodPoint
from analysis.participation import RoundCount
from analysis.texts import Texts

__all__ = ["PALETTE", "Figure", "as_json", "coach_growth", "cohort_growth", "participation_bars"]

PALETTE: Final[Mapping[str, tuple[str, str]]] = {
    "card": ("#fffdfa", "#242028"),
    "ink": ("#2b2431", "#f0ebee"),
    "soft": ("#5f5666", "#bbb1bf"),
    "line": ("#ddd5cf", "#3f3845"),
    "edge": ("#857a8b", "#91869a"),
    "s1": ("#0b4f5e", "#a3dfe8"),
    "s2": ("#b8439f", "#dd6fcc"),
    "s3": ("#9c5d08", "#eebd6b"),
    "s4": ("#6e757c", "#989ea4"),
}
"""Colour tokens of the stylesheet, light and dark. A figure is drawn in light; the script swaps them."""

INK: Final = {token: light for token, (light, _) in PALETTE.items()}
BAND_ALPHA, RIBBON_ALPHA = "4d", "33"
MARKERS: Final = {"s1": "circle", "s2": "square", "s3": "diamond", "s4": "triangle-up"}
DASHES: Final = {"s1": "solid", "s2": "9px,4px", "s3": "2.5px,4px", "s4": "10px,4px,2px,4px"}
FONT: Final = '"Segoe UI", Roboto, "Noto Sans", -apple-system, "Liberation Sans", sans-serif'
SHIFT: Final = 0.24
LABEL_ROOM: Final = 0.24
MOST_LABELS: Final = 6
DIGITS: Final = 1
"""Of a mean over persons: as the table shows, so that nobody learns an answer by subtracting."""
CONFIG: Final = {
    "displayModeBar": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}

pio.templates["groeispiegel"] = Template(
    layout={
        "autosize": True,
        "dragmode": False,
        "font": {"family": FONT, "size": 12, "color": INK["soft"]},
        "height": 360,
        "hoverlabel": {"bgcolor": INK["card"], "bordercolor": INK["edge"], "font": {"color": INK["ink"]}},
        "hovermode": "closest",
        "margin": {"l": 4, "r": 12, "t": 8, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "xaxis": {
            "fixedrange": True,
            "linecolor": INK["edge"],
            "showgrid": False,
            "showline": True,
            "tickangle": 0,
            "zeroline": False,
        },
        "yaxis": {
            "fixedrange": True,
            "gridcolor": INK["line"],
            "tickfont": {"color": INK["soft"]},
            "zeroline": False,
        },
    }
)


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
            **_series(token),
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


def participation_bars(counts: tuple[RoundCount, ...], texts: Texts) -> Figure:
    """A bar per round, earliest on top: submitted, started and not yet started, each with its number."""
    done, unfinished, not_started = participation_words(texts)
    parts = (
        (done, [each.submitted for each in counts], "s1", "card"),
        (unfinished, [each.unfinished for each in counts], "line", "ink"),
        (not_started, [each.not_started for each in counts], "card", "ink"),
    )
    figure = Figure(layout={"template": "groeispiegel", "barmode": "stack", "bargap": 0.45})
    for name, sizes, fill, text in parts:
        figure.add_bar(
            x=sizes,
            y=[texts.month(each.moment) for each in counts],
            orientation="h",
            name=name,
            marker={"line": {"width": 1.5, "color": INK["edge"]}, "color": INK[fill]},
            text=[str(size) if size else "" for size in sizes],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            insidetextfont={"color": INK[text]},
            hoverinfo="skip",
        )
    figure.update_xaxes(rangemode="tozero", showticklabels=False, showline=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, automargin=True)
    return figure.update_layout(height=56 + 44 * len(counts))


def as_json(figure: Figure, texts: Texts) -> str:
    """Figure, light → dark colours and config as compact JSON; raises ValueError for NaN."""
    payload = {
        "figure": figure.to_plotly_json(),
        "dark": dict(PALETTE.values()),
        "config": {**CONFIG, "locale": texts.locale},
    }
    return json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return value.to_plotly_json()


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


def _series(token: str) -> dict[str, Any]:
    return {
        "mode": "lines+markers",
        "connectgaps": False,
        "hoverinfo": "text",
        "line": {"color": INK[token], "width": 2.5, "dash": DASHES[token]},
        "marker": {
            "color": INK[token],
            "size": 12,
            "symbol": MARKERS[token],
            "line": {"color": INK["card"], "width": 1.5},
        },
    }


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
        **_series("s4") | {"hoverinfo": "skip"},
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
        **_series("s1"),
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
