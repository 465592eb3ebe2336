"""Figure of releases over the years: a strip per statement, on the full scale."""

from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.charts.evaluation import between, percent
from analysis.charts.evaluation_trend import year_word
from analysis.figures.canvas import Canvas
from analysis.figures.theme import INK
from analysis.outcome_trend import Line, Trend
from analysis.shares import Told
from analysis.texts import Texts

PLOT, ROOM, FOOT, GAP = 84, 26, 22, 14  # pixels: from none to all, a label above it, years below, between
FULL: Final = 100
EDGE: Final = 0.5
PALE: Final = "80"


def evaluation_trend(found: Trend, texts: Texts) -> Figure:
    """A strip per statement: its told share in each year, with its bounds."""
    canvas, at = Canvas(), 0.0
    for line in found.lines:
        at = canvas.title(-EDGE, at, line.words)
        _strip(canvas, line, found, at + ROOM, texts)
        at += ROOM + PLOT + FOOT + GAP
    return canvas.figure(at, {"range": [-EDGE, len(found.years) - 1 + EDGE], "visible": False})


def _strip(canvas: Canvas, line: Line, found: Trend, top: float, texts: Texts) -> None:
    for share in (0, 50, 100):
        y = _height(share, top)
        canvas.line((-EDGE, len(found.years) - 1 + EDGE), (y, y), color=INK["line"], width=1)
        canvas.write(-EDGE, y, f"{share}%" if share else "0", "left", "bottom", font={"size": 10})
    told = [(place, point.told) for place, point in enumerate(line.points) if point and point.told]
    canvas.traces.append(_points(line, found, told, top, texts))
    for place, one in told:
        y = _height(one.chance[1], top) - 2
        canvas.write(place, y, percent(one.percent, texts), "center", "bottom", bold=True)
    for place, year in enumerate(found.years):
        canvas.write(place, top + PLOT + 4, year_word(year, texts), "center", "top")
    for place in line.breaks:
        x = place - 0.5
        canvas.line((x, x), (top, top + PLOT), color=INK["edge"], dash="4px,3px", width=1.5)
        words = texts.gettext("nieuwe formulering").replace(" ", "<br>")
        canvas.write(x, top + PLOT / 2, words, "center", "middle", bgcolor=INK["card"])


def _points(
    line: Line, found: Trend, told: list[tuple[int, Told]], top: float, texts: Texts
) -> dict[str, Any]:
    """Points with their bounds; a line joins them but over a new wording and a year without a number."""
    spots: list[tuple[int, Told] | None] = []
    for place, share in told:
        before = spots[-1] if spots else None
        if before and (place in line.breaks or before[0] != place - 1):
            spots.append(None)
        spots.append((place, share))
    return {
        "type": "scatter",
        "x": [spot and spot[0] for spot in spots],
        "y": [spot and _height(spot[1].percent, top) for spot in spots],
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": INK["s1"], "width": 2.5},
        "marker": {"color": INK["s1"], "size": 11, "line": {"color": INK["card"], "width": 1.5}},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [_length(spot[1].percent - spot[1].chance[0]) if spot else 0 for spot in spots],
            "arrayminus": [_length(spot[1].chance[1] - spot[1].percent) if spot else 0 for spot in spots],
            "color": INK["s1"] + PALE,
            "thickness": 6,
            "width": 0,
        },
        "hovertext": [_hover(found, spot, texts) if spot else "" for spot in spots],
        "hoverinfo": "text",
    }


def _hover(found: Trend, spot: tuple[int, Told], texts: Texts) -> str:
    place, share = spot
    year = year_word(found.years[place], texts)
    return f"{year}: {percent(share.percent, texts)} ({between(share.chance, texts)})"


def _height(share: float, top: float) -> float:
    return top + _length(FULL - share)


def _length(share: float) -> float:
    """Pixels of a share in percent; on this axis they count downwards."""
    return PLOT * share / FULL
