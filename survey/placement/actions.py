"""Acts on placements: making, changing, ending, continuing and filling one; hours and wishes of a coach.

A lead does all of them. A coach writes down the hours of own placements, and the wish for the next year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Scope
from survey.clock import local_day, stamp
from survey.database import Engine, new_key
from survey.placement import hours as rules
from survey.placement import reports, store
from survey.placement.checks import Details as Details
from survey.placement.checks import Misfit as Misfit
from survey.placement.checks import NoCoach as NoCoach
from survey.placement.checks import Overlaps as Overlaps
from survey.placement.checks import SecondPlace as SecondPlace
from survey.placement.checks import TooManyHours as TooManyHours
from survey.placement.checks import refuse_clash, refuse_misfit, refuse_stranger
from survey.placement.places import OPEN, WISHES, Placement
from survey.placement.writing import Changed as Changed
from survey.placement.writing import Wanted as Wanted
from survey.placement.writing import (
    columns,
    follow,
    insert,
    keeper,
    refuse_new_clash,
    standing,
    write,
    write_all,
)
from survey.placement.writing import details_of as details_of

END_OF_YEAR = "end_of_school_year"
LONGEST_NOTE = 280


class NotNow(ValueError):
    """This placement cannot be ended, continued or filled like that; nothing was stored."""


class NoSuchMonth(ValueError):
    """Of this month no hours can be written down: it lies outside the placement, or has not begun."""


class Clashes(Exception):
    """Some of many placements cannot be: why, by their place; nothing was stored."""

    def __init__(self, refusals: Mapping[int, Exception]) -> None:
        super().__init__(sorted(refusals))
        self.refusals = refusals


class _Tried(Exception):
    """Ends an act that was only tried, so that nothing of it is stored."""

    def __init__(self, found: dict[int, Exception]) -> None:
        super().__init__()
        self.found = found


def add(
    engine: Engine, *, details: Details, by: Scope, at: datetime, second: bool = False, key: str | None = None
) -> str:
    """Make a placement; its id. A form that comes in twice, with the same `key`, makes one.

    `second` says that the school is meant to hold another place at the same time. Raises NotYours, Misfit,
    NoCoach, Overlaps, SecondPlace or TooManyHours.
    """
    key = key or new_key()
    with engine.atomic():
        keeper(by)
        if store.one(engine, key, by):
            return key
        refuse_misfit(details)
        refuse_stranger(engine, details)
        refuse_clash(engine, details, by=by, second=second)
        insert(engine, key, details, by=by, at=at)
    return key


def change(
    engine: Engine,
    *,
    placement_id: str,
    details: Details,
    by: Scope,
    at: datetime,
    shown: int | None = None,
    second: bool = False,
) -> None:
    """Write these details in the place of what stood; `shown` is the revision that was seen.

    Raises NotYours, Changed, Misfit, NoCoach, Overlaps, SecondPlace or TooManyHours.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        refuse_new_clash(engine, before, details, by=by, second=second)
        write(engine, before, columns(details), by=by, at=at)


def set_status(
    engine: Engine, *, placement_id: str, status: str, by: Scope, at: datetime, shown: int | None = None
) -> None:
    """Note how it stands with a place now; a place without a coach then has none.

    Raises NotYours, Changed, or Misfit where the status asks for a coach or for an end.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        details = replace(details_of(before), status=status)
        refuse_new_clash(engine, before, details, by=by)
        write(engine, before, {"status": status}, by=by, at=at)


def end(
    engine: Engine,
    *,
    placement_id: str,
    ends_on: date,
    reason: str | None,
    vacancy: bool,
    by: Scope,
    at: datetime,
    shown: int | None = None,
) -> str | None:
    """End a placement on a day, its last one; with `vacancy` the place stays, paid for, and its id is given.

    One that runs on from an earlier school year is continued up to the year of that day first. Raises
    NotYours, Changed, or NotNow where it ended before or the day lies before its first.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        while before.ends_on is None and ends_on > before.until:
            before = standing(engine, _continue(engine, before, by=by, at=at), by)
        if before.status == "ended" or not before.starts_on <= ends_on <= before.until:
            raise NotNow
        ended = {"status": "ended", "ends_on": ends_on.isoformat(), "end_reason": reason}
        write(engine, before, ended, by=by, at=at)
        if not vacancy:
            return None
        first = ends_on + timedelta(days=1)
        place = replace(details_of(before), status="vacant_funded", person_id=None, click_on=None)
        return follow(engine, before, replace(place, starts_on=first, ends_on=None), by=by, at=at)


