"""Figure of placements: a row of bars per school over the school year, with a line at the day at hand."""

from datetime import date
from typing import Any

from plotly.graph_objects import Figure

from analysis.charts.placements import FILLS
from analysis.figures.theme import INK
from analysis.texts import Texts
from analysis.timeline import COACH, Bar, Timeline

LANE, NAME = 30, 24  # pixels of a lane of bars, and of the name above it
THICK = 24
INSET = "\u00a0"  # between the edge of a bar and its label
DAYS_OF_A_SIGN = 7.5  # of the axis on a phone

_Words = tuple[date, float, str]


def placement_bars(found: Timeline, texts: Texts) -> Figure:
    """Bars of a school under its name: filled with a coach, dashed where there is none."""
    shapes: list[dict[str, Any]] = []
    names: list[_Words] = []
    labels: list[_Words] = []
    at = 0
    for row in found.rows:
        names.append((found.first, at + NAME / 2, _plain(row.school)))
        at += NAME
        for lane in row.lanes:
            shapes += [_shape(bar, at) for bar in lane]
            labels += [(bar.first, at + THICK / 2, INSET + _fitting(bar)) for bar in lane]
            at += LANE
    figure = Figure(layout={"template": "groeispiegel", "shapes": [*shapes, _today(found.today, at)]})
    _write(figure, names, 13)
    _write(figure, labels, 12)
    _axes(figure, found, at, texts)
    return figure.update_layout(height=at + 44, margin={"l": 4, "r": 12, "t": 24, "b": 12})


def _write(figure: Figure, words: list[_Words], size: int) -> None:
    figure.add_scatter(
        x=[day.isoformat() for day, _, _ in words],
        y=[at for _, at, _ in words],
        text=[text for _, _, text in words],
        mode="text",
        textposition="middle right",
        textfont={"color": INK["ink"], "size": size},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _shape(bar: Bar, at: int) -> dict[str, Any]:
    edge = {"color": INK["edge"], "width": 1.5, "dash": "solid" if bar.kind == COACH else "dash"}
    place = {
        "x0": bar.first.isoformat(),
        "x1": bar.last.isoformat(),
        "y0": at,
        "y1": at + THICK,
        "layer": "below",
    }
    return {"type": "rect", **place, "fillcolor": INK[FILLS[bar.kind]], "line": edge}


def _today(day: date, at: int) -> dict[str, Any]:
    line = {"color": INK["soft"], "width": 1.5, "dash": "dot"}
    return {
        "type": "line",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "y0": 0,
        "y1": at,
        "line": line,
        "layer": "below",
    }


def _fitting(bar: Bar) -> str:
    """The label, shortened to what its bar has room for; the numbers under the figure have it whole."""
    room = int((bar.last - bar.first).days / DAYS_OF_A_SIGN)
    if len(bar.label) <= room:
        return _plain(bar.label)
    return _plain(bar.label[: room - 1]) + "…" if room > 3 else ""


def _plain(text: str) -> str:
    """Text that the drawing script does not take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _axes(figure: Figure, found: Timeline, at: int, texts: Texts) -> None:
    ticks = [
        date(found.first.year + (found.first.month + step > 12), (found.first.month + step - 1) % 12 + 1, 1)
        for step in range(1, 12, 3)
    ]
    figure.update_xaxes(
        type="date",
        range=[found.first.isoformat(), found.last.isoformat()],
        tickvals=[day.isoformat() for day in ticks],
        ticktext=[texts.month(day) for day in ticks],
        side="top",
        showline=False,
        showgrid=True,
        gridcolor=INK["line"],
    )
    figure.update_yaxes(range=[at, 0], visible=False)
