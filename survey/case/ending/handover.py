"""Handing cases over: by their coach to a successor, or by the lead when the coach has already gone."""

from collections.abc import Collection
from datetime import datetime

from survey.access import audit
from survey.case import store as cases
from survey.case.ending import store
from survey.checkin import actions as checkins
from survey.clock import local_day, stamp
from survey.database import Engine, new_key
from survey.talk import actions as talks


class CannotHandOver(Exception):
    """A case is not, or no longer, an open one of this coach; or its school knows no such other coach."""


def hand_over(engine: Engine, *, case_ids: Collection[str], to: str, by: str, at: datetime) -> None:
    """A coach hands open cases to a coach who works at their school today: all of them or none.

    The answers and planned talks go along. The agreement ends until the successor confirms it with the
    parents; open links, cards and private notes end. Raises CannotHandOver.
    """
    with engine.atomic():
        for case_id in case_ids:
            _give(engine, case_id, from_=by, to=to, by=by, at=at)


def pass_on(engine: Engine, *, school_id: str, to: str, by: str, at: datetime) -> int:
    """The lead gives every open case of a school whose coach left to a coach there; how many that were.

    What goes along and what ends is as in `hand_over`. Raises CannotHandOver.
    """
    with engine.atomic():
        found = store.left_behind(engine, school_id=school_id)
        for row in found:
            _give(engine, row["id"], from_=row["coach_id"], to=to, by=by, at=at)
    return len(found)


def _give(engine: Engine, case_id: str, *, from_: str, to: str, by: str, at: datetime) -> None:
    row = {"case_id": case_id, "from_id": from_, "to_id": to}
    cases.end_agreement(engine, case_id=case_id, because="handed_over", by=from_, at=stamp(at))
    if not store.change_coach(engine, row, today=local_day(at).isoformat()):
        raise CannotHandOver
    store.insert_handover(engine, {**row, "id": new_key(), "handed_by": by, "handed_at": stamp(at)})
    checkins.end_all(engine, case_id=case_id, at=at)
    talks.forget_notes(engine, case_id=case_id)
    audit.note(engine, act="case-handed-over", by=by, at=at, object=case_id)
