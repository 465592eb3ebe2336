"""Figures of counts of coaches: where they stand per block, and what they chose."""

from typing import Final

from plotly.graph_objects import Figure

from analysis.charts.choices import Choices, named, number_word
from analysis.charts.distribution import band_word
from analysis.charts.words import measure_name
from analysis.distribution import Distribution
from analysis.figures.theme import INK
from analysis.texts import Texts

ROW: Final = 52
TALL: Final = 88
LONG: Final = 12
DEEP: Final = 4
"""From this level on the colour is so deep that the text on it is light."""


def distribution_bars(found: Distribution, texts: Texts) -> Figure:
    """A bar per block, its bands from low to high, pale to deep; each with its level and number."""
    blocks = [block for block, bands in found.bands.items() if bands]
    figure = Figure(
        layout={"template": "groeispiegel", "barmode": "stack", "height": 24 + TALL * len(blocks)}
    )
    for row, block in enumerate(blocks):
        for band in found.bands[block]:
            level = round((band.first + band.last) / 2)
            word = band_word(band, texts)
            figure.add_bar(
                x=[band.persons],
                y=[row],
                orientation="h",
                width=0.56,
                marker={"color": INK[f"l{level}"], "line": {"color": INK["card"], "width": 2}},
                text=[f"{band.persons}<br>{_folded(word)}"],
                textposition="inside",
                textangle=0,
                insidetextanchor="middle",
                insidetextfont={"color": INK["card" if level >= DEEP else "ink"], "size": 11},
                hovertext=[f"{word}: {band.persons}"],
                hoverinfo="text",
            )
        _above(figure, row, measure_name(block, texts))
    figure.update_xaxes(showticklabels=False, showline=False)
    figure.update_yaxes(range=[len(blocks) - 0.6, -0.6], showticklabels=False, showgrid=False)
    return figure.update_layout(margin={"b": 4})


def choice_bars(choices: Choices, texts: Texts) -> Figure:
    """A bar per choice, its name above it and its number inside; what few chose lies together, last."""
    rows = named(choices, texts)
    figure = Figure(layout={"template": "groeispiegel", "height": 16 + ROW * len(rows)})
    figure.add_bar(
        x=[n for _, n in rows],
        y=[*range(len(rows))],
        orientation="h",
        width=0.42,
        marker={
            "color": [INK["line" if row >= len(choices.tally.counts) else "s1"] for row in range(len(rows))],
            "line": {"width": 1.5, "color": INK["edge"]},
        },
        text=[number_word(choices, n, texts) for _, n in rows],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        insidetextfont={
            "color": [INK["ink" if row >= len(choices.tally.counts) else "card"] for row in range(len(rows))]
        },
        hoverinfo="skip",
    )
    for row, (name, _) in enumerate(rows):
        _above(figure, row, name)
    figure.update_xaxes(range=[0, choices.tally.persons], showticklabels=False, showline=False)
    figure.update_yaxes(range=[len(rows) - 0.6, -0.6], showticklabels=False, showgrid=False)
    return figure.update_layout(margin={"b": 4})


def _folded(words: str) -> str:
    """Long words on two lines, broken at the space nearest to the middle."""
    spaces = [place for place, sign in enumerate(words) if sign == " "]
    if len(words) <= LONG or not spaces:
        return words
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2))
    return f"{words[:middle]}<br>{words[middle + 1 :]}"


def _above(figure: Figure, row: int, name: str) -> None:
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=row - 0.4,
        text=name,
        showarrow=False,
        font={"weight": 600, "color": INK["ink"]},
    )
