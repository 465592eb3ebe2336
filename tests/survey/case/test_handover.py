"""Handing cases over: what goes along, what ends, and how little a lead sees of it."""

import threading
from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.case.ending import closing, handover
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.case.driving import Case, answer, open_case

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
PAGE = "/trajecten/overdragen"
LEADS = "/overdracht"


@pytest.fixture
def school(ana: Member, cleo: Member, school_of: SchoolOf) -> str:
    """Where Ana and Cleo both work."""
    school_of(cleo)
    return school_of(ana)


@pytest.fixture
def case(app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school: str) -> Case:
    return open_case(app, engine, clock, school=school, coach=ana)


def give(case: Case, to: Member, by: Member, also: Sequence[Case] = ()) -> None:
    ids = [case.id, *(one.id for one in also)]
    handover.hand_over(case.engine, case_ids=ids, to=to.id, by=by.id, at=case.clock())


def coach_of(case: Case) -> object:
    row = case.engine.one('SELECT coach_id FROM "case" WHERE id = :id', {"id": case.id})
    assert row
    return row["coach_id"]


def left(engine: SqliteEngine, member: Member) -> None:
    people.leave(engine, person_id=member.id, at=START, by=None)


def test_the_successor_sees_the_answers_and_the_former_coach_sees_nothing(
    app: Flask, as_: As, ana: Member, cleo: Member, case: Case
) -> None:
    answer(app, app.test_client(), case.ask(ana, "parent"))
    was, becomes = as_(ana), as_(cleo)
    said = was.post(PAGE, data={"school": "school-De Kraanheide", "cases": case.code, "to": cleo.id})
    assert said.status_code == 303
    told = was.get(said.location).text
    assert "1 traject van De Kraanheide is nu van Cleo." in told
    assert case.code not in told
    assert was.get(case.page).status_code == 404
    assert becomes.get(case.page).status_code == 200
    assert "Overgenomen" in becomes.get(case.page).text
    assert case.code in becomes.get("/trajecten").text
    assert "U hebt 1 traject overgenomen" in becomes.get("/vandaag").text


def test_agreement_is_asked_again_and_the_pupil_waits_for_it(ana: Member, cleo: Member, case: Case) -> None:
    case.agree(ana)
    give(case, cleo, ana)
    assert [row["ended_because"] for row in case.rows("agreement")] == ["handed_over"]
    with pytest.raises(checkins.MayNotAsk):
        case.ask(cleo, "pupil")
    case.agree(cleo)
    assert case.ask(cleo, "pupil")


def test_private_lines_are_deleted_and_not_handed_over(
    as_: As, ana: Member, cleo: Member, case: Case
) -> None:
    case.write(ana, "alleen van Ana")
    give(case, cleo, ana)
    assert case.rows("note") == []
    assert "alleen van Ana" not in as_(cleo).get(case.page).text


def test_open_links_and_cards_end_and_planned_talks_stay(
    app: Flask, engine: SqliteEngine, ana: Member, cleo: Member, case: Case
) -> None:
    token = case.ask(ana, "parent")
    case.plan(ana, START.date())
    card = {"id": "card", "informant_id": case.informant("parent"), "token_hash": "0" * 64, "created_at": "x"}
    engine.insert("card", card)
    give(case, cleo, ana)
    assert answer(app, app.test_client(), token) == 404
    assert engine.one("SELECT id FROM card WHERE revoked_at IS NULL") is None
    assert [row["state"] for row in case.rows("talk")] == ["planned"]
    assert answer(app, app.test_client(), case.ask(cleo, "parent")) == 303


def test_a_link_to_a_case_without_its_coach_does_not_wake_up_by_handing_over(
    app: Flask, engine: SqliteEngine, ana: Member, cleo: Member, lea: Member, case: Case, school: str
) -> None:
    token = case.ask(ana, "parent")
    left(engine, ana)
    assert answer(app, app.test_client(), token) == 404
    handover.pass_on(engine, school_id=school, to=cleo.id, by=lea.id, at=START)
    assert answer(app, app.test_client(), token) == 404


