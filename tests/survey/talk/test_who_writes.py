"""Nobody but the coach of an open case writes in it."""

from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.talk import actions
from tests.conftest import START, Member
from tests.survey.talk.acts import TODAY, agree, close, finish, held, planned, replan

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


ACTS: dict[str, Callable[[SqliteEngine, str, Member, str], object]] = {
    "plan": lambda engine, case, by, talk: planned(engine, case, by),
    "note": lambda engine, case, by, talk: held(engine, case, by),
    "agree": lambda engine, case, by, talk: agree(engine, case, by, talk_id=talk),
    "finish": lambda engine, case, by, talk: finish(engine, case, by, talk, line="x"),
    "replan": lambda engine, case, by, talk: replan(engine, case, by, talk),
    "cancel": lambda engine, case, by, talk: actions.cancel(engine, talk_id=talk, by=by.id),
    "remove": lambda engine, case, by, talk: actions.remove(engine, talk_id=talk, by=by.id, at=START),
    "incident": lambda engine, case, by, talk: actions.note_incident(
        engine, case_id=case, day=TODAY, by=by.id, at=START
    ),
    "line": lambda engine, case, by, talk: actions.write_note(
        engine, case_id=case, place="hint", about="l", line="x", by=by.id, at=START
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_nobody_else_writes_in_a_case(
    request: pytest.FixtureRequest,
    engine: SqliteEngine,
    ana: Member,
    case_id: str,
    dump: Dump,
    act: str,
    who: str,
) -> None:
    talk, other = planned(engine, case_id, ana), request.getfixturevalue(who)
    before = dump()
    with pytest.raises(actions.NotYours):
        ACTS[act](engine, case_id, other, talk)
    assert dump() == before


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_case_stays_as_it_is(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump, act: str
) -> None:
    talk = planned(engine, case_id, ana)
    close(engine, case_id)
    before = dump()
    with pytest.raises(actions.NotYours):
        ACTS[act](engine, case_id, ana, talk)
    assert dump() == before


def test_a_talk_of_one_case_is_not_finished_under_another(
    engine: SqliteEngine, ana: Member, case_id: str, school_of: Callable[[Member], str], dump: Dump
) -> None:
    talk = planned(engine, case_id, ana)
    cases.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    (other,) = engine.rows('SELECT id FROM "case" WHERE id <> :id', {"id": case_id})
    before = dump()
    with pytest.raises(actions.NotYours):
        ACTS["finish"](engine, other["id"], ana, talk)
    assert dump() == before
    assert agree(engine, other["id"], ana, talk_id=talk) != talk
