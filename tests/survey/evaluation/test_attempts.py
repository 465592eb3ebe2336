"""What somebody tried against the pages of the evaluation, and what they get."""

from collections.abc import Callable

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import reports
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.reports import Response, Step
from tests.client import HouseClient
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.conftest import SCHOOL, YEAR, Asked, about, all_of

Signed = Callable[[Member], HouseClient]
PROGRAMME = "evaluation-ib-programme"
WRONG_KEY = "Antwoorden kunnen nu niet geopend worden"


def answer_all(engine: SqliteEngine, asked: Asked, clock: Clock) -> None:
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(PROGRAMME), clock=clock)


def test_nobody_is_warned_of_a_key_that_fits(as_: Signed, lea: Member, window: str) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)


def test_nobody_is_warned_of_a_key_before_there_is_a_window(as_: Signed, lea: Member) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2126-01-30"])
@pytest.mark.parametrize("field", ["opens", "closes"])
def test_a_day_far_away_is_looked_at_again(
    as_: Signed, lea: Member, planned: str, day: str, field: str
) -> None:
    typed = {"opens": "2026-01-27", "closes": "2026-02-10"} | {field: day}
    for path in (f"/evaluatie/{planned}/dagen", "/evaluatie/nieuw"):
        reply = as_(lea).post(path, data=typed | {"school_year": YEAR})
        assert reply.status_code == 422
        assert day in reply.get_data(as_text=True), "what was typed stays"


def test_an_address_that_is_none_is_shown_as_text(as_: Signed, lea: Member, window: str) -> None:
    typed = "<script>alert(1)</script>"
    sent = {"a-form": "evaluation-teacher", "a-addresses": typed}
    reply = as_(lea).post(f"/evaluatie/{window}/school/{SCHOOL}/post", data=sent)
    assert reply.status_code == 422
    assert typed not in reply.get_data(as_text=True)


@pytest.mark.parametrize("answers", [False, True])
def test_taking_a_name_back_does_not_tell_who_answered_about_the_programme(
    engine: SqliteEngine,
    window: str,
    named: tuple[Asked, Asked],
    lea: Member,
    clock: Clock,
    answers: bool,
) -> None:
    own, programme = named
    if answers:
        answer_all(engine, programme, clock)
    invitations.take_back(engine, invitation_id=own.id, by=lea.id, at=clock())
    found = reports.response(engine, scope_of(lea, Role.LEAD), window)
    assert found[PROGRAMME] == Response(PROGRAMME, 1, 0, Step.of(0, 1))
    (kept,) = engine.rows("SELECT id, address FROM evaluation_invitation")
    assert kept == {"id": programme.id, "address": None}


@pytest.mark.parametrize("answers", [False, True])
def test_who_is_asked_again_gets_the_links_they_did_not_answer(
    engine: SqliteEngine,
    window: str,
    named: tuple[Asked, Asked],
    lea: Member,
    clock: Clock,
    answers: bool,
) -> None:
    own, programme = named
    if answers:
        answer_all(engine, programme, clock)
    invitations.take_back(engine, invitation_id=own.id, by=lea.id, at=clock())
    told = {"respondent": "ib", "name": "Joris de Wit", "address": "joris@school.nl", "by": lea.id}
    done = invitations.with_a_name(engine, window_id=window, school_id=SCHOOL, at=clock(), **told)
    assert done == invitations.Invited(1)
    (letter,) = engine.rows("SELECT body FROM outbox WHERE recipient = 'joris@school.nl'")
    assert (programme.path in letter["body"]) is not answers
