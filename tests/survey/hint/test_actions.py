"""Talking about a hint and deciding about help: by the coach of an open case alone."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.database import Refused
from survey.hint import actions, reports
from tests.conftest import Member, scope_of
from tests.survey.hint.answering import Answering, answering

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def talk_about(case: Answering, **changes: Any) -> None:
    act: dict[str, Any] = {
        "case_id": case.id,
        "rules": ["w_b", "w_a"],
        "agreed": ["change_pace"],
        "by": case.coach.id,
        "at": case.clock(),
    }
    actions.talk_about(case.engine, **(act | changes))


def decide(case: Answering, **changes: Any) -> None:
    act: dict[str, Any] = {
        "case_id": case.id,
        "considered": "ib",
        "decision": "stay",
        "reason": "stay_it_moves",
        "by": case.coach.id,
        "at": case.clock(),
    }
    actions.decide(case.engine, **(act | changes))


@pytest.fixture
def link_id(case: Answering) -> str:
    return case.answers("parent-1", "4433 3434 1223")[-1]


def test_all_hints_of_a_check_are_talked_about_in_one_act(case: Answering, link_id: str) -> None:
    talk_about(case, link_id=link_id)
    rows = case.engine.rows("SELECT rule, agreed, talked_by FROM hint_talk ORDER BY rule")
    assert [tuple(row.values()) for row in rows] == [
        ("w_a", "change_pace", case.coach.id),
        ("w_b", "change_pace", case.coach.id),
    ]


def test_what_was_agreed_last_stands(case: Answering, link_id: str) -> None:
    talk_about(case, link_id=link_id)
    talk_about(case, link_id=link_id, agreed=["invite_someone"])
    assert {hint.agreed for hint in case.hints()} == {("invite_someone",)}


def test_nobody_else_talks_about_a_hint(
    case: Answering, link_id: str, cleo: Member, school_of: Callable[..., str], dump: Dump
) -> None:
    other = answering(case.app, case.engine, case.clock, cleo, school_of(cleo, "Elders"))
    before = dump()
    for changes in (
        {"by": cleo.id},
        {"by": cleo.id, "case_id": other.id},
        {"case_id": other.id},
        {"link_id": "none"},
    ):
        with pytest.raises(actions.NotYours):
            talk_about(case, **({"link_id": link_id} | changes))
    assert dump() == before


def test_nothing_is_noted_in_a_closed_case(case: Answering, link_id: str, dump: Dump) -> None:
    case.engine.run('UPDATE "case" SET closed_at = :at', {"at": "2026-09-01T10:00:00+00:00"})
    before = dump()
    with pytest.raises(actions.NotYours):
        talk_about(case, link_id=link_id)
    with pytest.raises(actions.NotYours):
        decide(case)
    assert dump() == before


def test_a_decision_says_what_was_considered_and_why(case: Answering) -> None:
    decide(case)
    case.clock.forward(days=1)
    decide(case, considered="scale_up", decision="up", reason="up_safety")
    found = reports.decisions(case.engine, case.scope, case.id)
    assert [(one.considered, one.decision, one.reason) for one in found] == [
        ("scale_up", "up", "up_safety"),
        ("ib", "stay", "stay_it_moves"),
    ]
    audit = case.engine.rows("SELECT act, person_id, object FROM audit WHERE act = 'scale-decided'")
    assert [tuple(row.values()) for row in audit] == [("scale-decided", case.coach.id, case.id)] * 2


def test_another_coach_neither_decides_nor_reads_decisions(case: Answering, cleo: Member) -> None:
    decide(case)
    with pytest.raises(actions.NotYours):
        decide(case, by=cleo.id)
    assert reports.decisions(case.engine, scope_of(cleo), case.id) == []
    assert len(case.engine.rows("SELECT id FROM scale_decision")) == 1


def test_the_database_knows_three_ways_and_no_other(case: Answering, dump: Dump) -> None:
    before = dump()
    with pytest.raises(Refused):
        decide(case, decision="away")
    assert dump() == before
