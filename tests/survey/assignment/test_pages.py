"""A lead notes what a coach does at a school; the coach sees it and corrects it; nobody else does either."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from survey.access.permissions import NotYours, Role
from survey.assignment import actions, reports
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.assignment.conftest import YEAR

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
CHOSEN = {"roles": ["connector"], "tasks": ["short_lines", "school_network"]}


@pytest.fixture
def leas(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


def noted(engine: SqliteEngine) -> list[dict[str, Any]]:
    return engine.rows(
        "SELECT a.school_year, p.name AS by, a.noted_at FROM assignment a JOIN person p ON p.id = a.noted_by"
    )


def tasks(engine: SqliteEngine) -> set[str]:
    return {row["task"] for row in engine.rows("SELECT task FROM assignment_task")}


def shown(page: str) -> str:
    (found,) = re.findall(r'name="shown" value="(\w*)"', page)
    return str(found)


def test_a_lead_notes_roles_and_tasks_and_the_coach_sees_them(
    leas: HouseClient,
    as_: Signed,
    ana: Member,
    cohorts: Cohorts,
    school_of: Callable[..., str],
    engine: SqliteEngine,
) -> None:
    school_id = school_of(ana)
    chosen = leas.get(f"/mensen/{ana.id}/opdracht", query_string={"school": school_id})
    assert unquote(chosen.location) == f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}"
    reply = leas.post(chosen.location, data=CHOSEN)
    assert (reply.status_code, reply.location) == (303, f"/mensen/{ana.id}/opdracht?jaar={YEAR}")
    assert noted(engine) == [{"school_year": YEAR, "by": "Lea", "noted_at": "2026-01-20T10:00:00+00:00"}]
    for client, address in ((as_(ana), "/opdracht"), (leas, reply.location)):
        page = client.get(address).text
        assert "Het netwerk rond de school gebruiken en groter maken" in page
        assert "Genoteerd door Lea op 20 januari 2026." in page
    assert "1 rol, 2 taken" in leas.get(f"/mensen/{ana.id}").text


def test_the_coach_corrects_it_and_the_lead_sees_who_did(
    leas: HouseClient,
    as_: Signed,
    ana: Member,
    cohorts: Cohorts,
    assigned: Callable[..., str],
    engine: SqliteEngine,
    clock: Clock,
) -> None:
    address = f"/opdracht/{YEAR}/{assigned(ana, ['short_lines'], ['connector'])}"
    clock.forward(hours=1)
    anas = as_(ana)
    page = anas.get(address).text
    assert re.findall(r'value="(\w+)" checked', page) == ["connector", "short_lines"]
    reply = anas.post(address, data={"tasks": ["practical_tips"], "shown": shown(page)})
    assert (reply.status_code, reply.location) == (303, f"/opdracht?jaar={YEAR}")
    assert tasks(engine) == {"practical_tips"}
    assert noted(engine) == [{"school_year": YEAR, "by": "Ana", "noted_at": "2026-01-20T11:00:00+00:00"}]
    assert "Genoteerd door Ana" in leas.get(f"/mensen/{ana.id}/opdracht").text
    acts = engine.rows("SELECT person_id FROM audit WHERE act = 'assignment-noted' ORDER BY id")
    assert acts[-1] == {"person_id": ana.id}


def test_a_coach_notes_it_first_at_a_school_of_their_own(
    as_: Signed, ana: Member, cohorts: Cohorts, school_of: Callable[..., str], engine: SqliteEngine
) -> None:
    address = f"/opdracht/{YEAR}/{school_of(ana)}"
    assert as_(ana).post(address, data=CHOSEN).status_code == 303
    assert tasks(engine) == set(CHOSEN["tasks"])


def test_a_coach_notes_nothing_at_a_school_of_others_or_for_others(
    as_: Signed, ana: Member, cleo: Member, cohorts: Cohorts, assigned: Callable[..., str], dump: Dump
) -> None:
    school_id = assigned(cleo, ["short_lines"])
    anas, before = as_(ana), dump()
    assert anas.get(f"/opdracht/{YEAR}/{school_id}").status_code == 404
    assert anas.post(f"/opdracht/{YEAR}/{school_id}", data=CHOSEN).status_code == 404
    assert "De Kraanheide" not in anas.get("/opdracht").text
    assert dump() == before


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Kies ten minste één rol of één taak."),
        ({"tasks": ["short_lines", "cooking"]}, "Er stond een keuze tussen die hier niet hoort."),
        ({"roles": ["director"]}, "Er stond een keuze tussen die hier niet hoort."),
        ({"roles": ["team_coach"]}, "Er stond een keuze tussen die hier niet hoort."),
    ],
)
def test_what_cannot_be_noted_is_refused_in_words(
    sent: dict[str, list[str]],
    says: str,
    leas: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    school_of: Callable[..., str],
    dump: Dump,
) -> None:
    address, before = f"/mensen/{ana.id}/opdracht/{YEAR}/{school_of(ana)}", dump()
    reply = leas.post(address, data=sent)
    assert reply.status_code == 422
    assert says in reply.text
    assert ('value="short_lines" checked' in reply.text) is ("short_lines" in sent.get("tasks", ()))
    assert dump() == before


def test_an_older_page_does_not_undo_what_someone_else_noted_since(
    leas: HouseClient, as_: Signed, ana: Member, cohorts: Cohorts, assigned: Callable[..., str], dump: Dump
) -> None:
    school_id = assigned(ana, ["short_lines"])
    page = leas.get(f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}").text
    as_(ana).post(f"/opdracht/{YEAR}/{school_id}", data={"tasks": ["practical_tips"], "shown": shown(page)})
    before = dump()
    mine = {"tasks": ["group_dynamics"], "shown": shown(page)}
    reply = leas.post(f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}", data=mine)
    assert reply.status_code == 409
    assert "Dit is intussen veranderd." in reply.text
    assert 'value="group_dynamics" checked' in reply.text
    assert "Praktische tips geven aan leerkrachten of ouders</p>" in reply.text
    assert dump() == before
    again = {**mine, "shown": shown(reply.text)}
    assert leas.post(f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}", data=again).status_code == 303


def test_noting_the_same_again_changes_nothing(
    leas: HouseClient, ana: Member, cohorts: Cohorts, school_of: Callable[..., str], dump: Dump
) -> None:
    address = f"/mensen/{ana.id}/opdracht/{YEAR}/{school_of(ana)}"
    leas.post(address, data=CHOSEN)
    before = dump()
    assert leas.post(address, data={**CHOSEN, "shown": shown(leas.get(address).text)}).status_code == 303
    assert dump() == before


def test_what_belongs_to_a_profile_of_before_stays_when_the_rest_is_corrected(
    leas: HouseClient, ana: Member, cohorts: Cohorts, assigned: Callable[..., str], engine: SqliteEngine
) -> None:
    school_id = assigned(ana, ["short_lines"], ["team_coach"])
    address = f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}"
    leas.post(address, data={"tasks": ["practical_tips"], "shown": shown(leas.get(address).text)})
    assert engine.rows("SELECT role FROM assignment_role") == [{"role": "team_coach"}]
    assert tasks(engine) == {"practical_tips"}


def test_a_lead_takes_an_assignment_away_and_a_coach_cannot(
    leas: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    assigned: Callable[..., str],
    engine: SqliteEngine,
) -> None:
    school_id = assigned(ana, ["short_lines"], ["connector"])
    with pytest.raises(NotYours):
        actions.withdraw(
            engine, person_id=ana.id, school_id=school_id, school_year=YEAR, by=scope_of(ana), at=START
        )
    address = f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}/weg"
    assert leas.post(address).status_code == 303
    for table in ("assignment", "assignment_role", "assignment_task"):
        assert engine.rows(f"SELECT * FROM {table}") == []
    assert leas.post(address).status_code == 404


@pytest.mark.parametrize("year", ["2023-2024", "2027-2028", "2025", "nooit", "2025-2027"])
def test_a_school_year_out_of_reach_is_not_there(
    year: str, leas: HouseClient, ana: Member, cohorts: Cohorts, school_of: Callable[..., str]
) -> None:
    school_id = school_of(ana)
    assert leas.get(f"/mensen/{ana.id}/opdracht/{year}/{school_id}").status_code == 404
    assert leas.get(f"/mensen/{ana.id}/opdracht?jaar={year}").status_code == 404


def test_each_school_year_has_its_own(
    leas: HouseClient, ana: Member, cohorts: Cohorts, assigned: Callable[..., str]
) -> None:
    assigned(ana, ["short_lines"], year="2026-2027")
    assert "Voor 2025–2026 is nog niets genoteerd" in leas.get(f"/mensen/{ana.id}/opdracht").text
    assert "1 taak" in leas.get(f"/mensen/{ana.id}/opdracht?jaar=2026-2027").text


def test_without_a_cohort_the_page_says_what_comes_first(
    leas: HouseClient, as_: Signed, ana: Member, school_of: Callable[..., str]
) -> None:
    school_id = school_of(ana)
    assert f'href="/mensen/{ana.id}#cohorten"' in leas.get(f"/mensen/{ana.id}/opdracht").text
    assert "doet in geen cohort mee" in as_(ana).get("/opdracht").text
    assert "doet in geen cohort mee" in leas.get(f"/mensen/{ana.id}/opdracht/{YEAR}/{school_id}").text


def test_a_coach_without_a_school_is_told_whom_to_ask(as_: Signed, ana: Member, cohorts: Cohorts) -> None:
    assert "U werkt in dit schooljaar nog op geen school." in as_(ana).get("/opdracht").text


def test_only_a_coach_who_is_here_has_an_assignment(
    leas: HouseClient, ana: Member, ben: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    assert leas.get(f"/mensen/{ben.id}/opdracht").status_code == 404
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert leas.get(f"/mensen/{ana.id}/opdracht").status_code == 404


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_nobody_else_reads_what_a_coach_is_asked_to_do(
    role: Role,
    engine: SqliteEngine,
    ana: Member,
    cleo: Member,
    cohorts: Cohorts,
    assigned: Callable[..., str],
) -> None:
    assigned(ana, ["short_lines"])
    other = scope_of(cleo, role)
    assert reports.of_coach(engine, other, ana.id, YEAR) == ()
    assert reports.coach_name(engine, other, ana.id) is None
    assert reports.of(engine, scope_of(ana, Role.TRAINER), YEAR) == ()
    assert [one.school for one in reports.of(engine, scope_of(ana), YEAR)] == ["De Kraanheide"]
