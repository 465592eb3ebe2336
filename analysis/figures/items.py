"""Figures of single items of one coach, and of blocks seen by others: marks on the words of the scale."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from plotly.graph_objects import Figure

from analysis.charts.self_other import others_word, own_word
from analysis.charts.words import level_words, measure_name
from analysis.coach import Score
from analysis.figures.theme import INK, MARKERS, line_style
from analysis.focus import Answered, Focus, FocusLine
from analysis.lookback import Lookback, Lookbacks
from analysis.self_other import SelfOther
from analysis.texts import Texts

PANEL, FOOT = 160, 40
"""Height of one item, and of the words below all of them."""
GAP: Final = 0.2
"""Share of a panel above its scale, for the name of the item."""
SHOWN_LEVELS: Final = (1, 3, 5)
LABEL_ROOM, EDGE, CLOSE = 0.24, 0.05, 0.17
"""Shares of the width: for the words of the levels, beside the last mark, and between two dates."""
SHORTEST: Final = timedelta(days=60)


def focus_lines(result: Focus, texts: Texts) -> Figure:
    """A panel per focus item over the same days: full rounds a line, short rounds small dots, full scale."""
    figure = Figure(layout={"template": "groeispiegel"})
    days = _moments([*result.days(short=False), *result.days(short=True)], texts)
    count = len(result.lines)
    for place, line in enumerate(result.lines):
        top, bottom = 1 - place / count, 1 - (place + 1) / count
        domain = [bottom, top - GAP / count]
        number = f"{place + 1 if place else ''}"
        levels = {"domain": domain, "range": [0.6, 6.3], "tickvals": SHOWN_LEVELS, "anchor": f"x{number}"}
        words = [level_words(texts)[level - 1] for level in SHOWN_LEVELS]
        levels |= {"ticktext": words, "ticklabelposition": "inside top"}
        is_last = place == count - 1
        below = {"anchor": f"y{number}", "showticklabels": is_last, "showline": is_last}
        figure.update_layout({f"yaxis{number}": levels, f"xaxis{number}": days | below})
        _add_answers(figure, line, {"xaxis": f"x{number}", "yaxis": f"y{number}"}, texts)
        _add_name(figure, line.name, domain[1], "bottom")
    return figure.update_layout(height=PANEL * count + FOOT, margin={"b": FOOT, "t": 12})


def lookback_marks(result: Lookbacks, texts: Texts) -> Figure:
    """Per item three marks on one line, each with its word: then, then seen from now, now."""
    figure = Figure(layout={"template": "groeispiegel"})
    count = len(result.items)
    for place, item in enumerate(result.items):
        _add_marks(figure, item, count - 1 - place, texts)
    figure.update_yaxes(range=[-0.45, count - 0.2], showticklabels=False, showgrid=False)
    figure.update_xaxes(
        range=[0.5, 5.5],
        tickvals=[1, 2, 3, 4, 5],
        ticktext=[word.replace(" ", "<br>") for word in level_words(texts)],
        showgrid=True,
        gridcolor=INK["line"],
        showline=False,
    )
    return figure.update_layout(height=110 * count + FOOT, margin={"b": FOOT + 8, "t": 4})


def self_other_marks(result: SelfOther, texts: Texts) -> Figure:
    """Per block the own score above the mean of others, each with its 95 % interval, on the full scale."""
    figure = Figure(layout={"template": "groeispiegel", "height": 320, "margin": {"b": FOOT + 8, "t": 12}})
    count = len(result.blocks)
    own = [view.own for view in result.blocks.values()]
    others = [view.others for view in result.blocks.values()]
    series = (("s1", own_word(texts), own, 0.14), ("s2", others_word(texts), others, -0.14))
    for token, name, scores, shift in series:
        shown = [(count - 1 - place + shift, score) for place, score in enumerate(scores) if score]
        figure.add_scatter(
            x=[round(score.value, 1) for _, score in shown],
            y=[place for place, _ in shown],
            error_x=_interval([score for _, score in shown], token),
            hovertext=[f"{name} {texts.number(score.value, 1)}" for _, score in shown],
            name=name,
            **line_style(token) | {"mode": "markers"},
        )
    for place, block in enumerate(result.blocks):
        _add_name(figure, measure_name(block, texts), count - 1 - place + 0.3, "bottom", yref="y")
    figure.update_yaxes(range=[-0.5, count - 0.2], showticklabels=False, showgrid=False)
    figure.update_xaxes(
        range=[0.7, 5.3],
        tickvals=[1, 2, 3, 4, 5],
        ticktext=[word.replace(" ", "<br>") for word in level_words(texts)],
        showgrid=True,
        gridcolor=INK["line"],
    )
    return figure


def _add_answers(figure: Figure, line: FocusLine, axes: dict[str, str], texts: Texts) -> None:
    words = level_words(texts)

    def points(answers: list[Answered]) -> dict[str, Any]:
        hover = [f"{texts.day(one.day)}: {words[one.level - 1]}" if one.level else "" for one in answers]
        days = [one.day.isoformat() for one in answers]
        return {"x": days, "y": [one.level for one in answers], "hovertext": hover, **axes}

    full = [one for one in line.answers if not one.is_short]
    short = [one for one in line.answers if one.is_short and one.level]
    figure.add_scatter(**line_style("s1"), **points(full), name=line.name)
    dots = {
        "color": INK["card"],
        "size": 7,
        "symbol": MARKERS["s1"],
        "line": {"color": INK["s1"], "width": 2},
    }
    figure.add_scatter(**points(short), mode="markers", marker=dots, hoverinfo="text", name=line.name)


def _moments(days: list[date], texts: Texts) -> dict[str, Any]:
    """An axis of real time with the months that fit, the newest first; room for the level words before it."""
    first, last = min(days), max(days)
    length = max(last - first, SHORTEST)
    room = length * (LABEL_ROOM / (1 - LABEL_ROOM - EDGE))
    shown: list[date] = []
    for day in sorted(set(days), reverse=True):
        if not shown or shown[-1] - day >= (length + room) * CLOSE:
            shown.append(day)
    return {
        "type": "date",
        "range": [_noon(first - room), _noon(last + length * EDGE)],
        "tickvals": [day.isoformat() for day in shown],
        "ticktext": [texts.month(day).replace(" ", "<br>") for day in shown],
    }


def _noon(day: date) -> str:
    return datetime.combine(day, time(12)).isoformat()


def _add_marks(figure: Figure, item: Lookback, row: int, texts: Texts) -> None:
    _ = texts.gettext
    marks = [("open", _("toen"), item.then), ("triangle-up", _("terugblik"), item.seen)]
    if item.now:
        marks.append(("circle", _("nu"), item.now))
    words: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for symbol, word, level in marks:
        words[level].append((symbol, word))
    levels = sorted(words)
    figure.add_scatter(
        x=[levels[0], levels[-1]], y=[row, row], mode="lines", line=_bracket(), hoverinfo="skip"
    )
    for level, found in words.items():
        for place, (symbol, word) in enumerate(found):
            at = level + (place - (len(found) - 1) / 2) * 0.24
            figure.add_scatter(
                x=[at], y=[row], mode="markers", marker=_marker(symbol), hoverinfo="text", hovertext=[word]
            )
        _add_words(figure, " · ".join(word for _, word in found), level, row)
    _add_name(figure, item.name, row + 0.42, "bottom", yref="y")


def _marker(symbol: str) -> dict[str, Any]:
    rim = {"color": INK["s2"], "width": 2}
    if symbol == "open":
        return {"symbol": "square", "size": 12, "color": INK["card"], "line": rim}
    return {
        "symbol": symbol,
        "size": 13,
        "color": INK["s2"],
        "line": rim | {"color": INK["card"], "width": 1.5},
    }


def _bracket() -> dict[str, Any]:
    return {"color": INK["s2"], "width": 2.5, "dash": "9px,4px"}


def _add_words(figure: Figure, words: str, level: int, row: int) -> None:
    """The words above marks, kept inside the figure at both ends of the scale."""
    anchor = {1: "left", 5: "right"}.get(level, "center") if len(words) > 9 else "center"
    side = {"left": -18, "right": 18}.get(anchor, 0)
    figure.add_annotation(
        x=level, y=row, text=words, showarrow=False, yanchor="bottom", yshift=8, xanchor=anchor, xshift=side
    )


def _add_name(figure: Figure, name: str, y: float, yanchor: str, yref: str = "paper") -> None:
    strong = {"weight": 600, "color": INK["ink"], "size": 13}
    figure.add_annotation(
        text=name,
        x=0,
        xref="paper",
        xanchor="left",
        y=y,
        yref=yref,
        yanchor=yanchor,
        showarrow=False,
        font=strong,
    )


def _interval(scores: list[Score], token: str) -> dict[str, Any]:
    return {
        "array": [round(score.high - score.value, 2) for score in scores],
        "arrayminus": [round(score.value - score.low, 2) for score in scores],
        "color": INK[token] + "4d",
        "thickness": 9,
        "width": 0,
    }
