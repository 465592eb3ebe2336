"""How told shares of a group compare over evaluations: lines that break with the wording, differences."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import erfc, hypot, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from analysis.outcome import Group, Statement
from analysis.power import ERROR, holm
from analysis.results import Asked
from analysis.shares import HIGHEST, LOWEST, STEP, wilson

FARTHEST_Z: Final = 40.0
HALVINGS: Final = 60


class Year(Struct, frozen=True):
    """One evaluation of a group: its last day, the version of the form, and the anchor of each statement.

    Answers of two years compare where the anchors of a statement are equal.
    """

    moment: date
    version: str
    group: Group
    anchors: Mapping[str, str]


class Difference(Struct, frozen=True):
    """The newest told share minus the one before, in percent points, with its interval.

    The interval holds every interval that a share and a number behind the told ones could have. `since` is
    the day of the one before.
    """

    points: int
    low: float
    high: float
    since: date

    @property
    def is_more_than_chance(self) -> bool:
        return self.low > 0 or self.high < 0


class Line(Struct, frozen=True):
    """One statement over the years, None where nothing was told, and where a new wording begins."""

    key: str
    words: str
    points: tuple[Statement | None, ...]
    breaks: frozenset[int]
    difference: Difference | None = None


class Trend(Struct, frozen=True):
    """The statements of the newest form over the years, oldest year first."""

    name: str
    years: tuple[Year, ...]
    lines: tuple[Line, ...]
    people: str
    asked: Asked


def trend(years: Sequence[Year], *, people: str) -> Trend:
    """Each statement of the newest form over evaluations that share no day, oldest first.

    A difference is that of the newest evaluation and the one before it, per statement that compares. The
    family of these differences is fixed beforehand: the statements of the form. Their intervals are drawn
    at the errors of Holm's rule (`power.holm`).
    Raises ValueError for no year, or years out of order.
    """
    if not years or any(one.moment >= other.moment for one, other in pairwise(years)):
        raise ValueError("a trend takes years in order")
    newest = years[-1]
    lines = [_line(statement, years) for statement in newest.group.statements]
    pairs = [(place, pair) for place, line in enumerate(lines) if (pair := _pair(line, years))]
    errors = holm([_chance(pair.before, pair.after) for _, pair in pairs])
    for (place, pair), error in zip(pairs, errors, strict=True):
        low, high = bounds(pair.before, pair.after, error)
        found = Difference(pair.points, 100 * low, 100 * high, pair.since)
        lines[place] = replace(lines[place], difference=found)
    same = sum(len({year.anchors.get(line.key) for year in years}) == 1 for line in lines)
    versions = tuple(dict.fromkeys(year.version for year in years))
    return Trend(newest.group.name, tuple(years), tuple(lines), people, Asked(versions, same, len(lines)))


class Behind(Struct, frozen=True):
    """What a told share can stand for: shares (0..1) from `low` to `high` of `persons` or more."""

    low: float
    high: float
    persons: int


def behind(statement: Statement) -> Behind:
    """The shares that are told like this one. Raises ValueError for a statement that is withheld."""
    if statement.told is None or statement.persons is None:
        raise ValueError("a share that is withheld stands for nothing")
    percent, half = statement.told.percent, STEP / 2
    low = 0.0 if percent <= LOWEST else percent - half
    high = 100.0 if percent >= HIGHEST else percent + half
    return Behind(low / 100, high / 100, statement.persons.least)


def bounds(before: Behind, after: Behind, error: float = ERROR) -> tuple[float, float]:
    """The interval at 1 - `error` of the difference of two shares (0..1).

    Square-and-add of two score intervals (Newcombe 1998, "Interval estimation for the difference between
    independent proportions", method 10), at the corners of what the told shares stand for: so it holds the
    interval of every pair of shares and numbers behind them. The persons need not be the same; where some
    are, it is rather too wide.

    48 of 80 and 56 of 70, told exactly: .052 to .334; told as 60 and 80 percent: .002 to .381.
    """
    return _bounds(before, after, NormalDist().inv_cdf(1 - error / 2))


def _bounds(before: Behind, after: Behind, z: float) -> tuple[float, float]:
    down = hypot(
        after.low - wilson(after.low, after.persons, z)[0],
        wilson(before.high, before.persons, z)[1] - before.high,
    )
    up = hypot(
        wilson(after.high, after.persons, z)[1] - after.high,
        before.low - wilson(before.low, before.persons, z)[0],
    )
    return after.low - before.high - down, after.high - before.low + up


def _line(statement: Statement, years: Sequence[Year]) -> Line:
    points = tuple(_told(year, statement.key) for year in years)
    anchors = [year.anchors.get(statement.key) for year in years]
    present = [place for place, point in enumerate(points) if point]
    breaks = frozenset(later for one, later in pairwise(present) if anchors[one] != anchors[later])
    return Line(statement.key, statement.words, points, breaks)


def _told(year: Year, key: str) -> Statement | None:
    return next((one for one in year.group.statements if one.key == key and one.told), None)


class _Pair(NamedTuple):
    """The newest point of a line and the one before it."""

    before: Behind
    after: Behind
    points: int
    since: date


def _pair(line: Line, years: Sequence[Year]) -> _Pair | None:
    """What compares of a line; None where the newest evaluation or every one before it tells nothing."""
    last = len(years) - 1
    places = [place for place, point in enumerate(line.points) if point]
    if len(places) < 2 or places[-1] != last or last in line.breaks:
        return None
    before, after = line.points[places[-2]], line.points[last]
    if not (before and before.told and after and after.told):
        return None
    points = after.told.percent - before.told.percent
    return _Pair(behind(before), behind(after), points, years[places[-2]].moment)


def _chance(before: Behind, after: Behind) -> float:
    """The largest probability of such a difference by chance: where its interval begins to leave out zero."""
    if after.low <= before.high and before.low <= after.high:
        return 1.0
    inside, outside = FARTHEST_Z, 0.0
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        low, high = _bounds(before, after, middle)
        inside, outside = (middle, outside) if low <= 0 <= high else (inside, middle)
    return erfc(outside / sqrt(2))
