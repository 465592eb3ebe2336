"""Figure of growth over rounds: the blocks of one coach."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plotly.graph_objects import Figure

from analysis.charts.words import measure_word
from analysis.coach import CoachGrowth, Line, Score
from analysis.figures.levels import add_break, add_flags, framed, room
from analysis.figures.theme import INK, line_style
from analysis.frames import BLOCKS
from analysis.texts import Texts

BAND_ALPHA: Final = "4d"
SHIFT: Final = 0.24
MOST_LABELS: Final = 6


def coach_growth(growth: CoachGrowth, texts: Texts) -> Figure:
    """Three block lines over the rounds, side by side; each point with its 84 % band, a gap when missed.

    Where the wording changed a line stops and a box says so; meetings attended are flags above the lines.
    """
    figure = framed(texts)
    for place, (token, block) in enumerate(zip(("s1", "s2", "s3"), BLOCKS, strict=True)):
        shown = [*_with_gaps(growth.lines[block])]
        scores = [score for _, score in shown]
        half = [None if score is None else round(score.high - score.value, 2) for score in scores]
        figure.add_scatter(
            x=[index + (place - 1) * SHIFT for index, _ in shown],
            y=[None if score is None else round(score.value, 2) for score in scores],
            error_y={"array": half, "color": INK[token] + BAND_ALPHA, "thickness": 9, "width": 0},
            hovertext=[_hover(measure_word(block, texts), score, texts) for score in scores],
            name=measure_word(block, texts),
            **line_style(token),
        )
    _add_breaks(figure, growth, texts)
    end = max(len(growth.rounds) - 0.6, _add_meetings(figure, growth))
    step = -(-len(growth.rounds) // MOST_LABELS)
    named = range((len(growth.rounds) - 1) % step, len(growth.rounds), step)
    labels = [texts.month(growth.rounds[index]).replace(" ", "<br>") for index in named]
    figure.update_xaxes(range=room(-0.4, end), tickvals=[*named], ticktext=labels)
    return figure.update_layout(margin={"b": 44})


def _with_gaps(line: Line) -> Iterator[tuple[float, Score | None]]:
    """The scores at their places, with an empty place before each new line."""
    for place, score in enumerate(line.scores):
        if place in line.breaks:
            yield place - 0.5, None
        yield place, score


def _add_breaks(figure: Figure, growth: CoachGrowth, texts: Texts) -> None:
    """A dashed box where lines stop, as high as what stopped and began there, and its name below."""
    lines = [growth.lines[block] for block in BLOCKS]
    for place in sorted({place for line in lines for place in line.breaks}):
        beside = [line.scores[at] for line in lines if place in line.breaks for at in (place - 1, place)]
        values = [score.value for score in beside if score] or [3.0]
        add_break(figure, place - 0.5, 0.07, values, texts)


def _add_meetings(figure: Figure, growth: CoachGrowth) -> float:
    """A flag and a dotted line at each meeting since the first round; how far to the end they reach."""
    since = [one for one in growth.beside.meetings if one[0] >= growth.rounds[0]]
    if not since:
        return 0
    places = [_place(day, growth.rounds) for day, _ in since]
    add_flags(figure, places, [name for _, name in since])
    return max(places) + 0.15


def _place(day: date, rounds: Sequence[date]) -> float:
    """Where a day lies between rounds that stand at equal distances; after the last, at their usual one."""
    after = bisect_right(rounds, day)
    if after < len(rounds):
        before = rounds[after - 1]
        return after - 1 + (day - before) / (rounds[after] - before)
    usual = (rounds[-1] - rounds[0]) / max(1, len(rounds) - 1)
    return len(rounds) - 1 + (min(1.0, (day - rounds[-1]) / usual) if usual else 0)


def _hover(name: str, score: Score | None, texts: Texts) -> str:
    if score is None:
        return ""
    return f"{name} {texts.number(score.value, 1)} ± {texts.number(score.high - score.value, 1)}"
