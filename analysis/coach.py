"""Growth of one coach: block scores per round with bands, and the change since the first. Numbers only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.change import ITEMS_BEHIND_DEFAULTS, Change, Sem, band, reliable_change, sem_for
from analysis.frames import MEASURES, SCORES, require
from analysis.results import Reason


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its 84 % band, in levels."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One measure over the rounds (None where there is no score) and its change from first to last score."""

    scores: tuple[Score | None, ...]
    first: int = 0
    last: int = 0
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class CoachGrowth:
    """The days of the rounds the coach was due and a line per measure; `reason` when there is no line yet.

    `missed`: places of the rounds that were not filled in. `common`: how many of how many items compare
    over all rounds. Both as the caller says. `items`: the number of items behind each measure, when that is
    not the number its SEM was estimated on.
    """

    rounds: tuple[date, ...]
    lines: Mapping[str, Line]
    missed: tuple[int, ...] = ()
    common: tuple[int, int] | None = None
    items: Mapping[str, int] | None = None
    reason: Reason | None = None


def coach_growth(
    scores: pd.DataFrame,
    sem: Mapping[str, Sem] | None = None,
    items: Mapping[str, int] = ITEMS_BEHIND_DEFAULTS,
    missed: Collection[str] = (),
    common: tuple[int, int] | None = None,
) -> CoachGrowth:
    """Lines, bands and reliable change (last score against first) of one coach from a SCORES frame.

    `items` says how many items are behind each measure: the default SEM follows them (`change.sem_for`),
    unless `sem` gives another. Each round is a row, also one without scores (`frames.with_missed_rounds`);
    `missed` names those that were not filled in. Below two rounds with a score the reason is set. Raises
    ValueError when the frame holds more than one person.
    """
    require(scores, SCORES)
    if scores["person"].nunique() > 1:
        raise ValueError("column person holds more than one coach")
    ordered = scores.sort_values("period")
    noise = sem or {measure: sem_for(measure, max(1, items[measure])) for measure in MEASURES}
    lines = {measure: _line(ordered[measure].tolist(), noise[measure].value) for measure in MEASURES}
    measured = int(ordered[list(MEASURES)].notna().any(axis=1).sum())
    days = tuple(moment.date() for moment in ordered["moment"])
    places = tuple(place for place, name in enumerate(ordered["round"]) if name in missed)
    scaled = None if sem or dict(items) == dict(ITEMS_BEHIND_DEFAULTS) else items
    return CoachGrowth(days, lines, places, common, scaled, Reason.FEW_ROUNDS if measured < 2 else None)


def _line(values: list[float], sem: float) -> Line:
    seen = [place for place, value in enumerate(values) if not pd.isna(value)]
    scores = tuple(
        Score(value, *band(value, sem)) if place in seen else None for place, value in enumerate(values)
    )
    if len(seen) < 2:
        return Line(scores)
    return Line(scores, seen[0], seen[-1], reliable_change(values[seen[0]], values[seen[-1]], sem))