def test_all_of_the_cases_go_or_none(
    app: Flask,
    engine: SqliteEngine,
    clock: Clock,
    ana: Member,
    cleo: Member,
    case: Case,
    school: str,
    dump: Dump,
) -> None:
    closed = open_case(app, engine, clock, school=school, coach=ana)
    closing.close(
        engine, case_id=closed.id, outcome="moved", reason=None, helped=None, line="", by=ana.id, at=START
    )
    before = dump()
    with pytest.raises(handover.CannotHandOver):
        give(case, cleo, ana, also=[closed])
    assert dump() == before


def test_only_the_coach_hands_over_and_only_to_a_coach_who_works_there(
    engine: SqliteEngine, ana: Member, cleo: Member, ben: Member, school_of: SchoolOf, case: Case, dump: Dump
) -> None:
    elsewhere = people.add_person(
        engine, name="Noor", email="noor@example.org", roles=[Role.COACH], by=None, at=START
    )
    school_of(ben)  # works there too, and is no coach
    before = dump()
    for to, by in ((elsewhere, ana), (ben.id, ana), (ana.id, ana), (cleo.id, cleo), ("nobody", ana)):
        with pytest.raises(handover.CannotHandOver):
            handover.hand_over(engine, case_ids=[case.id], to=to, by=by.id, at=START)
    assert dump() == before
    left(engine, cleo)
    with pytest.raises(handover.CannotHandOver):
        give(case, cleo, ana)


def test_with_one_school_and_one_successor_two_taps_do(
    as_: As, ana: Member, cleo: Member, case: Case
) -> None:
    client = as_(ana)
    page = client.get(f"{PAGE}?code={case.code}").text
    assert page.count(" checked") == 2
    assert "Privéregels van de coach gaan niet mee." in page
    for missing, said in (
        ({"to": cleo.id}, "Kies ten minste één traject."),
        ({"cases": case.code}, "Kies een coach."),
    ):
        refused = client.post(PAGE, data=missing)
        assert refused.status_code == 422
        assert said in refused.text
    assert coach_of(case) == ana.id


def test_with_two_schools_one_is_chosen_first(
    app: Flask, engine: SqliteEngine, clock: Clock, as_: As, ana: Member, case: Case, school_of: SchoolOf
) -> None:
    other = open_case(app, engine, clock, school=school_of(ana, "Het Wollegras"), coach=ana)
    client = as_(ana)
    schools = client.get(PAGE).text
    assert "De Kraanheide" in schools
    assert "Het Wollegras" in schools
    assert case.code not in schools
    there = client.get(f"{PAGE}?code={other.code}").text
    assert "Er is hier nog geen andere coach" in there
    assert client.post(PAGE, data={"school": "school-Het Wollegras", "cases": other.code}).status_code == 409


def test_without_open_cases_there_is_nothing_to_hand_over(as_: As, ana: Member) -> None:
    client = as_(ana)
    assert "U hebt geen open trajecten" in client.get(PAGE).text
    assert client.post(PAGE).status_code == 409


def test_a_successor_who_left_meanwhile_gets_nothing(
    engine: SqliteEngine, as_: As, ana: Member, cleo: Member, case: Case
) -> None:
    client = as_(ana)
    left(engine, cleo)
    refused = client.post(PAGE, data={"school": "school-De Kraanheide", "cases": case.code, "to": cleo.id})
    assert refused.status_code == 409
    assert coach_of(case) == ana.id


