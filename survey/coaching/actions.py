"""Acts on the coaching of a professional. Nothing is required, and all write in open cases of `by` alone."""

from datetime import date, datetime

from survey.access.permissions import NotYours as NotYours
from survey.clock import stamp
from survey.coaching import store
from survey.database import Engine, new_key


def enter_phase(engine: Engine, *, case_id: str, phase: str, day: date, by: str, at: datetime) -> str:
    """The coaching is in this phase from a day on, also one it was in before; the entry's id.

    The same phase on the same day is one entry. Raises NotYours.
    """
    row = {
        "id": new_key(),
        "case_id": case_id,
        "phase": phase,
        "entered_on": day.isoformat(),
        "noted_at": stamp(at),
    }
    with engine.atomic():
        known = store.entry_on(engine, case_id=case_id, phase=phase, day=row["entered_on"], by=by)
        if known is None and not store.insert_entry(engine, row, by=by):
            raise NotYours
    return known or row["id"]


def remove_phase(engine: Engine, *, case_id: str, entry_id: str, by: str) -> None:
    """Take back a phase that was noted by mistake; raises NotYours."""
    with engine.atomic():
        if not store.remove_entry(engine, entry_id, case_id=case_id, by=by):
            raise NotYours


def note_level(engine: Engine, *, case_id: str, level: str, is_examined: bool, day: date, by: str) -> None:
    """A level was looked at, since the first day it was noted; or was not after all. Raises NotYours."""
    with engine.atomic():
        if not is_examined:
            store.remove_level(engine, case_id=case_id, level=level, by=by)
        elif not store.put_level(
            engine, {"case_id": case_id, "level": level, "examined_on": day.isoformat()}, by=by
        ):
            raise NotYours
