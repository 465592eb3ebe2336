"""What figures on the five levels share: the full scale in words, flags of meetings, breaks of a line."""

from collections.abc import Sequence
from typing import Final

from plotly.graph_objects import Figure

from analysis.charts.words import level_words
from analysis.figures.theme import INK
from analysis.texts import Texts

LABEL_ROOM: Final = 0.24
BOTTOM, TOP, FLAGS = 0.7, 5.5, 5.38
"""Where the scale begins and ends, and the height of the flags of meetings above every level."""
MOST_LINES: Final = 5  # more dotted lines hide what they are to explain


def framed(texts: Texts) -> Figure:
    """An empty figure with the full scale: hairlines at the five levels, their words at the start side."""
    figure = Figure(layout={"template": "groeispiegel"})
    return figure.update_yaxes(
        range=[BOTTOM, TOP],
        tickvals=[1, 2, 3, 4, 5],
        ticktext=[*level_words(texts)],
        ticklabelposition="inside top",
    )


def room(start: float, end: float) -> list[float]:
    """An axis range that leaves the first quarter to the level words."""
    return [start - (end - start) * LABEL_ROOM / (1 - LABEL_ROOM), end]


def add_flags(figure: Figure, places: Sequence[float], names: Sequence[str]) -> None:
    """A flag at each meeting, with a dotted line where there are few."""
    dotted = {"color": INK["soft"], "dash": "2px,4px", "width": 1.5}
    for x in places if len(places) <= MOST_LINES else ():
        figure.add_shape(type="line", layer="below", x0=x, x1=x, y0=BOTTOM, y1=FLAGS, line=dotted)
    figure.add_scatter(
        x=[*places],
        y=[FLAGS] * len(places),
        mode="markers",
        marker={"color": INK["soft"], "size": 10, "symbol": "triangle-down"},
        hovertext=[*names],
        hoverinfo="text",
    )


def add_break(figure: Figure, x: float, half: float, values: Sequence[float], texts: Texts) -> None:
    """A dashed box where a line stops, as high as what stopped and began there, and its name below."""
    low, high = min(values) - 0.3, max(values) + 0.3
    dashed = {"color": INK["edge"], "dash": "4px,3px", "width": 1.5}
    box = {"x0": x - half, "x1": x + half, "y0": low, "y1": high}
    figure.add_shape(type="rect", layer="below", line=dashed, fillcolor=INK["line"] + "4d", **box)
    words = texts.gettext("nieuwe formulering").replace(" ", "<br>")
    figure.add_annotation(x=x, y=low, text=words, showarrow=False, yanchor="top")
