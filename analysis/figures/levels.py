"""The frame of every figure on the five levels: the full scale in words, and room for these words."""

from typing import Final

from plotly.graph_objects import Figure

from analysis.charts.words import level_words
from analysis.texts import Texts

LABEL_ROOM: Final = 0.24


def framed(texts: Texts) -> Figure:
    """An empty figure with the full scale: hairlines at the five levels, their words at the start side."""
    figure = Figure(layout={"template": "groeispiegel"})
    return figure.update_yaxes(
        range=[0.7, 5.5],
        tickvals=[1, 2, 3, 4, 5],
        ticktext=[*level_words(texts)],
        ticklabelposition="inside top",
    )


def room(start: float, end: float) -> list[float]:
    """An axis range that leaves the first quarter to the level words."""
    return [start - (end - start) * LABEL_ROOM / (1 - LABEL_ROOM), end]
