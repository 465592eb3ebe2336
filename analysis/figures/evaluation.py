"""Figure of a release: bars that part where agreeing begins, and under each what is uncertain about it."""

from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.charts.evaluation import TOGETHER, between, percent, persons
from analysis.figures.canvas import Canvas, plain
from analysis.figures.theme import DASHES, INK, MARKERS
from analysis.outcome import Band, Group, Outcome, Statement
from analysis.texts import Texts

LABEL, BAR, REACH, GAP = 19, 22, 22, 14  # pixels: heights of what stands under one another
FULL: Final = 100
MARGIN: Final = 9  # percent, for half a mark or number at the ends
START, END = -FULL - MARGIN, FULL + MARGIN
PALE: Final = "80"


def evaluation_bars(found: Outcome, texts: Texts) -> Figure:
    """Per statement a bar of each group: who agrees to one side of the line, who does not to the other.

    Under it the bounds by chance, thick, and those by who did not answer, thin.
    """
    canvas, at = Canvas(), 0.0
    for number, first in enumerate(found.groups[0].statements):
        at = canvas.title(START, at, first.words)
        for group in found.groups:
            at = _group(canvas, found, group, group.statements[number], at, texts)
        at += GAP
    axis = {
        "range": [START, END],
        "tickvals": [-100, -50, 0, 50, 100],
        "ticktext": ["100%", "50%", "0", "50%", "100%"],
        "ticklabeloverflow": "allow",
    }
    return canvas.figure(at, axis)


def _group(canvas: Canvas, found: Outcome, group: Group, one: Statement, at: float, texts: Texts) -> float:
    _ = texts.gettext
    several = len(found.groups) > 1
    if one.told is None or one.persons is None:
        canvas.write(START, at, plain(group.name) if several else "", "left", "top")
        canvas.write(END, at, _("te weinig mensen"), "right", "top")
        return at + LABEL + 2
    people = _("%(n)s mensen", n=persons(one.persons, texts))
    name = f"{group.name} · {people}" if several else people
    canvas.write(START, at, plain(name), "left", "top")
    canvas.write(END, at, percent(one.told.percent, texts), "right", "top", bold=True)
    _bar(canvas, found, one, at + LABEL + BAR / 2)
    below = at + LABEL + BAR
    canvas.line((0, 0), (at + LABEL, below + REACH), color=INK["edge"], width=1)
    chance, others = one.told.chance, one.told.non_response
    _reach(canvas, chance, [one.told.percent], below + REACH * 0.32, "s1", between(chance, texts))
    _reach(canvas, others, [*others], below + REACH * 0.74, "s3", between(others, texts))
    return below + REACH


def _bar(canvas: Canvas, found: Outcome, one: Statement, at: float) -> None:
    parts = found.parts(one)
    x = -sum(part.percent for part in parts if part.first < found.agree)
    for part in parts:
        names = found.answers[part.first : part.last + 1]
        canvas.traces.append(
            {
                "type": "bar",
                "x": [part.percent],
                "y": [at],
                "base": [x],
                "width": BAR - 2,
                "orientation": "h",
                "marker": {
                    "color": INK[_token(found, one, part)],
                    "line": {"color": INK["edge"], "width": 1},
                },
                "hovertext": [plain(" / ".join(names))],
                "hoverinfo": "text",
            }
        )
        x += part.percent


def _token(found: Outcome, one: Statement, part: Band) -> str:
    """The colour of a part: that of its middle level, or one of two where answers are together."""
    if part not in one.bands:
        return TOGETHER[part.first >= found.agree]
    return f"l{(part.first + part.last) // 2 + 1}"


def _reach(
    canvas: Canvas, bounds: tuple[int, int], marks: list[int], at: float, token: str, words: str
) -> None:
    """A line from bound to bound, thick with one mark or thin with one at each end."""
    thick = len(marks) == 1
    hover: dict[str, Any] = {"type": "scatter", "hoverinfo": "text"}
    line = {
        "color": INK[token] + (PALE if thick else ""),
        "width": 6 if thick else 1.5,
        "dash": DASHES[token],
    }
    canvas.traces += [
        {**hover, "x": [*bounds], "y": [at, at], "mode": "lines", "line": line, "hovertext": [words] * 2},
        {
            **hover,
            "x": marks,
            "y": [at] * len(marks),
            "mode": "markers",
            "marker": {"color": INK[token], "size": 9 if thick else 7, "symbol": MARKERS[token]},
            "hovertext": [words] * len(marks),
        },
    ]
