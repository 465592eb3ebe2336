"""The answers of one person in a case over time, and what is usual for that person. Numbers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analysis.results import Reason

Values = tuple[int | None, ...]
Thresholds = tuple[float, float]
"""How far from the mean of earlier answers is usual: with one of them, and with more."""


@dataclass(frozen=True, slots=True)
class Zone:
    """What is usual for one person: the mean of `earlier` answers, and how far from it chance alone gets."""

    mean: float
    threshold: float
    earlier: int

    def side(self, value: float) -> Literal[-1, 0, 1]:
        """Below (-1), inside (0) or above (1); a value exactly at the threshold lies outside."""
        distance = value - self.mean
        if abs(distance) < self.threshold:
            return 0
        return 1 if distance > 0 else -1


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line: its name, the answers (None where there is none), the zone of all but the last, its side."""

    name: str
    values: Values
    zone: Zone | None = None
    side: Literal[-1, 0, 1] = 0


@dataclass(frozen=True, slots=True)
class OwnSeries:
    """The checks of one person: who answered, the days, and a line for what is shown apart.

    `levels`: the words of the answers 0.., where the lines hold answers and no sum. `versions` of the form,
    oldest first. `before_break`: earlier checks left out because they asked something else; of a series
    that `is_goal`, because the goal was another. `reason` when there is no line yet.
    """

    respondent: str
    days: tuple[date, ...]
    lines: tuple[OwnLine, ...]
    levels: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    before_break: int = 0
    is_goal: bool = False
    reason: Reason | None = None


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
    thresholds: Thresholds | None = None,
    levels: Sequence[str] = (),
    versions: Sequence[str] = (),
    before_break: int = 0,
    is_goal: bool = False,
) -> OwnSeries:
    """The lines of one person, oldest answer first: `lines` by name, each with a value or None per day.

    `thresholds`, in the unit of the lines: without them no line has a zone. Each line has its own, of its
    own answers. Below two days with an answer the reason is set. Raises ValueError
    when a line has another length than the days.
    """
    if any(len(values) != len(days) for values in lines.values()):
        raise ValueError("a line has a value or None for every day")
    answered = [day for day in zip(*lines.values(), strict=True) if any(value is not None for value in day)]
    return OwnSeries(
        respondent,
        tuple(days),
        tuple(_line(name, values, thresholds) for name, values in lines.items()),
        tuple(levels),
        tuple(dict.fromkeys(versions)),
        before_break,
        is_goal,
        Reason.FEW_CHECKS if len(answered) < 2 else None,
    )


def _line(name: str, values: Values, thresholds: Thresholds | None) -> OwnLine:
    seen = [value for value in values if value is not None]
    zone = own_zone(seen[:-1], thresholds) if thresholds else None
    return OwnLine(name, values, zone, zone.side(seen[-1]) if zone else 0)
