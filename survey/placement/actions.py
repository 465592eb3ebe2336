"""Acts on placements: making, changing, ending, continuing and filling one; hours and wishes of a coach.

A lead does all of them. A coach writes down the hours of own placements, and the wish for the next year.
"""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Scope
from survey.clock import local_day
from survey.database import Engine, new_key
from survey.placement import hours as rules
from survey.placement import reports, store
from survey.placement.batch import Clashes as Clashes
from survey.placement.batch import Wanted as Wanted
from survey.placement.batch import take_over as take_over
from survey.placement.batch import try_over as try_over
from survey.placement.checks import Details as Details
from survey.placement.checks import Misfit as Misfit
from survey.placement.checks import NoCoach as NoCoach
from survey.placement.checks import OfAnother as OfAnother
from survey.placement.checks import Overlaps as Overlaps
from survey.placement.checks import SecondPlace as SecondPlace
from survey.placement.checks import TooManyHours as TooManyHours
from survey.placement.checks import refuse_clash, refuse_misfit, refuse_stranger
from survey.placement.places import END_OF_YEAR, OPEN, WITH_A_CANDIDATE, Placement
from survey.placement.telling import LONGEST_NOTE as LONGEST_NOTE
from survey.placement.telling import NoSuchMonth as NoSuchMonth
from survey.placement.telling import log_hours as log_hours
from survey.placement.telling import note_wish as note_wish
from survey.placement.writing import Changed as Changed
from survey.placement.writing import (
    columns,
    follow,
    insert,
    keeper,
    refuse_new_clash,
    standing,
    write,
)
from survey.placement.writing import details_of as details_of


class NotNow(ValueError):
    """This placement cannot be ended, continued or filled like that; nothing was stored."""


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

    Raises NotYours, Changed, Misfit, NoCoach, OfAnother where a coach began here, Overlaps, SecondPlace or
    TooManyHours.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        refuse_new_clash(engine, before, details, by=by, second=second)
        write(engine, before, columns(details), by=by, at=at)


def set_status(
    engine: Engine, *, placement_id: str, status: str, by: Scope, at: datetime, shown: int | None = None
) -> None:
    """Note how it stands with a place now.

    Raises NotYours, Changed, NotNow where it ended, Misfit where the status asks for a coach or for an
    end, and what `change` raises.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        if before.status == "ended":
            raise NotNow
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
        is_over = before.status == "ended" or reports.followed_by(engine, by, before.id) is not None
        if is_over or not before.starts_on <= ends_on <= before.until:
            raise NotNow
        write(engine, before, _ended(before, ends_on, reason), by=by, at=at)
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
    Changed, NotNow where it ended before that or goes on already, NoCoach where its coach left, Overlaps,
    SecondPlace or TooManyHours.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        if before.person_id and not store.is_coach(engine, before.person_id):
            raise NoCoach(before.person_id)
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
        is_taken = before.status not in OPEN or reports.followed_by(engine, by, before.id) is not None
        if is_taken or not before.starts_on <= starts_on <= before.until:
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


def withdraw(engine: Engine, *, placement_id: str, by: Scope, at: datetime, shown: int | None = None) -> None:
    """Take away a placement that has not begun and on which nothing hangs.

    Raises NotYours, Changed or NotNow.
    """
    with engine.atomic():
        before = standing(engine, placement_id, by, shown)
        if not may_withdraw(engine, before, local_day(at)):
            raise NotNow
        store.delete(engine, before.id)
        audit.note(engine, act="placement-withdrawn", by=by.person_id, at=at, object=before.id)


def may_withdraw(engine: Engine, one: Placement, day: date) -> bool:
    """Whether a placement has not begun, and nothing hangs on it: no hours, no start agreement."""
    return one.starts_on > day and not store.carries(engine, one.id)


def note_export(engine: Engine, *, school_year: str, by: Scope, at: datetime) -> None:
    """Note that someone took the register of a school year along."""
    with engine.atomic():
        audit.note(engine, act="register-exported", by=by.person_id, at=at, object=school_year)


def _ended(before: Placement, ends_on: date, reason: str | None) -> dict[str, str | None]:
    """What is written of a place that ends; a candidate never worked there."""
    row = {"status": "ended", "ends_on": ends_on.isoformat(), "end_reason": reason}
    return {**row, "person_id": None} if before.status in WITH_A_CANDIDATE else row


def _continue(
    engine: Engine, before: Placement, *, by: Scope, at: datetime, hours_agreed: float | None = None
) -> str:
    last = rules.last_day(before.school_year)
    goes_on = before.status != "ended" or before.end_reason == END_OF_YEAR
    if not goes_on or before.until != last or reports.followed_by(engine, by, before.id):
        raise NotNow
    if before.status != "ended":
        write(engine, before, _ended(before, last, END_OF_YEAR), by=by, at=at)
    status = "active" if before.status == "ended" and before.person_id else before.status
    place = replace(
        details_of(before), status=status, starts_on=last + timedelta(days=1), ends_on=None, click_on=None
    )
    if hours_agreed is not None:
        place = replace(place, hours_agreed=hours_agreed)
    return follow(engine, before, place, by=by, at=at)
