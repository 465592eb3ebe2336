"""Acts on the register: adding a school, placing a coach."""

from datetime import date

from survey.database import Engine, new_key
from survey.placement import store


class Unknown(LookupError):  # noqa: N818
    """There is no such school, or no such coach; the message says which."""


def add_school(engine: Engine, *, name: str, place: str) -> str:
    """A new school; raises Refused when the name is taken."""
    key = new_key()
    store.insert_school(engine, {"id": key, "name": name, "place": place})
    return key


def place_coach(engine: Engine, *, email: str, school: str, starts_on: date) -> None:
    """A coach works at a school from this day; raises Unknown, or Refused when that stands already."""
    with engine.atomic():
        coach, found = store.coach_by_email(engine, email), store.school_by_name(engine, school)
        if coach is None:
            raise Unknown(f"No coach has the mail address {email}. Add them first with add-person.")
        if found is None:
            raise Unknown(f"There is no school named {school}. Add it first with add-school.")
        store.insert_placement(
            engine,
            {
                "id": new_key(),
                "school_id": found["id"],
                "person_id": coach["id"],
                "starts_on": starts_on.isoformat(),
                "ends_on": None,
            },
        )