def continue_next_year(
    engine: Engine,
    *,
    placement_id: str,
    by: Scope,
    at: datetime,
    hours_agreed: float | None = None,
    shown: int | None = None,
) -> str:
    """Go on with a placement in the next school year; the id of the new one.

    With other hours where `hours_agreed` says so. The old one ends with its school year. Raises NotYours,
    Changed, NotNow where it ended before that or goes on already, Overlaps, SecondPlace or TooManyHours.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        return _continue(engine, before, by=by, at=at, hours_agreed=hours_agreed)


def fill(
    engine: Engine,
    *,
    placement_id: str,
    person_id: str,
    starts_on: date,
    status: str,
    by: Scope,
    at: datetime,
    click_on: date | None = None,
    shown: int | None = None,
) -> str:
    """Put a coach, or a candidate, in a place where somebody is looked for; the id of the placement.

    A vacancy that lasted until then stays in the register as such. Raises NotYours, Changed, NotNow,
    Misfit, NoCoach, Overlaps or TooManyHours.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        if before.status not in OPEN or not before.starts_on <= starts_on <= before.until:
            raise NotNow
        place = replace(
            details_of(before), person_id=person_id, status=status, starts_on=starts_on, click_on=click_on
        )
        if starts_on == before.starts_on or status == "click_conversation":
            place = replace(place, starts_on=before.starts_on)
            refuse_new_clash(engine, before, place, by=by)
            write(engine, before, columns(place), by=by, at=at)
            return before.id
        write(engine, before, {"ends_on": (starts_on - timedelta(days=1)).isoformat()}, by=by, at=at)
        return follow(engine, before, place, by=by, at=at)


def take_over(engine: Engine, *, wanted: Sequence[Wanted], by: Scope, at: datetime) -> None:
    """Write many placements in one act, all or none: existing ones by id, new ones without.

    Schools may hold a second place. Raises Clashes, NotYours or Misfit.
    """
    with engine.atomic():
        found = write_all(engine, wanted, by=by, at=at)
        refusals = {place: one for place, one in found.items() if not isinstance(one, SecondPlace)}
        if refusals:
            raise Clashes(refusals)
        audit.note(engine, act="placements-imported", by=by.person_id, at=at)


def try_over(engine: Engine, *, wanted: Sequence[Wanted], by: Scope, at: datetime) -> dict[int, Exception]:
    """What `take_over` would come to, by place in `wanted`: also where a school gets a second place."""
    try:
        with engine.atomic():
            raise _Tried(write_all(engine, wanted, by=by, at=at))
    except _Tried as tried:
        return tried.found


def note_export(engine: Engine, *, school_year: str, by: Scope, at: datetime) -> None:
    """Note that someone took the register of a school year along."""
    with engine.atomic():
        audit.note(engine, act="register-exported", by=by.person_id, at=at, object=school_year)


def log_hours(
    engine: Engine, *, placement_id: str, month: str, hours: float | None, by: Scope, at: datetime
) -> None:
    """Write down the hours a week of a month, or with None take them away. Raises NotYours or NoSuchMonth."""
    with engine.atomic():
        held = {one.month for one in reports.months(engine, by, placement_id, local_day(at))}
        if reports.one(engine, by, placement_id) is None:
            raise NotYours
        if month not in held or (hours is not None and not 0 <= hours <= rules.MOST):
            raise NoSuchMonth(month)
        if hours is None:
            store.delete_hours(engine, placement_id, month)
            return
        row = {"placement_id": placement_id, "month": month, "hours": rules.in_quarters(hours)}
        store.write_hours(engine, {**row, "noted_by": by.person_id, "noted_at": stamp(at)})


def note_wish(
    engine: Engine, *, placement_id: str, wish: str | None, note: str, by: Scope, at: datetime
) -> None:
    """Note what coach and school wish for the next school year. Raises NotYours or Misfit."""
    if wish not in {None, *WISHES} or len(note) > LONGEST_NOTE:
        raise Misfit(wish)
    with engine.atomic():
        before = reports.one(engine, by, placement_id)
        if before is None:
            raise NotYours
        write(engine, before, {"wish": wish, "wish_note": note}, by=by, at=at)


def _continue(
    engine: Engine, before: Placement, *, by: Scope, at: datetime, hours_agreed: float | None = None
) -> str:
    last = rules.last_day(before.school_year)
    goes_on = before.status != "ended" or before.end_reason == END_OF_YEAR
    if not goes_on or before.until != last or reports.followed_by(engine, by, before.id):
        raise NotNow
    if before.status != "ended":
        ended = {"status": "ended", "ends_on": last.isoformat(), "end_reason": END_OF_YEAR}
        write(engine, before, ended, by=by, at=at)
    status = "active" if before.status == "ended" and before.person_id else before.status
    place = replace(
        details_of(before), status=status, starts_on=last + timedelta(days=1), ends_on=None, click_on=None
    )
    if hours_agreed is not None:
        place = replace(place, hours_agreed=hours_agreed)
    return follow(engine, before, place, by=by, at=at)
