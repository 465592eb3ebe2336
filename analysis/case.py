"""The answers of one person in a case over time, and what is usual for that person. Numbers only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

from analysis.hints import FIRST
from analysis.results import Reason

Values = tuple[int | None, ...]
Side = Literal[-1, 0, 1]
Thresholds = tuple[float, float]
"""How far from the mean of earlier answers is usual: with one of them, and with more."""


class Zone(Struct, frozen=True):
    """What is usual for one person: the mean of `earlier` answers, and how far from it chance alone gets."""

    mean: float
    threshold: float
    earlier: int

    def side(self, value: float) -> Side:
        """Below (-1), inside (0) or above (1); a value exactly at the threshold lies outside."""
        distance = value - self.mean
        if abs(distance) < self.threshold:
            return 0
        return 1 if distance > 0 else -1


class Measure(Struct, frozen=True):
    """What the answers of one person are held against.

    `zone`: how far each line may lie from its own mean. `start`: how far the sum of all lines may lie from
    the mean of its first two, where that is looked at. `rates`: how often chance alone gets further, by
    the names of `analysis.hint_rates`. `usual`: so many checks, oldest first, show what is usual; all but
    the last unless told, fewer where a drop still stands: what came after it is no part of it.
    """

    zone: Thresholds
    start: float | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    usual: int | None = None


class OwnLine(Struct, frozen=True):
    """One line: its name, the answers (None where there is none), the zone, and the side of each answer.

    An answer that the zone is made of lies inside it, whatever its value.
    """

    name: str
    values: Values
    zone: Zone | None = None
    sides: tuple[Side, ...] = ()

    @property
    def side(self) -> Side:
        """Where the last answer lies."""
        if self.zone is None:
            return 0
        return [side for side, value in zip(self.sides, self.values, strict=True) if value is not None][-1]


class OwnSeries(Struct, frozen=True):
    """The checks of one person: who answered, the days, and a line for what is shown apart.

    `levels`: the words of the answers 0.., where the lines hold answers and no sum. `versions` of the form,
    oldest first. `before_break`: earlier checks left out because they asked something else; of a series
    that `is_goal`, because the goal was another. `together`: the sum of the lines from the third check on,
    against the mean of the first two; it is never drawn. `rates`: how often chance alone leaves a zone.
    `reason` when there is no line yet.
    """

    respondent: str
    days: tuple[date, ...]
    lines: tuple[OwnLine, ...]
    levels: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    before_break: int = 0
    is_goal: bool = False
    together: OwnLine | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    reason: Reason | None = None

    @property
    def zone(self) -> Zone | None:
        """What is usual: of one line, and of several of the first that has a zone."""
        return next((line.zone for line in self.lines if line.zone), None)

    @property
    def has_standing_drop(self) -> bool:
        """Whether the zone ends before a drop, and not only before the last check."""
        return self.zone is not None and self.zone.earlier < len(self.days) - 1


def own_zone(earlier: Sequence[int], thresholds: Thresholds) -> Zone | None:
    """The mean of the earlier answers ± the threshold of that many; None while there is none."""
    if not earlier:
        return None
    after_one, after_more = thresholds
    return Zone(sum(earlier) / len(earlier), after_one if len(earlier) == 1 else after_more, len(earlier))


def own_series(
    days: Sequence[date],
    lines: Mapping[str, Values],
    *,
    respondent: str,
    measure: Measure | None = None,
    levels: Sequence[str] = (),
    versions: Sequence[str] = (),
    before_break: int = 0,
    is_goal: bool = False,
) -> OwnSeries:
    """The lines of one person, oldest answer first: `lines` by name, each with a value or None per day.

    Without a `measure` no line has a zone. Each line has its own, of its own answers. Below two days with
    an answer the reason is set. Raises ValueError when a line has another length than the days.
    """
    if any(len(values) != len(days) for values in lines.values()):
        raise ValueError("a line has a value or None for every day")
    answered = [day for day in zip(*lines.values(), strict=True) if any(value is not None for value in day)]
    return OwnSeries(
        respondent,
        tuple(days),
        tuple(_line(name, values, measure) for name, values in lines.items()),
        tuple(levels),
        tuple(dict.fromkeys(versions)),
        before_break,
        is_goal,
        _together(list(lines.values()), measure),
        measure.rates if measure else {},
        Reason.FEW_CHECKS if len(answered) < 2 else None,
    )


def _line(name: str, values: Values, measure: Measure | None) -> OwnLine:
    if measure is None:
        return OwnLine(name, values)
    answered = [place for place, value in enumerate(values) if value is not None]
    before = answered[-1] if answered else 0
    usual = before if measure.usual is None else min(before, measure.usual)
    zone = own_zone([value for value in values[:usual] if value is not None], measure.zone)
    return OwnLine(name, values, zone, _sides(values, usual, zone))


def _together(lines: Sequence[Values], measure: Measure | None) -> OwnLine | None:
    """The sum of the lines against the mean of its first two; None while there is no third."""
    if measure is None or measure.start is None:
        return None
    sums = [sum(filter(None, day)) for day in zip(*lines, strict=True) if None not in day]
    if len(sums) <= FIRST:
        return None
    zone = own_zone(sums[:FIRST], (measure.start, measure.start))
    return OwnLine("", tuple(sums), zone, _sides(sums, FIRST, zone))


def _sides(values: Sequence[int | None], usual: int, zone: Zone | None) -> tuple[Side, ...]:
    return tuple(
        zone.side(value) if zone and value is not None and place >= usual else 0
        for place, value in enumerate(values)
    )
