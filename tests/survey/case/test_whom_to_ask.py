"""Whom a coach may ask: those the case offers, who agreed, and not who wants no more questions."""

import pytest

from survey.case import actions
from survey.case.informants import Who
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Dump, Member, Signed
from tests.survey.case.asking import SOONER, ask, case_id, link_on, section, stop
from tests.survey.case.test_dose_of_a_case import on_page


@pytest.mark.parametrize("family", ["", "evaluation", "relationship-parent", "Wellbeing"])
def test_an_unknown_check_cannot_be_asked(coach: HouseClient, code: str, dump: Dump, family: str) -> None:
    before = dump()
    data = {"who": "parent-1", "family": family}
    assert coach.post(f"/trajecten/{code}/check", data=data).status_code == 400
    assert dump() == before


@pytest.mark.parametrize(
    ("kind", "who"),
    [("group", "pupil-1"), ("teacher", "pupil-1"), ("teacher", "parent-1"), ("team", "parent-2")],
)
def test_someone_the_kind_of_case_does_not_offer_is_refused(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, dump: Dump, kind: str, who: str
) -> None:
    other = actions.open_case(engine, school_id="school-De Kraanheide", kind=kind, by=ana.id, at=START)
    assert f'value="{who}"' not in coach.get(f"/trajecten/{other}").text
    before = dump()
    for path in ("check", "doel", "vaste-kaart"):
        reply = coach.post(f"/trajecten/{other}/{path}", data={"who": who})
        assert reply.status_code == 409
        assert "In dit traject vraagt u deze persoon niets" in reply.text
    assert dump() == before


def test_a_pupil_without_agreement_is_not_asked_and_the_page_says_why(
    coach: HouseClient, code: str, dump: Dump
) -> None:
    before = dump()
    for path in ("check", "doel", "vaste-kaart"):
        reply = coach.post(f"/trajecten/{code}/{path}", data={"who": "pupil-1", "goal": "calm_start"})
        assert reply.status_code == 409
        assert "U kunt de leerling nog niets vragen" in reply.text
        assert "De ouders zijn nog niet gevraagd." in section(reply.text, "ask")
    assert dump() == before


def test_a_pupil_with_agreement_is_asked_both(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    actions.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    ask(coach, code, "pupil-1")
    ask(coach, code, "pupil-1", "wellbeing")


def test_who_wants_no_more_questions_is_left_alone(
    coach: HouseClient, engine: SqliteEngine, code: str, dump: Dump
) -> None:
    stop(engine, code, Who("parent", 1), START)
    assert "Ouder Wil geen vragen meer. Dat is goed." in on_page(coach, code)
    before = dump()
    reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1", **SOONER})
    assert reply.status_code == 409
    assert "Deze persoon wil geen vragen meer" in reply.text
    assert dump() == before


def test_who_says_so_can_be_asked_again(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    stop(engine, code, Who("parent", 1), START)
    assert coach.post(f"/trajecten/{code}/weer-vragen", data={"who": "parent-1"}).status_code == 303
    ask(coach, code)


def test_nobody_can_be_asked_again_who_never_stopped(coach: HouseClient, code: str, dump: Dump) -> None:
    before = dump()
    assert coach.post(f"/trajecten/{code}/weer-vragen", data={"who": "parent-1"}).status_code == 303
    assert dump() == before


def test_another_coach_finds_none_of_it(
    as_: Signed, cleo: Member, code: str, coach: HouseClient, dump: Dump
) -> None:
    check = ask(coach, code)
    other, before = as_(cleo), dump()
    for path in ("check", "doel", "weer-vragen", "vaste-kaart"):
        data = {"who": "parent-1", "goal": "calm_start"}
        assert other.post(f"/trajecten/{code}/{path}", data=data).status_code == 404
    for path in ("mail", "geef-door", "afspraak", "intrekken"):
        assert other.post(f"{check}/{path}", data={"code": "1234"}).status_code == 404
    assert other.get(f"/trajecten/{code}/vaste-kaart/parent-1").status_code == 404
    assert dump() == before


def test_a_link_to_parents_ends_when_the_case_turns_out_to_be_about_a_teacher(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    link = link_on(coach.get(ask(coach, code)).text)
    for kind, status in (("teacher", 404), ("group", 200)):
        actions.describe(
            engine,
            case_id=case_id(engine, code),
            kind=kind,
            signalled_by="teacher",
            signalled_on=START.date(),
            theme=None,
            by=ana.id,
            at=START,
        )
        assert client.get(link).status_code == status
