"""Figures of a release: bars that part where agreeing begins, and told shares over the years."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.charts.evaluation import TOGETHER, between, percent, persons
from analysis.charts.evaluation_trend import year_word
from analysis.figures.theme import DASHES, INK, MARKERS
from analysis.outcome import Band, Group, Outcome, Statement
from analysis.outcome_trend import Line, Trend
from analysis.texts import Texts

SIGNS: Final = 40  # of a statement on one line of a phone
TEXT, LABEL, BAR, REACH, GAP = 18, 19, 22, 22, 14  # pixels: heights of what stands under one another
PLOT, ROOM, FOOT = 84, 26, 22  # pixels: a strip from none to all, room for a label above it, years below
FULL: Final = 100
PALE: Final = "80"
EDGE: Final = 0.5
MARGIN: Final = 9  # percent, for half a mark or number at the ends


def evaluation_bars(found: Outcome, texts: Texts) -> Figure:
    """Per statement a bar of each group: who agrees to one side of the line, who does not to the other.

    Under it the bounds by chance, thick, and those by who did not answer, thin.
    """
    figure = Figure(layout={"template": "groeispiegel", "barmode": "overlay"})
    at = 0.0
    for number, first in enumerate(found.groups[0].statements):
        at = _title(figure, first.words, at, -FULL - MARGIN)
        for group in found.groups:
            at = _group(figure, found, group, group.statements[number], at, texts)
        at += GAP
    figure.update_xaxes(
        range=[-FULL - MARGIN, FULL + MARGIN],
        tickvals=[-100, -50, 0, 50, 100],
        ticktext=["100%", "50%", "0", "50%", "100%"],
        ticklabeloverflow="allow",
    )
    return _high(figure, at)


def evaluation_trend(found: Trend, texts: Texts) -> Figure:
    """A strip per statement: its told share in each year, with its bounds."""
    figure = Figure(layout={"template": "groeispiegel"})
    at, last = 0.0, len(found.years) - 1
    for line in found.lines:
        at = _title(figure, line.words, at, -EDGE)
        _strip(figure, line, found, at + ROOM, texts)
        at += ROOM + PLOT + FOOT + GAP
    figure.update_xaxes(range=[-EDGE, last + EDGE], visible=False)
    return _high(figure, at)


def _title(figure: Figure, words: str, at: float, x: float) -> float:
    """A statement on as many lines as it takes; the height below it."""
    lines = wrap(words, SIGNS)
    bold = {"weight": 600, "color": INK["ink"], "size": 13}
    _write(figure, x, at, "<br>".join(map(_plain, lines)), "left", "top", bold)
    return at + TEXT * len(lines) + 2


def _group(figure: Figure, found: Outcome, group: Group, one: Statement, at: float, texts: Texts) -> float:
    _ = texts.gettext
    if one.told is None or one.persons is None:
        _write(figure, -FULL - MARGIN, at, _plain(group.name), "left", "top")
        _write(figure, FULL + MARGIN, at, _("te weinig mensen"), "right", "top")
        return at + LABEL + 2
    people = _("%(n)s mensen", n=persons(one.persons, texts))
    if len(found.groups) > 1:
        people = f"{group.name} · {people}"
    bold = {"color": INK["ink"], "weight": 600}
    _write(figure, -FULL - MARGIN, at, _plain(people), "left", "top")
    _write(figure, FULL + MARGIN, at, percent(one.told.percent, texts), "right", "top", bold)
    _bar(figure, found, one, at + LABEL + BAR / 2)
    chance, others = one.told.chance, one.told.non_response
    below = at + LABEL + BAR
    edge = {"color": INK["edge"], "width": 1}
    figure.add_shape(type="line", layer="below", x0=0, x1=0, y0=at + LABEL, y1=below + REACH, line=edge)
    _reach(figure, chance, one.told.percent, below + REACH * 0.32, "s1", 6, between(chance, texts))
    _reach(figure, others, None, below + REACH * 0.74, "s3", 1.5, between(others, texts))
    return below + REACH


def _bar(figure: Figure, found: Outcome, one: Statement, at: float) -> None:
    parts = found.parts(one)
    x = -sum(part.percent for part in parts if part.first < found.agree)
    for part in parts:
        names = found.answers[part.first : part.last + 1]
        figure.add_bar(
            x=[part.percent],
            y=[at],
            base=[x],
            width=BAR - 2,
            orientation="h",
            marker={"color": INK[_token(found, one, part)], "line": {"color": INK["card"], "width": 1.5}},
            hovertext=[_plain(" / ".join(names))],
            hoverinfo="text",
        )
        x += part.percent


def _token(found: Outcome, one: Statement, part: Band) -> str:
    """The colour of a part: that of its middle level, or one of two where answers are together."""
    if part not in one.bands:
        return TOGETHER[part.first >= found.agree]
    return f"l{(part.first + part.last) // 2 + 1}"


def _reach(
    figure: Figure,
    bounds: tuple[int, int],
    share: int | None,
    at: float,
    token: str,
    width: float,
    words: str,
) -> None:
    """A line from bound to bound: with a mark at the share, or with one at each end."""
    pale = PALE if share is not None else ""
    line = {"color": INK[token] + pale, "width": width, "dash": DASHES[token]}
    figure.add_scatter(
        x=[*bounds],
        y=[at, at],
        mode="lines",
        line=line,
        hovertext=[words, words],
        hoverinfo="text",
    )
    marks = [share] if share is not None else [*bounds]
    figure.add_scatter(
        x=marks,
        y=[at] * len(marks),
        mode="markers",
        marker={"color": INK[token], "size": 9 if share is not None else 7, "symbol": MARKERS[token]},
        hovertext=[words] * len(marks),
        hoverinfo="text",
    )


def _strip(figure: Figure, line: Line, found: Trend, top: float, texts: Texts) -> None:
    for share in (0, 50, 100):
        height = _height(share, top)
        figure.add_shape(
            type="line", layer="below", x0=-EDGE, x1=len(found.years) - 1 + EDGE, y0=height, y1=height,
            line={"color": INK["line"], "width": 1},
        )  # fmt: skip
        _write(figure, -EDGE, height, f"{share}%" if share else "0", "left", "bottom", {"size": 10})
    told = [(place, point.told) for place, point in enumerate(line.points) if point and point.told]
    figure.add_scatter(**_line_of(line, found, told, top, texts))
    for place, one in told:
        label = percent(one.percent, texts)
        _write(figure, place, _height(one.chance[1], top) - 2, label, "center", "bottom", _bold())
    for place, year in enumerate(found.years):
        _write(figure, place, top + PLOT + 4, year_word(year, texts), "center", "top")
    for place in line.breaks:
        x = place - 0.5
        figure.add_shape(
            type="line", layer="below", x0=x, x1=x, y0=top, y1=top + PLOT,
            line={"color": INK["edge"], "dash": "4px,3px", "width": 1.5},
        )  # fmt: skip
        words = texts.gettext("nieuwe formulering").replace(" ", "<br>")
        _write(figure, x, top + PLOT / 2, words, "center", "middle", bgcolor=INK["card"])


def _line_of(
    line: Line, found: Trend, told: Sequence[tuple[int, Any]], top: float, texts: Texts
) -> dict[str, Any]:
    """Points with their bounds; a line joins them but over a new wording and a year without a number."""
    x: list[float | None] = []
    y: list[float | None] = []
    up: list[float] = []
    down: list[float] = []
    words: list[str] = []
    for place, share in told:
        if place in line.breaks or (x and x[-1] != place - 1):
            x, y, up, down, words = [*x, None], [*y, None], [*up, 0], [*down, 0], [*words, ""]
        x.append(place)
        y.append(_height(share.percent, top))
        up.append(_height(share.chance[0], top) - _height(share.percent, top))
        down.append(_height(share.percent, top) - _height(share.chance[1], top))
        year = year_word(found.years[place], texts)
        words.append(f"{year}: {percent(share.percent, texts)} ({between(share.chance, texts)})")
    return {
        "x": x,
        "y": y,
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": INK["s1"], "width": 2.5},
        "marker": {"color": INK["s1"], "size": 11, "line": {"color": INK["card"], "width": 1.5}},
        "error_y": {
            "type": "data", "symmetric": False, "array": up, "arrayminus": down,
            "color": INK["s1"] + PALE, "thickness": 6, "width": 0,
        },
        "hovertext": words,
        "hoverinfo": "text",
    }  # fmt: skip


def _height(share: float, top: float) -> float:
    return top + PLOT * (FULL - share) / FULL


def _bold() -> dict[str, Any]:
    return {"color": INK["ink"], "weight": 600}


def _write(
    figure: Figure,
    x: float,
    y: float,
    words: str,
    across: str,
    along: str,
    font: dict[str, Any] | None = None,
    **look: str,
) -> None:
    place = {"x": x, "y": y, "xanchor": across, "yanchor": along, "align": across}
    figure.add_annotation(text=words, showarrow=False, font=font, **place, **look)


def _high(figure: Figure, height: float) -> Figure:
    """As high as what stands in it, so that its places are pixels."""
    figure.update_yaxes(range=[height, 0], showticklabels=False, showgrid=False)
    return figure.update_layout(height=round(height) + 40, margin={"t": 4, "b": 36})


def _plain(text: str) -> str:
    """Text that the drawing script does not take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
