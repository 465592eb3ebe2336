"""Hints follow from the answers of one person, and say what became of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.case import actions as cases
from survey.checkin import actions as checkins
from survey.clock import stamp
from survey.database import SqliteEngine
from survey.hint import actions, reports
from survey.hint.reports import State
from survey.questionnaire.vocabulary import Family
from tests.conftest import Clock, Member, scope_of
from tests.survey.hint.answering import Answering, answering

WEEKS = timedelta(weeks=1)


def talk_about(
    case: Answering, link_id: str, *rules: str, agreed: tuple[str, ...] = ("change_pace",)
) -> None:
    actions.talk_about(
        case.engine,
        case_id=case.id,
        link_id=link_id,
        rules=rules,
        agreed=agreed,
        by=case.coach.id,
        at=case.clock(),
    )


def test_without_answers_there_are_no_hints(case: Answering) -> None:
    case.ask("parent-1")
    assert case.found() == []


def test_a_lower_sum_and_a_low_answer_are_two_hints_on_one_check(case: Answering) -> None:
    *_, last = case.answers("parent-1", "4433 3434 1223")
    lower, low = case.hints()
    assert [lower.rule, low.rule] == ["w_b", "w_a"]
    assert {lower.link_id, low.link_id} == {last}
    assert (lower.total, lower.mean, lower.earlier) == (8, 14.0, 2)
    assert (lower.kind, lower.number, lower.family) == ("parent", 1, Family.RELATIONSHIP)
    assert lower.at == case.clock()
    assert (lower.state, lower.talked_at, lower.agreed) == (State.OPEN, None, ())


def test_each_rule_on_wellbeing_reaches_the_case(case: Answering) -> None:
    case.answers("teacher-1", "3322 3322 1111 1111", family="wellbeing")
    assert case.found() == ["u_a", "u_c", "u_a", "u_b"]


def test_a_low_start_and_a_ceiling_are_told_once(case: Answering) -> None:
    case.answers("parent-1", "1111 1111 1111 1111", family="wellbeing")
    case.answers("parent-2", "4444 4444 4444 4444 4444")
    assert sorted(case.found()) == ["ceiling", "u_c", "u_d"]


def test_people_are_never_taken_together(case: Answering) -> None:
    case.answers("parent-1", "4444")
    case.answers("parent-2", "2222")
    case.answers("teacher-1", "2222")
    assert case.found() == []


def test_the_two_families_are_never_taken_together(case: Answering) -> None:
    case.answers("parent-1", "4444 4444")
    case.answers("parent-1", "2222 2222", family="wellbeing")
    case.answers("parent-1", "4444 4444")
    assert case.found() == ["ceiling"]


def test_swapping_two_people_swaps_their_hints_and_nothing_else(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school_of: Callable[..., str]
) -> None:
    first, second = (answering(app, engine, clock, ana, school_of(ana, name)) for name in ("A", "B"))
    lines = {"parent-1": "4433 3434 1223", "parent-2": "3333 2222 3333 3330"}
    for one, other in (("parent-1", "parent-2"), ("parent-2", "parent-1")):
        first.answers(one, lines[one])
        second.answers(other, lines[one])
    swapped = [(hint.rule, hint.total, hint.mean, 3 - hint.number) for hint in second.hints()]
    assert [(hint.rule, hint.total, hint.mean, hint.number) for hint in first.hints()] == swapped


def test_an_answer_later_leaves_earlier_hints_as_they_were(case: Answering) -> None:
    case.answers("parent-1", "4433 3434 1223")
    before = case.hints()
    case.answers("parent-1", "0000")
    assert [hint for hint in case.hints() if hint.link_id == before[0].link_id] == before


def test_checks_that_asked_something_else_begin_a_new_line(
    case: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.answers("parent-1", "4444 4444")
    case.answers("parent-1", "2222")
    assert case.found() == ["w_b"]
    catalog = case.app.extensions["catalog"]
    case.engine.run(
        "UPDATE checkin_link SET version = '1.1' WHERE created_at < :at", {"at": stamp(case.clock())}
    )
    versions = {"1.0": catalog.get("relationship-parent"), "1.1": catalog.get("relationship-parent")}
    monkeypatch.setattr(type(catalog), "get", lambda _self, _form, version=None: versions[version or "1.0"])
    monkeypatch.setattr(type(catalog), "anchor", lambda _self, _form, version, _item: version)
    assert case.found() == []
    monkeypatch.setattr(type(catalog), "anchor", lambda _self, _form, _version, _item: "1.0")
    assert case.found() == ["w_b"]


def test_what_was_agreed_stands_with_the_hint(case: Answering) -> None:
    *_, last = case.answers("parent-1", "4433 3434 1223")
    talk_about(case, last, "w_b", "w_a", agreed=("change_pace", "invite_someone"))
    assert case.found() == ["w_a talked", "w_b talked"]
    assert {hint.agreed for hint in case.hints()} == {("change_pace", "invite_someone")}
    assert {hint.talked_at for hint in case.hints()} == {case.clock()}


@pytest.mark.parametrize(
    ("is_talked", "next_two", "states"),
    [
        (False, "", ["w_b"]),
        (False, "3333", ["w_b recovered"]),
        (False, "2222", ["w_b"]),
        (False, "2222 2222", ["w_b"]),
        (True, "", ["w_b talked"]),
        (True, "2222", ["w_b talked"]),
        (True, "3333", ["w_b recovered"]),
        (True, "2222 3333", ["w_b recovered"]),
        (True, "2222 2222", ["w_b not_recovered"]),
    ],
)
def test_the_next_two_checks_decide_what_became_of_it(
    case: Answering, is_talked: bool, next_two: str, states: list[str]
) -> None:
    *_, last = case.answers("parent-1", "4444 3333 3333 2222")
    if is_talked:
        talk_about(case, last, "w_b")
    case.answers("parent-1", next_two)
    on_it = [hint for hint in case.hints() if hint.link_id == last]
    found = [f"{hint.rule} {hint.state}".removesuffix(" open") for hint in on_it]
    assert found == states


def test_two_links_that_ran_out_are_a_reminder(case: Answering) -> None:
    case.answers("parent-1", "- -")
    assert case.found() == []
    assert case.found(later=WEEKS) == ["silence"]
    (hint,) = case.hints(later=WEEKS)
    assert (hint.total, hint.chance) == (None, None)
    assert hint.at <= case.clock() + WEEKS


def test_an_answer_ends_the_silence(case: Answering) -> None:
    case.answers("parent-1", "- - 3333")
    assert case.found() == ["silence recovered"]


def test_a_link_the_coach_took_back_is_no_silence(case: Answering) -> None:
    first, second = case.answers("parent-1", "- -")
    checkins.revoke(case.engine, link_id=second, by=case.coach.id, at=case.clock())
    assert case.found(later=WEEKS) == []
    case.answers("parent-1", "-")
    assert case.found(later=WEEKS) == ["silence"]
    assert first != second


def test_a_link_taken_back_after_it_ran_out_still_was_without_an_answer(case: Answering) -> None:
    _first, second = case.answers("parent-1", "- -")
    case.clock.forward(weeks=1)
    checkins.revoke(case.engine, link_id=second, by=case.coach.id, at=case.clock())
    assert case.found() == ["silence"]


def test_who_wants_no_more_questions_is_left_in_peace(case: Answering) -> None:
    case.answers("parent-1", "- -")
    case.engine.run("UPDATE informant SET stopped_at = :at", {"at": stamp(case.clock() + WEEKS)})
    assert case.found(later=2 * WEEKS) == []


def test_silence_of_one_is_not_silence_of_another(case: Answering) -> None:
    case.answers("parent-1", "-")
    case.answers("parent-2", "-")
    case.answers("parent-1", "-", family="wellbeing")
    assert case.found(later=WEEKS) == []


def test_another_coach_reads_no_hints(case: Answering, cleo: Member) -> None:
    case.answers("parent-1", "4433 3434 1223")
    assert case.hints()
    assert replace(case, coach=cleo).hints() == []


@pytest.mark.parametrize("who", ["ben", "lea"])
def test_trainers_and_leads_read_no_hints(case: Answering, request: pytest.FixtureRequest, who: str) -> None:
    case.answers("parent-1", "4433 3434 1223")
    scope = scope_of(request.getfixturevalue(who), Role.TRAINER)
    catalog = case.app.extensions["catalog"]
    assert reports.hints(case.engine, scope, case.id, catalog=catalog, at=case.clock()) == []
    assert reports.open_hints(case.engine, scope, catalog=catalog, at=case.clock()) == []


def open_rules(case: Answering, coach: Member) -> list[tuple[str, str]]:
    with case.app.app_context():
        found = reports.open_hints(
            case.engine, scope_of(coach), catalog=case.app.extensions["catalog"], at=case.clock()
        )
    return [(hint.code, hint.rule.value) for hint in found]


def test_open_hints_of_all_open_cases_newest_first(
    case: Answering, school_of: Callable[..., str], cleo: Member
) -> None:
    other = answering(case.app, case.engine, case.clock, case.coach, school_of(case.coach, "Elders"))
    *_, talked = case.answers("parent-1", "4433 3434 1223")
    other.answers("teacher-1", "4444 2222")
    case.answers("parent-2", "4440")
    expected = [(case.code, "w_a"), (other.code, "w_b"), (case.code, "w_b"), (case.code, "w_a")]
    assert open_rules(case, case.coach) == expected
    talk_about(case, talked, "w_b", "w_a")
    assert open_rules(case, case.coach) == expected[:2]
    assert open_rules(case, cleo) == []
    case.engine.run('UPDATE "case" SET closed_at = :at WHERE id = :id', {"at": "2026-09-01", "id": other.id})
    assert open_rules(case, case.coach) == expected[:1]


def test_a_case_that_changed_hands_shows_its_hints_to_the_successor_alone(
    case: Answering, cleo: Member
) -> None:
    case.answers("parent-1", "4444 2222")
    case.engine.run('UPDATE "case" SET coach_id = :to', {"to": cleo.id})
    assert case.hints() == []
    assert [hint.rule for hint in replace(case, coach=cleo).hints()] == ["w_b"]


def test_pupils_have_hints_like_everyone_else(case: Answering) -> None:
    case.answers("pupil-1", "4444 2222")
    assert case.found() == ["w_b"]
    cases.withdraw_agreement(case.engine, case_id=case.id, by=case.coach.id, at=case.clock())
    assert case.found() == ["w_b"]
