"""Acts of an operator on the register: adding a school, placing a coach."""

from datetime import date, datetime

from survey.access import accounts, audit
from survey.access.permissions import Role
from survey.clock import school_year
from survey.database import Engine, Refused, new_key
from survey.placement import store


class NoSchool(LookupError):
    """There is no such school; the message says what to do."""


def add_school(engine: Engine, *, name: str, place: str, at: datetime) -> str:
    """A new school; raises Refused when the name is taken."""
    key = new_key()
    with engine.atomic():
        store.insert_school(engine, {"id": key, "name": name, "place": place})
        audit.note(engine, act="school-added", by=None, at=at, object=key)
    return key


def place_coach(engine: Engine, *, email: str, school: str, starts_on: date, at: datetime) -> None:
    """A coach works at a school from this day; raises NobodyHas, NoSchool, or Refused when that stands."""
    with engine.atomic():
        coach, found = accounts.in_role(engine, email, Role.COACH), store.school_by_name(engine, school)
        if found is None:
            raise NoSchool(f"There is no school named {school}. Add it first with add-school.")
        first_day = starts_on.isoformat()
        if store.works_at(engine, person_id=coach.id, school_id=found["id"], day=first_day):
            raise Refused(f"{email} works at {school} already")
        key = new_key()
        store.insert_placement(
            engine,
            {
                "id": key,
                "school_id": found["id"],
                "school_year": school_year(starts_on),
                "person_id": coach.id,
                "status": "active",
                "starts_on": first_day,
                "ends_on": None,
            },
        )
        audit.note(engine, act="coach-placed", by=None, at=at, object=key)
