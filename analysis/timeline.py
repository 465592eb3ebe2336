"""Placements of schools as bars over a school year: who was where when, and which schools lacked a coach."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

COACH: Final = "coach"
VACANT: Final = "vacant_funded"
CANDIDATE: Final = "candidate"
LEEWAY: Final = timedelta(days=62)  # the summer holidays and the first weeks: no coach then is no gap


class Bar(Struct, frozen=True):
    """One placement within the year, both days included; `kind` is COACH, VACANT or CANDIDATE."""

    label: str
    kind: str
    first: date
    last: date


class Row(Struct, frozen=True):
    """One school: lanes of bars that do not overlap, the earliest bar first."""

    school: str
    lanes: tuple[tuple[Bar, ...], ...]


class Timeline(Struct, frozen=True):
    """Rows in the order of the data; `without_a_coach` counts the schools with a gap of more than LEEWAY."""

    rows: tuple[Row, ...]
    first: date
    last: date
    today: date
    without_a_coach: int

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of bars that occur."""
        return frozenset(bar.kind for row in self.rows for lane in row.lanes for bar in lane)


def timeline(data: Iterable[Mapping[str, Any]], *, first: date, last: date, today: date) -> Timeline:
    """Placements as bars within `first`..`last`.

    data: one mapping per placement with school_id, school (name), label, kind (COACH, VACANT, or anything
    else for a place where somebody is looked for), first and last (dates, both included).
    Raises ValueError for a placement that ends before it begins.
    """
    bars: dict[str, list[Bar]] = {}
    names: dict[str, str] = {}
    for one in data:
        if one["last"] < one["first"]:
            raise ValueError(f"a placement at {one['school']} ends before it begins")
        if one["last"] < first or one["first"] > last:
            continue
        kind = one["kind"] if one["kind"] in {COACH, VACANT} else CANDIDATE
        bar = Bar(one["label"], kind, max(one["first"], first), min(one["last"], last))
        bars.setdefault(one["school_id"], []).append(bar)
        names[one["school_id"]] = one["school"]
    rows = tuple(Row(names[key], _lanes(found)) for key, found in bars.items())
    without = sum(_lacks_a_coach(found, first, last) for found in bars.values())
    return Timeline(rows, first, last, today, without)


def _lanes(bars: Sequence[Bar]) -> tuple[tuple[Bar, ...], ...]:
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.first, one.last, one.label)):
        lane = next((lane for lane in lanes if lane[-1].last < bar.first), None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return tuple(map(tuple, lanes))


def _lacks_a_coach(bars: Sequence[Bar], first: date, last: date) -> bool:
    """Whether there is a stretch of more than LEEWAY without a coach; the ends of the year may lack one."""
    covered = first - timedelta(days=1)
    for bar in sorted((bar for bar in bars if bar.kind == COACH), key=lambda one: one.first):
        if bar.first - covered - timedelta(days=1) > LEEWAY:
            return True
        covered = max(covered, bar.last)
    return last - covered > LEEWAY
