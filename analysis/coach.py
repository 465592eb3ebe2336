"""Growth of one coach: block scores per round with bands, and the change since the first. Numbers only."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise

import pandas as pd
from msgspec import Struct

from analysis.change import (
    ITEMS_BEHIND_DEFAULTS,
    SEM_DEFAULTS,
    Change,
    Sem,
    band,
    reliable_change,
    sem_for,
)
from analysis.frames import MEASURES, SCORES, SEGMENTS, require
from analysis.results import Asked, Reason


class Score(Struct, frozen=True):
    """A score with its 84 % band, in levels."""

    value: float
    low: float
    high: float


class Line(Struct, frozen=True):
    """One measure over the rounds (None where there is no score), and its change on the newest line.

    `segments`: the number of the line each round is on; a line breaks where it rises. `first` and `last`: the
    places between which `change` is.
    """

    scores: tuple[Score | None, ...]
    segments: tuple[int, ...]
    first: int = 0
    last: int = 0
    change: Change | None = None

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places where a new line begins."""
        return tuple(
            place for place, (before, here) in enumerate(pairwise(self.segments), start=1) if here > before
        )


class Beside(Struct, frozen=True):
    """What stands beside the lines and in none of them: meetings attended, how many of how many.

    `meetings`: day and name, earliest first. `attended`: of the meetings of this school year that count.
    """

    meetings: tuple[tuple[date, str], ...] = ()
    attended: tuple[int, int] | None = None


class CoachGrowth(Struct, frozen=True):
    """The days of the rounds the coach was due and a line per measure; `reason` when there is no line yet.

    `missed`: places of the rounds that were not filled in. `asked`: the versions on the newest line, and how
    many of their items compare. Both as the caller says. `items`: the number of items behind each
    measure on its newest line, when that is not the number its SEM was estimated on. `pairs`: the number of
    pairs of rounds behind each SEM that is the programme's own.
    """

    rounds: tuple[date, ...]
    lines: Mapping[str, Line]
    missed: tuple[int, ...] = ()
    asked: Asked | None = None
    items: Mapping[str, int] | None = None
    pairs: Mapping[str, int] | None = None
    reason: Reason | None = None
    beside: Beside = Beside()


def coach_growth(
    scores: pd.DataFrame,
    sem: Mapping[str, Sem] | None = None,
    items: Mapping[str, Sequence[int]] | None = None,
    missed: Collection[str] = (),
    asked: Asked | None = None,
) -> CoachGrowth:
    """Lines, bands and reliable change (last score against first of a line) of one coach: SCORES frame in.

    `sem` gives the SEM of measures where it is not the default. `items` says how many items are behind each
    measure, by segment: the SEM follows them (`change.sem_for`). Each round is a row, also one without scores
    (`frames.with_missed_rounds`); `missed` names those that were not filled in. No change goes over a break:
    it is that of the newest line. Below two rounds with a score the reason is set. Raises ValueError when
    the frame holds more than one person.
    """
    require(scores, SCORES)
    if scores["person"].nunique() > 1:
        raise ValueError("column person holds more than one coach")
    ordered = scores.sort_values("period")
    own = dict(sem or {})
    lines = {
        measure: _line(ordered, measure, _noise(measure, own.get(measure), items)) for measure in MEASURES
    }
    measured = int(ordered[list(MEASURES)].notna().any(axis=1).sum())
    days = tuple(moment.date() for moment in ordered["moment"])
    places = tuple(place for place, name in enumerate(ordered["round"]) if name in missed)
    return CoachGrowth(
        days,
        lines,
        places,
        asked,
        items=_scaled(own, items) if items else None,
        pairs={measure: own[measure].pairs for measure in MEASURES if measure in own} or None,
        reason=Reason.FEW_ROUNDS if measured < 2 else None,
    )


def _scaled(own: Mapping[str, Sem], items: Mapping[str, Sequence[int]]) -> dict[str, int] | None:
    """The items behind each measure on its newest line, if that scales a SEM."""
    behind = {measure: items[measure][-1] for measure in MEASURES}
    estimated = dict(ITEMS_BEHIND_DEFAULTS) | {
        measure: sem.items or behind[measure] for measure, sem in own.items()
    }
    return None if behind == estimated else behind


def _noise(
    measure: str, own: Sem | None, items: Mapping[str, Sequence[int]] | None
) -> Callable[[int], float]:
    """The SEM of a measure by the number of its line."""
    if not items:
        return lambda _: (own or SEM_DEFAULTS[measure]).value
    return lambda segment: sem_for(measure, max(1, items[measure][segment]), own).value


def _line(ordered: pd.DataFrame, measure: str, noise: Callable[[int], float]) -> Line:
    values, segments = ordered[measure].tolist(), tuple(ordered[SEGMENTS[measure]].tolist())
    scores = tuple(
        None if pd.isna(value) else Score(value, *band(value, noise(segment)))
        for value, segment in zip(values, segments, strict=True)
    )
    newest = max(segments, default=0)
    seen = [place for place, score in enumerate(scores) if score and segments[place] == newest]
    if len(seen) < 2:
        return Line(scores, segments)
    first, last = seen[0], seen[-1]
    return Line(scores, segments, first, last, reliable_change(values[first], values[last], noise(newest)))
