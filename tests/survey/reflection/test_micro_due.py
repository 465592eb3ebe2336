"""For whom a short round waits, and until when."""

import pytest

from survey.database import SqliteEngine
from survey.reflection import reports
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, Signed
from tests.survey.reflection.conftest import JSON, Reflected, Short
from tests.survey.reflection.short import answer


def test_the_address_without_a_name_leads_to_the_round_that_waits(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    key = short()
    assert as_ana.get("/reflectie/kort").location == f"/reflectie/kort/{key}"
    answer(as_ana, key, uses_feedback="3", explains_behaviour="3")
    assert as_ana.get("/reflectie/kort").location == f"/reflectie/kort/{key}"


def test_without_a_focus_there_is_no_short_round(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, short: Short
) -> None:
    reflected(ana, cohorts.bens, days=100)
    key = short()
    for path in ("/reflectie/kort", f"/reflectie/kort/{key}"):
        assert "Er is nu geen korte ronde voor u" in as_ana.get(path).text
    assert answer(as_ana, key, uses_feedback="3").status_code == 303
    assert "korte ronde" not in as_ana.get("/vandaag").text


def test_today_and_the_overview_say_that_a_short_round_waits_until_it_is_answered(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    key = short()
    for page in ("/vandaag", "/reflectie"):
        assert "Uw korte ronde van januari 2026 staat klaar" in as_ana.get(page).text
    answer(as_ana, key, uses_feedback="3", explains_behaviour="NOT_MET_YET")
    for page in ("/vandaag", "/reflectie"):
        assert "korte ronde" not in as_ana.get(page).text


def test_a_short_round_of_another_cohort_is_not_there(
    as_: Signed, cleo: Member, focused: str, short: Short
) -> None:
    key = short()
    assert as_(cleo).get(f"/reflectie/kort/{key}").status_code == 404
    assert answer(as_(cleo), key, uses_feedback="3").status_code == 404


def test_who_joined_after_it_opened_is_not_asked(
    as_ana: HouseClient, engine: SqliteEngine, focused: str, short: Short
) -> None:
    key = short()
    engine.run("UPDATE cohort_member SET since = '2026-01-20'")
    assert as_ana.get(f"/reflectie/kort/{key}").status_code == 404


@pytest.mark.parametrize("days", [1, 8, -1])
def test_still_due_is_said_of_a_short_round_only_while_it_is_open(
    engine: SqliteEngine, ana: Member, cleo: Member, focused: str, short: Short, days: float
) -> None:
    key = short(days=days)
    assert reports.still_due(engine, person_id=ana.id, about=key, at=START) is (days == 1)
    assert not reports.still_due(engine, person_id=cleo.id, about=key, at=START)


def test_still_due_ends_when_all_is_answered(
    as_ana: HouseClient, engine: SqliteEngine, ana: Member, focused: str, short: Short
) -> None:
    key = short()
    answer(as_ana, key, uses_feedback="3")
    assert reports.still_due(engine, person_id=ana.id, about=key, at=START)
    answer(as_ana, key, explains_behaviour="3")
    assert not reports.still_due(engine, person_id=ana.id, about=key, at=START)


def test_still_due_is_said_of_a_full_round_until_it_is_handed_in(
    as_ana: HouseClient, engine: SqliteEngine, ana: Member, cleo: Member, round_id: str
) -> None:
    def due(member: Member) -> bool:
        return reports.still_due(engine, person_id=member.id, about=round_id, at=START)

    assert due(ana)
    assert not due(cleo)
    as_ana.post(f"/reflectie/{round_id}/antwoord", data={"revision": 1, "uses_feedback": "3"}, headers=JSON)
    assert due(ana)
    as_ana.post(f"/reflectie/{round_id}/afronden", data={"revision": 1})
    assert not due(ana)
    as_ana.post(f"/reflectie/{round_id}/verbeteren")
    assert not due(ana), "who corrects has handed in"
    assert not reports.still_due(engine, person_id=ana.id, about="nothing", at=START)
