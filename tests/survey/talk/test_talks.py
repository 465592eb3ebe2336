"""Talks in the database: planned, held, called off, and what was agreed in them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.talk import actions, reports
from tests.conftest import START, Member, scope_of
from tests.survey.talk.acts import FRIDAY, TODAY, agree, finish, held, planned, replan

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


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
    finish(engine, case_id, ana, key, kind="meeting", with_=["parent-1"])
    (talk,) = reports.talks(engine, scope_of(ana), case_id)
    assert (talk.id, talk.state, talk.with_) == (key, "done", ("parent-1",))
    assert reports.involved(engine, scope_of(ana), case_id) == {"parent-1"}


def test_a_talk_that_was_held_is_not_planned_again(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    key = held(engine, case_id, ana)
    before = dump()
    with pytest.raises(actions.NotYours):
        replan(engine, case_id, ana, key)
    with pytest.raises(actions.NotYours):
        actions.cancel(engine, talk_id=key, by=ana.id)
    assert dump() == before


def test_a_talk_that_was_called_off_can_be_planned_again(
    engine: SqliteEngine, ana: Member, case_id: str
) -> None:
    key = planned(engine, case_id, ana)
    actions.cancel(engine, talk_id=key, by=ana.id)
    assert [talk.state for talk in reports.talks(engine, scope_of(ana), case_id)] == ["cancelled"]
    replan(engine, case_id, ana, key)
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
