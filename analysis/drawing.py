"""The lines of a coach as shapes on paper: for a file that is read without a script. Numbers only."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from analysis.coach import CoachGrowth, Line, Score
from analysis.frames import BLOCKS, HIGHEST, LOWEST

WIDTH, HEIGHT = 440, 290
LEFT, RIGHT, TOP, BOTTOM = 84, 8, 14, 50  # room for the names of levels and rounds
APART: Final = 8  # between two blocks at one round, so that their bands stand side by side
MOST_NAMES: Final = 6


class Trace(Struct, frozen=True):
    """One block: a path for each stretch without a gap, its points, and the band of each point."""

    block: str
    paths: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    bands: tuple[tuple[float, float, float], ...]


class Drawing(Struct, frozen=True):
    """Places in units of a picture of WIDTH by HEIGHT.

    `levels`: height and level of each grid line; `rounds`: place and number of each round that is named;
    `breaks`: where a new wording begins another line. A band is a place with its lower and upper end.
    """

    traces: tuple[Trace, ...]
    levels: tuple[tuple[float, int], ...]
    rounds: tuple[tuple[float, int], ...]
    breaks: tuple[float, ...]


def coach_growth(growth: CoachGrowth) -> Drawing:
    """The blocks of a coach over the rounds, at equal distances as in the figure on the screen."""
    number = len(growth.rounds)
    step = -(-number // MOST_NAMES)
    lines = [growth.lines[block] for block in BLOCKS]
    traces = tuple(_trace(block, growth.lines[block], side, number) for side, block in enumerate(BLOCKS, -1))
    return Drawing(
        traces,
        tuple((_height(level), level) for level in range(int(LOWEST), int(HIGHEST) + 1)),
        tuple((_across(place, number), place) for place in range((number - 1) % step, number, step)),
        tuple(_across(place - 0.5, number) for place in sorted({at for line in lines for at in line.breaks})),
    )


def _trace(block: str, line: Line, side: int, number: int) -> Trace:
    runs = [[(_across(place, number) + side * APART, score) for place, score in run] for run in _runs(line)]
    spots = [spot for run in runs for spot in run]
    return Trace(
        block,
        tuple(_path(run) for run in runs if len(run) > 1),
        tuple((x, _height(score.value)) for x, score in spots),
        tuple((x, _height(score.low), _height(score.high)) for x, score in spots),
    )


def _runs(line: Line) -> Iterator[list[tuple[int, Score]]]:
    """Scores that a line may join: none over a gap, none over a change of wording."""
    run: list[tuple[int, Score]] = []
    for place, score in enumerate(line.scores):
        if run and (score is None or place in line.breaks):
            yield run
            run = []
        if score is not None:
            run.append((place, score))
    if run:
        yield run


def _path(run: Sequence[tuple[float, Score]]) -> str:
    return "M" + "L".join(f"{x:g} {_height(score.value):g}" for x, score in run)


def _across(place: float, number: int) -> float:
    inner = WIDTH - LEFT - RIGHT - 2 * APART
    return round(LEFT + APART + inner * (place + 0.5) / number, 1)


def _height(level: float) -> float:
    within = min(max(level, LOWEST), HIGHEST)
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (HIGHEST - within) / (HIGHEST - LOWEST), 1)
