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
DAYS_OF_A_SIGN = 7.5  # of the axis on a phone


def placement_bars(found: Timeline, texts: Texts) -> Figure:
    """Bars of a school under its name: filled with a coach, dashed where there is none."""
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    at = 0
    for row in found.rows:
        names.append(
            {"x": found.first.isoformat(), "y": at + NAME / 2, "text": f"<b>{_plain(row.school)}</b>"}
        )
        at += NAME
        for lane in row.lanes:
            for bar in lane:
                shapes.append(_shape(bar, at))
                words.append({"x": bar.first.isoformat(), "y": at + THICK / 2, "text": _fitting(bar)})
            at += LANE
    figure = Figure(layout={"template": "groeispiegel", "shapes": [*shapes, _today(found.today, at)]})
    for them, ink, shift in ((names, "ink", 0), (words, "ink", 6)):
        for one in them:
            figure.add_annotation(
                **one,
                showarrow=False,
                xanchor="left",
                yanchor="middle",
                xshift=shift,
                font={"color": INK[ink]},
            )
    figure.add_scatter(
        x=[found.first.isoformat(), found.last.isoformat()],
        y=[0, at],
        mode="markers",
        opacity=0,
        hoverinfo="skip",
    )
    _axes(figure, found, at, texts)
    return figure.update_layout(height=at + 44, margin={"l": 4, "r": 12, "t": 24, "b": 12})


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
    return {"type": "line", "x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": at, "line": line}


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
        for step in range(0, 12, 3)
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
