"""What an assignment says beforehand in a reflection: visible, counted, and corrected like any answer."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from tests.client import HouseClient
from tests.conftest import Cohorts, Member
from tests.survey.assignment.conftest import assigned as assigned
from tests.survey.reflection.conftest import checked, finish, save, stored, tap

NOT_MINE = "NOT_IN_ASSIGNMENT"
SAYS = "Volgens uw opdracht hoort dit er nu niet bij."
# Only S1 belongs to this task; A1, S7 and S8 belong to no task.
TASKS = ["short_lines"]
INSIDE = {"A1", "S1", "S7", "S8"}


@pytest.fixture
def tasked(assigned: Callable[..., str], ana: Member) -> None:
    """Ana has one task, in her assignment of this school year."""
    assigned(ana, TASKS)


@pytest.fixture
def outside(form: Questionnaire) -> set[str]:
    return {item.key for item in form.items if item.code not in INSIDE}


def test_sentences_outside_the_assignment_stand_filled_in_before_anything_is_stored(
    as_ana: HouseClient,
    round_id: str,
    form: Questionnaire,
    outside: set[str],
    engine: SqliteEngine,
    tasked: None,
) -> None:
    page = as_ana.get(f"/reflectie/{round_id}/attitude").text
    attitude = [item.key for item in form.in_block("attitude") if item.key in outside]
    assert checked(page) == [f"{item}={NOT_MINE}" for item in attitude]
    assert page.count(SAYS) == len(attitude) == 5
    assert "5 van 6 beantwoord" in page
    assert "Ongeveer 1 minuten." in as_ana.get("/vandaag").text
    assert stored(engine) == {}


def test_the_first_answer_stores_them_all_and_each_can_be_corrected(
    as_ana: HouseClient, round_id: str, outside: set[str], engine: SqliteEngine, tasked: None
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    assert stored(engine) == {"uses_feedback": 3, **dict.fromkeys(outside, NOT_MINE)}
    tap(as_ana, round_id, flexible_hours="4")
    assert stored(engine)["flexible_hours"] == 4
    page = as_ana.get(f"/reflectie/{round_id}/attitude").text
    assert "flexible_hours=4" in checked(page)


def test_a_correction_made_first_wins_and_what_is_made_empty_stays_empty(
    as_ana: HouseClient, round_id: str, engine: SqliteEngine, tasked: None
) -> None:
    tap(as_ana, round_id, flexible_hours="2")
    assert stored(engine)["flexible_hours"] == 2
    tap(as_ana, round_id, clear="flexible_hours")
    assert "flexible_hours" not in stored(engine)
    assert "flexible_hours" not in " ".join(checked(as_ana.get(f"/reflectie/{round_id}/attitude").text))


def test_taking_back_what_was_filled_in_beforehand_starts_the_rest(
    as_ana: HouseClient, round_id: str, outside: set[str], engine: SqliteEngine, tasked: None
) -> None:
    tap(as_ana, round_id, clear="flexible_hours")
    assert stored(engine) == dict.fromkeys(outside - {"flexible_hours"}, NOT_MINE)


def test_without_script_the_page_keeps_what_it_shows(
    as_ana: HouseClient,
    round_id: str,
    form: Questionnaire,
    outside: set[str],
    engine: SqliteEngine,
    tasked: None,
) -> None:
    first = form.in_block("attitude")[0].key
    as_shown = {"was-flexible_hours": NOT_MINE, "flexible_hours": NOT_MINE, first: "3"}
    assert save(as_ana, round_id, "attitude", **as_shown).status_code == 303
    assert stored(engine) == {first: 3, **dict.fromkeys(outside, NOT_MINE)}


def test_what_stands_filled_in_alone_is_no_reflection(
    as_ana: HouseClient, round_id: str, engine: SqliteEngine, tasked: None
) -> None:
    reply = finish(as_ana, round_id)
    assert reply.status_code == 422
    assert "Beantwoord eerst minstens één zin." in reply.text
    assert stored(engine) == {}


def test_correcting_a_reflection_fills_in_nothing_again(
    as_ana: HouseClient, ana: Member, round_id: str, assigned: Callable[..., str], engine: SqliteEngine
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    assigned(ana, TASKS)
    as_ana.post(f"/reflectie/{round_id}/verbeteren")
    tap(as_ana, round_id, revision=2, uses_feedback="4")
    assert stored(engine, revision=2) == {"uses_feedback": 4}


@pytest.mark.parametrize("of", ["nobody", "Cleo", "another year", "another profile"])
def test_an_assignment_that_is_not_of_this_coach_year_and_profile_fills_in_nothing(
    of: str,
    as_ana: HouseClient,
    ana: Member,
    cleo: Member,
    round_id: str,
    assigned: Callable[..., str],
    engine: SqliteEngine,
) -> None:
    if of == "Cleo":
        assigned(cleo, TASKS)
    if of == "another year":
        assigned(ana, TASKS, year="2026-2027")
    if of == "another profile":
        assigned(ana, roles=["team_coach"])
    page = as_ana.get(f"/reflectie/{round_id}/attitude").text
    assert (checked(page), SAYS in page) == ([], False)
    tap(as_ana, round_id, uses_feedback="3")
    assert stored(engine) == {"uses_feedback": 3}


def test_a_sentence_that_one_of_two_schools_asks_for_is_asked(
    as_ana: HouseClient, ana: Member, round_id: str, assigned: Callable[..., str], tasked: None
) -> None:
    assigned(ana, ["visible_at_school"], school="Het Wollegras")
    assert "3 van 6 beantwoord" in as_ana.get(f"/reflectie/{round_id}/attitude").text


def test_a_round_that_closed_says_nothing_that_was_not_said(
    as_ana: HouseClient, cohorts: Cohorts, add_round: Callable[..., str], catalog: Catalog, tasked: None
) -> None:
    closed = add_round(cohorts.bens, days=60)
    assert "U hebt deze ronde niet ingevuld" in as_ana.get(f"/reflectie/{closed}").text
