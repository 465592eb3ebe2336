"""Figures of a case: the answers of one person in real time, and the zone of what is usual for them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.case import OwnLine, OwnSeries, Zone
from analysis.charts import own
from analysis.figures.theme import INK, line_style
from analysis.texts import Texts

ZONE_ALPHA: Final = "8c"
SUM, GOAL, LEVELS = (0, 8, 16), (0, 5, 10), (0, 2, 4)
EDGE, BROKEN_EDGE, BREAK = 0.08, 0.32, 0.27
"""Shares of the width: beside the first and last check, more for a box where earlier ones were left out."""
LABEL, SMALL_LABEL, ASIDE = 0.15, 0.4, 0.45
"""So far apart, as a share of the width, must dates and words stand to be read on a phone."""
SHORTEST: Final = timedelta(days=7)
FIRST, SECOND = (0, 0.46), (0.54, 1)
PANELS: Final = ((FIRST, SECOND), (SECOND, SECOND), (FIRST, FIRST), (SECOND, FIRST))
"""Where small figures stand, across and up, as shares of the whole."""
ABOVE, BELOW = 2.1, 1.2
"""Room above the highest and below the lowest level of a small figure, for its words."""


def case_relationship(series: OwnSeries, texts: Texts) -> Figure:
    """The sum 0..16 over time with the own zone; a point outside it is open and has a word."""
    figure = _single(series, SUM, texts)
    line = series.lines[0]
    if line.zone:
        start = BREAK if series.before_break else 0
        low, _high = _add_zone(figure, line.zone, SUM, start=start)
        at_start = {"x": start, "xref": "paper", "xanchor": "left", "xshift": 4}
        figure.add_annotation(text=own.usual(texts), y=low, yanchor="bottom", showarrow=False, **at_start)
    return _add_asides(figure, series, line, texts)


def case_goal(series: OwnSeries, texts: Texts) -> Figure:
    """The number 0..10 over time; a check without one is a gap."""
    return _single(series, GOAL, texts)


def case_wellbeing(series: OwnSeries, texts: Texts) -> Figure:
    """A small figure per question, on the whole scale, each with its own zone."""
    figure = Figure(layout={"template": "groeispiegel"})
    for number, line in enumerate(series.lines[: len(PANELS)], start=1):
        _add_panel(figure, number, line, series, texts)
    return figure.update_layout(height=380, margin={"b": 40, "l": 16})


def _single(series: OwnSeries, scale: tuple[int, int, int], texts: Texts) -> Figure:
    figure = Figure(layout={"template": "groeispiegel", "height": 260, "margin": {"b": 40, "l": 28}})
    room = (scale[-1] - scale[0]) * 0.08
    figure.update_yaxes(range=[scale[0] - room, scale[-1] + room], tickvals=scale)
    figure.update_xaxes(_time(series, texts, LABEL))
    if series.before_break:
        _add_break(figure, own.reworded(series, texts))
    line = series.lines[0]
    hover = [f"{texts.day(day)}: {value}" for day, value in zip(series.days, line.values, strict=True)]
    return figure.add_scatter(**_points(series, line), hovertext=hover, name=line.name)


def _add_panel(figure: Figure, number: int, line: OwnLine, series: OwnSeries, texts: Texts) -> None:
    across, up = PANELS[number - 1]
    x, y = (f"{axis}{number if number > 1 else ''}" for axis in "xy")
    below = {"domain": across, "anchor": y, "showticklabels": up is FIRST}
    moments = _time(series, texts, SMALL_LABEL, ends=True) | below
    levels = {"domain": up, "anchor": x, "range": [LEVELS[0] - BELOW, LEVELS[-1] + ABOVE], "tickvals": LEVELS}
    figure.update_layout(
        {f"xaxis{x[1:]}": moments, f"yaxis{y[1:]}": levels | {"showticklabels": False}},
    )
    if line.zone:
        _add_zone(figure, line.zone, LEVELS, xref=f"{x} domain", yref=y)
    words = [None if value is None else series.levels[value] for value in line.values]
    hover = [f"{texts.day(day)}: {word}" for day, word in zip(series.days, words, strict=True)]
    figure.add_scatter(**_points(series, line), xaxis=x, yaxis=y, hovertext=hover, name=line.name)
    inside: dict[str, Any] = {"xref": f"{x} domain", "yref": y, "showarrow": False}
    for level, edge, shift in ((LEVELS[-1], "bottom", 8), (LEVELS[0], "top", -6)):
        text = series.levels[level]
        figure.add_annotation(text=text, x=1, y=level, xanchor="right", yanchor=edge, yshift=shift, **inside)
    figure.add_annotation(
        **inside | {"yref": f"{y} domain"},
        text=line.name,
        x=0,
        y=1,
        xanchor="left",
        yanchor="top",
        font=_strong(),
    )


def _points(series: OwnSeries, line: OwnLine) -> dict[str, Any]:
    """The line of who answered; a point outside the zone is open."""
    style = line_style(own.token(series))
    if any(line.sides):
        colour, card = style["line"]["color"], INK["card"]
        style["marker"] |= {
            "color": [card if side else colour for side in line.sides],
            "opacity": 1,
            "size": [15 if side else 12 for side in line.sides],
            "line": {
                "color": [colour if side else card for side in line.sides],
                "width": [2.5 if side else 1.5 for side in line.sides],
            },
        }
    return style | {"x": [day.isoformat() for day in series.days], "y": line.values}


def _add_zone(
    figure: Figure,
    zone: Zone,
    scale: tuple[int, int, int],
    *,
    start: float = 0,
    xref: str = "paper",
    yref: str = "y",
) -> tuple[float, float]:
    """Draw the zone as far as the scale goes, and return where it lies."""
    low = max(scale[0], zone.mean - zone.threshold)
    high = min(scale[-1], zone.mean + zone.threshold)
    band = {"x0": start, "x1": 1, "y0": round(low, 2), "y1": round(high, 2), "xref": xref, "yref": yref}
    fill = {"fillcolor": INK["sun"] + ZONE_ALPHA, "line": {"width": 0}, "layer": "below"}
    figure.add_shape(type="rect", **band, **fill)
    return low, high


def _add_asides(figure: Figure, series: OwnSeries, line: OwnLine, texts: Texts) -> Figure:
    """A word beside points outside the zone: the last of them, the first, and others with room for one."""
    open_points = {day: place for place, day in enumerate(series.days) if line.sides and line.sides[place]}
    if not open_points:
        return figure
    for day in _readable(list(open_points), _width(series) * ASIDE):
        place = open_points[day]
        figure.add_annotation(
            text=own.aside(line.sides[place], texts),
            x=day.isoformat(),
            y=line.values[place],
            xanchor="right" if day == series.days[-1] else "center",
            xshift=8 if day == series.days[-1] else 0,
            yshift=20 * line.sides[place],
            font=_strong(),
            showarrow=False,
        )
    return figure


def _add_break(figure: Figure, why: str) -> None:
    """A dashed box where earlier checks were left out."""
    box = {"x0": 0.01, "x1": BREAK, "y0": 0, "y1": 1, "xref": "paper", "yref": "paper"}
    figure.add_shape(type="rect", **box, line={"dash": "4px,4px", "width": 1.5, "color": INK["edge"]})
    middle = {"x": BREAK / 2, "y": 0.5, "xref": "paper", "yref": "paper", "xanchor": "center"}
    figure.add_annotation(text=why.replace(" ", "<br>"), showarrow=False, **middle)


def _time(series: OwnSeries, texts: Texts, apart: float, ends: bool = False) -> dict[str, Any]:
    """Real time: the days as they lie, and as many dates as can be read, or of both `ends` only."""
    first, last = series.days[0], series.days[-1]
    span = _span(series)
    before, whole = _before(series), _width(series)
    shown = _readable((first, last) if ends else series.days, whole * apart)
    return {
        "type": "date",
        "range": [_moment(first, -whole * before), _moment(first + span, whole * EDGE)],
        "tickvals": [day.isoformat() for day in shown],
        "ticktext": _labels(shown, texts),
    }


def _span(series: OwnSeries) -> timedelta:
    return max(series.days[-1] - series.days[0], SHORTEST)


def _before(series: OwnSeries) -> float:
    return BROKEN_EDGE if series.before_break else EDGE


def _width(series: OwnSeries) -> timedelta:
    """The time from edge to edge."""
    return _span(series) / (1 - _before(series) - EDGE)


def _moment(day: date, shift: timedelta) -> str:
    return (datetime.combine(day, time()) + shift).isoformat(timespec="minutes")


def _readable(days: Sequence[date], apart: timedelta) -> list[date]:
    """The last day, the first, and between them those that are not too close to one that is shown."""
    shown: list[date] = []
    for day in dict.fromkeys((days[-1], days[0], *days[1:-1])):
        if all(abs(day - other) >= apart for other in shown):
            shown.append(day)
    return sorted(shown)


def _labels(days: Sequence[date], texts: Texts) -> list[str]:
    """Day and month; the year below it at the first of each year."""
    labels = []
    for place, day in enumerate(days):
        short, _space, year = texts.day(day).rpartition(" ")
        new_year = place == 0 or days[place - 1].year != day.year
        labels.append(f"{short}<br>{year}" if new_year else short)
    return labels


def _strong() -> dict[str, Any]:
    return {"weight": 600, "color": INK["ink"]}