def test_the_lead_sees_a_number_and_passes_the_cases_on(
    app: Flask,
    engine: SqliteEngine,
    clock: Clock,
    as_: As,
    ana: Member,
    cleo: Member,
    lea: Member,
    case: Case,
    school: str,
) -> None:
    other = open_case(app, engine, clock, school=school, coach=ana)
    lead = as_(lea)
    assert "Elk open traject heeft een coach" in lead.get(LEADS).text
    assert LEADS not in lead.get("/vandaag").text
    left(engine, ana)
    assert "2 open trajecten hebben geen coach meer." in lead.get("/vandaag").text
    page = lead.get(LEADS).text
    assert "2 open trajecten zonder coach" in page
    assert not [word for word in (case.code, other.code, case.id, "Ana") if word in page]
    done = lead.post(LEADS, data={"school": school, "to": cleo.id})
    assert done.status_code == 303
    assert "De trajecten zijn overgedragen." in lead.get(done.location).text
    assert {coach_of(case), coach_of(other)} == {cleo.id}
    assert lead.get(case.page).status_code == 404
    rows = engine.rows("SELECT from_id, to_id, handed_by FROM handover")
    assert rows == [{"from_id": ana.id, "to_id": cleo.id, "handed_by": lea.id}] * 2


def test_cases_whose_coach_is_here_are_not_the_leads_to_pass_on(
    engine: SqliteEngine, as_: As, cleo: Member, lea: Member, case: Case, school: str, dump: Dump
) -> None:
    lead = as_(lea)
    before = dump()
    assert lead.post(LEADS, data={"school": school, "to": cleo.id}).status_code == 409
    assert dump() == before


def test_a_school_without_a_coach_says_what_to_do_first(
    engine: SqliteEngine, as_: As, ana: Member, cleo: Member, lea: Member, case: Case, school: str
) -> None:
    lead = as_(lea)
    left(engine, ana)
    refused = lead.post(LEADS, data={"school": school})
    assert refused.status_code == 422
    assert "Kies een coach." in refused.text
    left(engine, cleo)
    assert (
        "Vraag de beheerder van Groeispiegel om een coach aan deze school toe te voegen."
        in lead.get(LEADS).text
    )


def test_a_case_that_was_passed_on_can_be_passed_on_again(
    engine: SqliteEngine, ana: Member, cleo: Member, lea: Member, case: Case, school: str, school_of: SchoolOf
) -> None:
    left(engine, ana)
    assert handover.pass_on(engine, school_id=school, to=cleo.id, by=lea.id, at=START) == 1
    noor = Member(
        people.add_person(engine, name="Noor", email="n@example.org", roles=[Role.COACH], by=None, at=START),
        "Noor",
        "n@example.org",
    )
    school_of(noor)
    left(engine, cleo)
    assert handover.pass_on(engine, school_id=school, to=noor.id, by=lea.id, at=START) == 1
    assert coach_of(case) == noor.id


def test_two_leads_at_once_double_nothing_and_lose_nothing(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, cleo: Member, lea: Member, school: str
) -> None:
    cases = [open_case(app, engine, clock, school=school, coach=ana) for _ in range(4)]
    left(engine, ana)
    numbers: list[int] = []
    ready = threading.Barrier(4)

    def pass_on() -> None:
        with app.extensions["database"].session() as own:
            ready.wait()
            numbers.append(handover.pass_on(own, school_id=school, to=cleo.id, by=lea.id, at=START))

    leads = [threading.Thread(target=pass_on) for _ in range(4)]
    for lead in leads:
        lead.start()
    for lead in leads:
        lead.join()
    assert sorted(numbers) == [0, 0, 0, 4]
    assert {coach_of(case) for case in cases} == {cleo.id}
    assert len(engine.rows("SELECT id FROM handover")) == 4


def test_the_page_of_someone_who_leaves_says_to_hand_over_first(as_: As, ana: Member, lea: Member) -> None:
    page = as_(lea).get(f"/mensen/{ana.id}/vertrek").text
    assert "Heeft Ana nog open trajecten?" in page
    assert f'href="{LEADS}"' in page


def test_handing_over_is_in_the_audit_log_without_content(
    engine: SqliteEngine, ana: Member, cleo: Member, case: Case
) -> None:
    give(case, cleo, ana)
    (noted,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'case-handed-over'")
    assert noted == {"person_id": ana.id, "object": case.id}
