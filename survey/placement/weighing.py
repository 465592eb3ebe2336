"""Many placements weighed in memory: what clashes among them, and with the register that stands."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import Engine
from survey.placement import reports, store
from survey.placement.checks import (
    COUNTS_NOT,
    FOREVER,
    Details,
    NoCoach,
    OfAnother,
    Overlaps,
    SecondPlace,
    TooManyHours,
    is_moved,
    noted,
)
from survey.placement.hours import MOST
from survey.placement.places import WITH_A_COACH, Placement

TOLD = 3  # places beside a second one: enough to know which are meant


class Asked(Struct, frozen=True):
    """One of many: the placement as it stands, if it does, and as it would be."""

    before: Placement | None
    after: Placement


def weigh(engine: Engine, every: Sequence[Asked], *, by: Scope) -> dict[int, Exception]:
    """What is refused of these, by place, as if all of them were written.

    A second place at a school is told too; NoCoach, OfAnother, Overlaps and TooManyHours come before it.
    """
    ids = {each.after.id for each in every}
    stay = [one for one in reports.everywhere(engine, by) if one.id not in ids]
    beside = _Beside([*stay, *(each.after for each in every)])
    coaches = reports.coaches(engine, by)
    written = store.written_on(engine, by) if any(_moved(each) for each in every) else frozenset()
    found = {}
    for place, each in enumerate(every):
        if refusal := _stranger(each, coaches, written) or beside.refusal(each.after):
            found[place] = refusal
    return found


def _moved(each: Asked) -> bool:
    return each.before is not None and is_moved(each.before, each.after)


def _stranger(each: Asked, coaches: Collection[str], written: Collection[str]) -> Exception | None:
    one = each.after
    if _moved(each) and one.id in written:
        return OfAnother(one.id)
    if one.person_id and one.status != "ended" and one.person_id not in coaches:
        return NoCoach(one.person_id)
    return None


class _Beside:
    """Placements by whose they are and where, to find what stands beside one of them."""

    def __init__(self, every: Sequence[Placement]) -> None:
        self._at, self._of = (
            defaultdict[object, list[Placement]](list),
            defaultdict[str, list[Placement]](list),
        )
        for one in sorted(every, key=lambda one: one.starts_on):
            if one.status not in COUNTS_NOT:
                self._at[one.school_id].append(one)
            if one.person_id:
                self._at[one.school_id, one.person_id].append(one)
                if one.status in WITH_A_COACH:
                    self._of[one.person_id].append(one)
        self._over = {person: _too_many(own) for person, own in self._of.items()}

    def refusal(self, one: Placement) -> Exception | None:
        """The first thing that is wrong with a placement beside the others."""
        if one.person_id and (same := next(_sharing(one, self._at[one.school_id, one.person_id]), None)):
            return Overlaps(same)
        if one.person_id and one.status in WITH_A_COACH:
            over = self._over[one.person_id]
            place = bisect_left(over, (one.starts_on, 0.0))
            if place < len(over) and over[place][0] <= (one.ends_on or FOREVER):
                day, total = over[place]
                return TooManyHours(total, day)
        if one.status not in COUNTS_NOT:
            others = tuple(islice(_sharing(one, self._at[one.school_id]), TOLD))
            return SecondPlace(others) if others else None
        return None


def _sharing(one: Placement, others: Sequence[Placement]) -> Iterator[Placement]:
    return (other for other in others if other is not one and one.shares_a_day_with(other))


def _too_many(own: Sequence[Placement]) -> list[tuple[date, float]]:
    """The first days, in order, on which someone has more hours a week than there are, with the total."""
    by_day = defaultdict[date, float](float)
    for one in own:
        by_day[one.starts_on] += one.hours_agreed or 0
        if one.ends_on:
            by_day[one.ends_on + timedelta(days=1)] -= one.hours_agreed or 0
    days = sorted(by_day)
    starts = {one.starts_on for one in own}
    totals = zip(days, accumulate(by_day[day] for day in days), strict=True)
    return [(day, total) for day, total in totals if day in starts and total > MOST]


def as_written(key: str, before: Placement | None, details: Details, names: Mapping[str, str]) -> Placement:
    """A placement as it would be with these details; `names` are those of persons and schools by id."""
    told = noted(details) | {
        "id": key,
        "school_year": details.school_year,
        "school": names.get(details.school_id, ""),
        "coach": names.get(details.person_id or ""),
    }
    if before:
        return replace(before, **told)
    nothing: dict[str, Any] = dict.fromkeys(("pupils", "wish", "end_reason", "follows"))
    return Placement(**told, **nothing, place="", municipality="", wish_note="", revision=0)
