"""Talks and private lines in the database: who may write them, who reads them, and what never gets lost."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from survey.case import actions as cases
from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.talk import actions, reports
from tests.conftest import START, Member, scope_of

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TODAY = START.date()
FRIDAY = date(2026, 1, 23)


@pytest.fixture
def case_id(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    row = engine.one('SELECT id FROM "case" WHERE code = :code', {"code": code})
    assert row is not None
    return str(row["id"])


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


def close(engine: SqliteEngine, case_id: str) -> None:
    engine.run('UPDATE "case" SET closed_at = :at WHERE id = :id', {"at": stamp(START), "id": case_id})


def agree(engine: SqliteEngine, case_id: str, by: Member, **differs: Any) -> str:
    given: dict[str, Any] = {"talk_id": None, "with_": "parent-1", "agreed": ["change_goal"], "line": ""}
    return actions.agree(engine, case_id=case_id, **(given | differs), by=by.id, at=START)


def test_a_talk_keeps_everything_that_was_noted(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    key = held(engine, case_id, ana, with_=["ib", "parent-1"], line="Rustig beginnen", next_day=FRIDAY)
    following, talk = reports.talks(engine, scope_of(ana), case_id)
    assert talk == reports.Talk(
        key, "phone", "done", TODAY, None, ("ib", "parent-1"), ("change_pace",), "Rustig beginnen", START
    )
    assert (following.state, following.day, following.kind) == ("planned", FRIDAY, "phone")
    assert following.with_ == ("ib", "parent-1")


def test_a_planned_talk_becomes_one_that_was_held(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    key = planned(engine, case_id, ana, TODAY)
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert talk.has_come(TODAY)
    assert not talk.has_come(TODAY - timedelta(days=1))
    assert reports.involved(engine, scope_of(ana), case_id) == frozenset()
    actions.finish(
        engine,
        case_id=case_id,
        talk_id=key,
        kind="meeting",
        with_=["parent-1"],
        day=TODAY,
        agreed=[],
        line="",
        by=ana.id,
        at=START,
    )
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert (talk.id, talk.state, talk.with_) == (key, "done", ("parent-1",))
    assert reports.involved(engine, scope_of(ana), case_id) == {"parent-1"}


def test_a_talk_that_was_held_is_not_planned_again(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    key = held(engine, case_id, ana)
    before = dump()
    with pytest.raises(actions.NotYours):
        actions.replan(
            engine,
            case_id=case_id,
            talk_id=key,
            kind="phone",
            with_=["ib"],
            day=FRIDAY,
            starts_at=None,
            by=ana.id,
        )
    with pytest.raises(actions.NotYours):
        actions.cancel(engine, talk_id=key, by=ana.id)
    assert dump() == before


def test_a_talk_that_was_called_off_can_be_planned_again(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    key = planned(engine, case_id, ana)
    actions.cancel(engine, talk_id=key, by=ana.id)
    assert [talk.state for talk in reports.talks(engine, scope_of(ana), case_id)] == ["cancelled"]
    actions.replan(
        engine,
        case_id=case_id,
        talk_id=key,
        kind="phone",
        with_=["ib"],
        day=FRIDAY,
        starts_at=None,
        by=ana.id,
    )
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert (talk.state, talk.kind, talk.with_, talk.starts_at) == ("planned", "phone", ("ib",), None)


def test_two_taps_note_one_incident_and_one_takes_it_back(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    first, second = (
        actions.note_incident(engine, case_id=case_id, day=TODAY, by=ana.id, at=START) for _ in range(2)
    )
    assert first == second
    assert reports.incidents(engine, scope_of(ana), case_id) == [TODAY]
    actions.remove(engine, talk_id=first, by=ana.id, at=START)
    assert reports.incidents(engine, scope_of(ana), case_id) == []


def test_removing_a_talk_takes_its_line_and_leaves_its_check(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    key = held(engine, case_id, ana, line="Een regel")
    engine.insert("informant", {"id": "i", "case_id": case_id, "kind": "parent", "number": 1})
    engine.insert(
        "checkin_link",
        {
            "id": "l",
            "informant_id": "i",
            "form": "f",
            "version": "1.0",
            "token_hash": "0" * 64,
            "created_at": stamp(START),
            "expires_at": stamp(START),
            "talk_id": key,
        },
    )
    actions.remove(engine, talk_id=key, by=ana.id, at=START)
    assert engine.rows("SELECT talk_id FROM checkin_link") == [{"talk_id": None}]
    for table in ("talk", "talk_with", "talk_agreed", "note"):
        assert engine.rows(f"SELECT * FROM {table}") == []
    assert engine.rows("SELECT object FROM audit WHERE act = 'talk-removed'") == [{"object": key}]


def test_what_was_agreed_after_a_check_joins_the_talk_of_today(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    held(engine, case_id, ana, day=TODAY - timedelta(days=1))
    held(engine, case_id, ana, with_=["teacher-1"])
    key = held(engine, case_id, ana)
    assert agree(engine, case_id, ana, line="Vaker bellen") == key
    talk = reports.talk(engine, scope_of(ana), case_id, key)
    assert talk is not None
    assert (talk.agreed, talk.line) == (("change_goal", "change_pace"), "Vaker bellen")


def test_what_was_agreed_without_a_talk_makes_one(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    key = agree(engine, case_id, ana)
    assert agree(engine, case_id, ana) == key
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert (talk.state, talk.day, talk.with_) == ("done", TODAY, ("parent-1",))


@pytest.mark.parametrize(("day", "becomes"), [(TODAY, TODAY), (FRIDAY, TODAY)])
def test_what_was_agreed_shows_that_a_planned_talk_was_held(
    engine: SqliteEngine, ana: Member, case_id: str, day: date, becomes: date
) -> None:
    key = planned(engine, case_id, ana, day)
    assert agree(engine, case_id, ana, talk_id=key) == key
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert (talk.state, talk.day) == ("done", becomes)


def test_what_is_agreed_days_after_a_talk_stands_on_one_of_today(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    earlier = planned(engine, case_id, ana, date(2026, 1, 16))
    key = agree(engine, case_id, ana, talk_id=earlier)
    found = {talk.id: (talk.state, talk.day) for talk in reports.talks(engine, scope_of(ana), case_id)}
    assert found == {earlier: ("planned", date(2026, 1, 16)), key: ("done", TODAY)}


def test_a_line_never_takes_the_place_of_another_one(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    key = held(engine, case_id, ana, line="De eerste")
    assert agree(engine, case_id, ana, talk_id=key, line="De eerste") == key
    other = agree(engine, case_id, ana, talk_id=key, line="De tweede")
    assert other != key
    lines = {talk.id: talk.line for talk in reports.talks(engine, scope_of(ana), case_id)}
    assert lines == {key: "De eerste", other: "De tweede"}


def test_a_line_is_read_by_its_writer_alone(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str
) -> None:
    actions.write_note(engine, case_id=case_id, place="question", line="Hoe begin ik?", by=ana.id, at=START)
    key = held(engine, case_id, ana, line="Van Ana")
    assert reports.notes(engine, scope_of(ana), case_id) == {
        ("question", ""): "Hoe begin ik?",
        ("talk", key): "Van Ana",
    }
    engine.run('UPDATE "case" SET coach_id = :cleo', {"cleo": cleo.id})
    assert reports.notes(engine, scope_of(cleo), case_id) == {}
    assert [talk.line for talk in reports.talks(engine, scope_of(cleo), case_id)] == [None]
    assert reports.notes(engine, scope_of(ana), case_id) == {}


def test_nobody_writes_over_the_line_of_another(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str
) -> None:
    actions.write_note(engine, case_id=case_id, place="closing", line="Van Ana", by=ana.id, at=START)
    engine.run('UPDATE "case" SET coach_id = :cleo', {"cleo": cleo.id})
    with pytest.raises(actions.NotYours):
        actions.write_note(engine, case_id=case_id, place="closing", line="Van Cleo", by=cleo.id, at=START)
    actions.write_note(engine, case_id=case_id, place="closing", line="", by=cleo.id, at=START)
    assert engine.rows("SELECT line FROM note") == [{"line": "Van Ana"}]


def test_an_empty_line_erases_also_in_a_closed_case(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    for line in ("Eerst zo", "Toen zo"):
        actions.write_note(engine, case_id=case_id, place="own_share", line=line, by=ana.id, at=START)
    assert reports.notes(engine, scope_of(ana), case_id) == {("own_share", ""): "Toen zo"}
    close(engine, case_id)
    actions.write_note(engine, case_id=case_id, place="own_share", line="", by=ana.id, at=START)
    assert reports.notes(engine, scope_of(ana), case_id) == {}


def test_a_line_that_is_too_long_is_refused_with_its_talk(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    before = dump()
    with pytest.raises(Refused):
        held(engine, case_id, ana, line="x" * 281)
    assert dump() == before


ACTS: dict[str, Callable[[SqliteEngine, str, Member, str], object]] = {
    "plan": lambda engine, case, by, talk: planned(engine, case, by),
    "note": lambda engine, case, by, talk: held(engine, case, by),
    "agree": lambda engine, case, by, talk: agree(engine, case, by, talk_id=talk),
    "finish": lambda engine, case, by, talk: actions.finish(
        engine,
        case_id=case,
        talk_id=talk,
        kind="phone",
        with_=["ib"],
        day=TODAY,
        agreed=[],
        line="x",
        by=by.id,
        at=START,
    ),
    "replan": lambda engine, case, by, talk: actions.replan(
        engine,
        case_id=case,
        talk_id=talk,
        kind="phone",
        with_=["ib"],
        day=FRIDAY,
        starts_at=None,
        by=by.id,
    ),
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
