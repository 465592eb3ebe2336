"""Who says stop is left alone: what waited at that moment never counts as silence, also once they go on."""

from datetime import timedelta

import pytest

from survey.case import actions as cases
from survey.case.ending import handover
from survey.case.informants import Who
from survey.checkin import actions as checkins
from tests.conftest import Member
from tests.survey.hint.answering import Answering

WEEK = timedelta(days=7)


@pytest.fixture
def two_waiting(case: Answering) -> list[str]:
    """The tokens of two links that wait for the same parent."""
    return [case.ask("parent-1")[1] for _ in range(2)]


def stop(case: Answering, token: str) -> None:
    with case.app.app_context():
        checkins.stop(case.engine, token=token, clock=case.clock)


def resume(case: Answering, by: Member) -> None:
    with case.app.app_context():
        scope = case.scope if by == case.coach else None
        assert scope is not None
        cases.resume(case.engine, case_id=case.id, who=Who("parent", 1), by=scope, at=case.clock())


def test_two_links_without_an_answer_are_a_hint_when_nobody_said_stop(
    case: Answering, two_waiting: list[str]
) -> None:
    case.clock.forward(days=7)
    assert case.found() == ["silence"]


@pytest.mark.parametrize("days", [0, 1, 7])
def test_what_waited_at_a_stop_is_no_silence_once_they_may_be_asked_again(
    case: Answering, two_waiting: list[str], days: int
) -> None:
    stop(case, two_waiting[0])
    case.clock.forward(days=days)
    resume(case, case.coach)
    assert case.found(later=WEEK) == []


def test_what_stayed_silent_before_the_stop_still_did(case: Answering, two_waiting: list[str]) -> None:
    case.clock.forward(days=7)
    _link, token = case.ask("parent-1")
    stop(case, token)
    assert case.found() == []
    resume(case, case.coach)
    assert case.found(later=WEEK) == ["silence"]


def test_what_expired_before_a_stop_was_undone_is_no_silence(case: Answering, two_waiting: list[str]) -> None:
    hours = case.app.config["SETTINGS"].CHECKIN_LINK_HOURS
    case.clock.forward(hours=hours - 0.1)
    _link, last = case.ask("parent-1")
    stop(case, last)
    case.clock.forward(minutes=10)
    with case.app.app_context():
        checkins.go_on(case.engine, token=last, clock=case.clock)
    assert case.found() == []


def test_a_stop_lasts_over_a_handover(
    case: Answering, two_waiting: list[str], cleo: Member, school_of: object
) -> None:
    assert callable(school_of)
    school_of(cleo)
    stop(case, two_waiting[0])
    case.clock.forward(days=7)
    with case.app.app_context():
        handover.hand_over(case.engine, case_ids=[case.id], to=cleo.id, by=case.coach.id, at=case.clock())
    theirs = Answering(case.app, case.engine, case.clock, cleo, case.code, case.id)
    resume(theirs, cleo)
    assert theirs.found() == []
