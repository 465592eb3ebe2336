"""Links and cards that lead nowhere any more: after withdrawal, after closing, after handing over."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.case.ending import closing, handover
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.case.driving import Case, answer, open_case, replies

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ending = Callable[[Case, Member, Member], None]


def withdrawn(case: Case, coach: Member, _successor: Member) -> None:
    case.withdraw(coach)


def closed(case: Case, coach: Member, _successor: Member) -> None:
    closing.close(
        case.engine,
        case_id=case.id,
        outcome="stopped",
        reason=None,
        helped=None,
        line="",
        by=coach.id,
        at=case.clock(),
    )


def handed_over(case: Case, coach: Member, successor: Member) -> None:
    handover.hand_over(case.engine, case_ids=[case.id], to=successor.id, by=coach.id, at=case.clock())


def coach_left(case: Case, coach: Member, _successor: Member) -> None:
    people.leave(case.engine, person_id=coach.id, at=case.clock(), by=None)


ENDINGS = [withdrawn, closed, handed_over, coach_left]


@pytest.fixture
def case(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, cleo: Member, school_of: Callable[..., str]
) -> Case:
    """Ana's, at a school where Cleo works too; the parents agree."""
    school_of(cleo)
    made = open_case(app, engine, clock, school=school_of(ana), coach=ana)
    made.agree(ana)
    return made


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_open_link_of_a_pupil_is_like_one_that_never_was(
    case: Case, ana: Member, cleo: Member, visitor: FlaskClient, dump: Dump, ending: Ending
) -> None:
    token = case.ask(ana, "pupil")
    sent = replies(case.app, token)
    ending(case, ana, cleo)
    before = dump()
    for path in (f"/c/{token}", f"/c/{token}/nu-niet"):
        page, unknown = visitor.get(path), visitor.get(path.replace(token, "x" * 22))
        assert (page.status_code, unknown.status_code) == (404, 404), path
        assert page.text.replace(token, "") == unknown.text.replace("x" * 22, ""), path
    for data in (sent, {"nu_niet": "1"}, {"stop": "1"}):
        assert visitor.post(f"/c/{token}", data=data).status_code in {400, 404}, data
    assert dump() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_replayed_answer_is_told_like_any_other_and_changes_nothing(
    case: Case, ana: Member, cleo: Member, visitor: FlaskClient, dump: Dump, ending: Ending
) -> None:
    """Whoever holds the link finds out nothing by trying, once what it was for has ended."""
    token = case.ask(ana, "pupil")
    assert answer(case.app, visitor, token, 3) == 303
    ending(case, ana, cleo)
    before = dump()
    assert [answer(case.app, visitor, token, value) for value in (3, 1)] == [409, 409]
    assert dump() == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_answer_kept_offline_that_comes_too_late_is_refused(
    case: Case, ana: Member, cleo: Member, visitor: FlaskClient, dump: Dump, ending: Ending
) -> None:
    """Whatever the clock of the phone said: the moment it arrives counts."""
    token = case.ask(ana, "pupil")
    kept = replies(case.app, token)
    ending(case, ana, cleo)
    before = dump()
    late = visitor.post(f"/c/{token}", data=kept, headers={"Date": "Mon, 19 Jan 2026 10:00:00 GMT"})
    assert late.status_code == 404
    assert dump() == before


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ["parent", "pupil"])
def test_a_card_opens_nothing_more(
    case: Case,
    ana: Member,
    cleo: Member,
    visitor: FlaskClient,
    engine: SqliteEngine,
    ending: Ending,
    kind: str,
) -> None:
    with case.app.app_context():
        card = checkins.make_card(engine, informant_id=case.informant(kind), by=ana.id, at=START)
    path = "/k/" + card.address.rpartition("/")[2]
    assert visitor.get(path).status_code == 200
    ending(case, ana, cleo)
    visitor.post(path)
    asked = engine.one("SELECT count(*) AS n FROM checkin_link")
    still = ending is withdrawn and kind == "parent"
    assert asked == {"n": 1 if still else 0}


@pytest.mark.parametrize("ending", [withdrawn, handed_over])
def test_agreeing_again_wakes_no_earlier_link(
    case: Case, ana: Member, cleo: Member, visitor: FlaskClient, ending: Ending
) -> None:
    token = case.ask(ana, "pupil")
    ending(case, ana, cleo)
    now_of = cleo if ending is handed_over else ana
    case.clock.forward(minutes=1)
    case.agree(now_of)
    assert answer(case.app, visitor, token) == 404
    assert answer(case.app, visitor, case.ask(now_of, "pupil")) == 303


def test_withdrawal_leaves_parents_and_teachers_alone(case: Case, ana: Member, visitor: FlaskClient) -> None:
    tokens = [case.ask(ana, kind) for kind in ("parent", "teacher")]
    case.withdraw(ana)
    assert [answer(case.app, visitor, token) for token in tokens] == [303, 303]


def test_a_pupil_form_for_a_case_without_agreement_is_not_made(
    as_: As, case: Case, ana: Member, dump: Dump
) -> None:
    case.withdraw(ana)
    client = as_(ana)
    before = dump()
    refused = client.post(f"{case.page}/check", data={"who": "pupil-1"})
    assert refused.status_code == 409
    assert "akkoord" in refused.text
    assert dump() == before


def test_the_form_of_a_parent_does_not_answer_the_link_of_a_pupil(
    case: Case, ana: Member, visitor: FlaskClient, dump: Dump
) -> None:
    """The link says which form; what is sent cannot choose another."""
    parent, pupil = case.ask(ana, "parent"), case.ask(ana, "pupil")
    sent = {**replies(case.app, parent), "form": "relationship-parent"}
    before = dump()
    assert visitor.post(f"/c/{pupil}", data=sent).status_code == 400
    assert dump() == before
