"""Closing a case: the outcome by choice, a reason when help grows or shrinks, and a last look-back."""

from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours
from survey.case.ending import store
from survey.checkin import actions as checkins
from survey.clock import stamp
from survey.database import Engine
from survey.talk import actions as talks

DIRECTIONS = {"scaled_up": "up", "scaled_down": "down"}


def direction(outcome: str) -> str | None:
    """Which way help went, "up" or "down", where the outcome says so: then there is a reason for it."""
    return DIRECTIONS.get(outcome)


def close(
    engine: Engine,
    *,
    case_id: str,
    outcome: str,
    reason: str | None,
    helped: str | None,
    line: str,
    by: str,
    at: datetime,
) -> None:
    """Close a case: nothing more can be asked, open links, cards and planned talks end now.

    `line` is the coach's private one, empty for none. Raises NotYours, and then nothing changed.
    """
    ending = {"case_id": case_id, "outcome": outcome, "reason": reason, "helped": helped, "closed_by": by}
    with engine.atomic():
        if line:
            talks.write_note(engine, case_id=case_id, place="closing", line=line, by=by, at=at)
        talks.cancel_planned(engine, case_id=case_id, by=by)
        if not store.close_case(engine, case_id=case_id, by=by, at=stamp(at)):
            raise NotYours
        store.insert_closing(engine, ending)
        checkins.end_all(engine, case_id=case_id, at=at)
        audit.note(engine, act="case-closed", by=by, at=at, object=case_id)
