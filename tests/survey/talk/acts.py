"""Acts on a talk as the tests do them: a phone call today, a meeting on Friday, unless told otherwise."""

from datetime import date, time
from typing import Any

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.talk import actions
from tests.conftest import START, Member

TODAY = START.date()
FRIDAY = date(2026, 1, 23)


def held(engine: SqliteEngine, case_id: str, by: Member, **differs: Any) -> str:
    """A talk on the phone with a parent, today."""
    given: dict[str, Any] = {
        "kind": "phone",
        "with_": ["parent-1"],
        "day": TODAY,
        "agreed": ["change_pace"],
        "line": "",
    }
    return actions.note_done(engine, case_id=case_id, **(given | differs), by=by.id, at=START)


def planned(engine: SqliteEngine, case_id: str, by: Member, day: date = FRIDAY) -> str:
    return actions.plan(
        engine,
        case_id=case_id,
        kind="meeting",
        with_=["teacher-1", "parent-1"],
        day=day,
        starts_at=time(15, 15),
        by=by.id,
        at=START,
    )


def finish(engine: SqliteEngine, case_id: str, by: Member, talk_id: str, **differs: Any) -> None:
    """A planned talk with the internal supervisor took place today, on the phone."""
    given: dict[str, Any] = {"kind": "phone", "with_": ["ib"], "day": TODAY, "agreed": [], "line": ""}
    actions.finish(engine, case_id=case_id, talk_id=talk_id, **({"at": START} | given | differs), by=by.id)


def replan(engine: SqliteEngine, case_id: str, by: Member, talk_id: str, **differs: Any) -> None:
    """A planned talk becomes one with the internal supervisor on Friday."""
    given: dict[str, Any] = {"kind": "phone", "with_": ["ib"], "day": FRIDAY, "starts_at": None}
    actions.replan(engine, case_id=case_id, talk_id=talk_id, **(given | differs), by=by.id)


def close(engine: SqliteEngine, case_id: str) -> None:
    engine.run('UPDATE "case" SET closed_at = :at WHERE id = :id', {"at": stamp(START), "id": case_id})


def agree(engine: SqliteEngine, case_id: str, by: Member, **differs: Any) -> str:
    given: dict[str, Any] = {"talk_id": None, "with_": "parent-1", "agreed": ["change_goal"], "line": ""}
    return actions.agree(engine, case_id=case_id, **(given | differs), by=by.id, at=START)
