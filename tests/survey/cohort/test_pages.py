"""What a trainer sees of a cohort, and what nobody sees."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.clock import stamp
from survey.cohort import actions, reports, store
from survey.cohort.numbers import reports as numbers
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.questionnaire.catalog import Catalog
from tests.analysis.frames import TEXTS
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.cohort.conftest import Answer
from tests.survey.questionnaire.samples import Data, with_next


def test_a_trainer_lands_on_the_own_cohort(
    as_: Callable[[Member], HouseClient], ben: Member, cohorts: Cohorts
) -> None:
    client = as_(ben)
    reply = client.get("/cohorten", follow_redirects=True)
    assert reply.request.path == f"/cohorten/{cohorts.bens}"
    assert "voorjaar" not in reply.text


@pytest.mark.parametrize("page", ["", "/groei.json", "/deelname.json"])
def test_a_cohort_of_another_trainer_is_not_there(
    as_: Callable[[Member], HouseClient], dora: Member, cohorts: Cohorts, page: str
) -> None:
    client = as_(dora)
    assert client.get(f"/cohorten/{cohorts.bens}{page}").status_code == 404
    assert client.get(f"/cohorten/nothing{page}").status_code == 404


def test_a_trainer_without_a_cohort_reads_what_to_do(
    as_: Callable[[Member], HouseClient], dora: Member
) -> None:
    assert "Vraag de beheerder" in as_(dora).get("/cohorten").text


def test_an_open_round_shows_who_is_due_and_never_an_answer(
    bens_page: Callable[..., str],
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
) -> None:
    answer(add_round(cohorts.bens), coaches[0], 3)
    text = bens_page()
    assert "1 van de 10 coaches zijn klaar" in text
    assert "Coach 0" not in text
    assert "Ana" in text
    assert "een regel die niemand anders leest" not in text


def test_the_curve_of_closed_rounds_is_a_finding_with_an_interval(
    bens_page: Callable[..., str], two_closed_rounds: tuple[str, str]
) -> None:
    text = bens_page()
    assert "Het cohort groeide ongeveer 1,4 niveau in 3 maanden" in text
    assert text.index("Het cohort groeide") < text.index('class="plot"') < text.index("Toon cijfers")


def test_a_round_counts_only_after_it_closes(
    bens_page: Callable[..., str],
    cohorts: Cohorts,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    add_round: Callable[..., str],
    answer: Answer,
    clock: Clock,
) -> None:
    before = bens_page("/groei.json")
    third = add_round(cohorts.bens, days=1)
    for person in coaches:
        answer(third, person, 5)
    assert bens_page("/groei.json") == before, "no answer of an open round moves the curve"
    clock.forward(days=30)
    assert bens_page("/groei.json") != before


def test_a_cohort_of_seven_has_no_curve_and_the_page_says_why(
    as_: Callable[[Member], HouseClient],
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
) -> None:
    for days in (130, 40):
        round_id = add_round(cohorts.bens, days=days)
        for person in coaches[:7]:
            answer(round_id, person, 3)
    client = as_(ben)
    text = client.get(f"/cohorten/{cohorts.bens}").text
    assert "Vanaf acht coaches met antwoorden tekenen we een lijn. Zo blijft niemand herkenbaar." in text
    assert client.get(f"/cohorten/{cohorts.bens}/groei.json").status_code == 404


def test_the_newest_revision_counts_once(
    engine: SqliteEngine,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    answer: Callable[..., None],
) -> None:
    answer(two_closed_rounds[1], coaches[0], 1, 2)
    rows = store.answers(
        engine,
        Scope(ben.id, "Ben", frozenset({Role.TRAINER})),
        cohort_id=cohorts.bens,
        at=stamp(START),
    )
    mine = [row for row in rows if row["person"] == coaches[0] and row["round"] == two_closed_rounds[1]]
    assert len(mine) == 17
    assert {row["value"] for row in mine} == {1}


def test_the_grey_raw_mean_is_off_until_asked_for(
    as_: Callable[[Member], HouseClient], ben: Member, cohorts: Cohorts, two_closed_rounds: tuple[str, str]
) -> None:
    client, page = as_(ben), f"/cohorten/{cohorts.bens}"

    def shown(query: str) -> int:
        traces = json.loads(client.get(f"{page}/groei.json{query}").text)["figure"]["data"]
        return sum(trace.get("visible", True) is True for trace in traces)

    assert shown("?grijs=1") == shown("") + 1
    assert "Daarom valt het vaak te hoog uit" in client.get(f"{page}?grijs=1").text


def test_who_left_the_programme_during_a_round_is_not_waited_for(
    bens_page: Callable[..., str],
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
) -> None:
    answer(add_round(cohorts.bens), coaches[0], 3)
    with app.app_context():
        for person in coaches[:2]:
            people.leave(engine, person_id=person, at=START, by=None)
    text = bens_page()
    assert "1 van de 9 coaches zijn klaar" in text, "who had submitted still counts"
    assert "Coach 1" not in text
    assert "Coach 2" in text
    assert "leverde 1 van de 9 coaches een reflectie in" in text


def test_who_leaves_after_a_round_closed_stays_in_its_numbers(
    bens_page: Callable[..., str],
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
) -> None:
    add_round(cohorts.bens, days=40)
    with app.app_context():
        people.leave(engine, person_id=coaches[0], at=START, by=None)
    assert "leverden 0 van de 10 coaches hun reflectie in" in bens_page()


def test_an_item_that_was_not_asked_before_does_not_lift_the_curve(
    engine: SqliteEngine, tmp_path: Path, ben: Member, cohorts: Cohorts, two_closed_rounds: tuple[str, str]
) -> None:
    def add_item(profile: Data) -> None:
        new = {"key": "brand_new", "code": "A9", "change": "new"}
        profile["competencies"].append(profile["competencies"][0] | new)

    def curve(catalog: Catalog) -> str:
        reports.forget_fits()
        engine.run("DELETE FROM cohort_release")
        built = reports.growth(
            engine,
            Scope(ben.id, "Ben", frozenset({Role.TRAINER})),
            cohort=reports.Cohort(cohorts.bens, "najaar", "kansencoach", date(2025, 9, 1)),
            at=START,
            texts=TEXTS,
            catalog=catalog,
        )
        return built.json

    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", add_item)
    before, last = curve(catalog), two_closed_rounds[1]
    engine.run("UPDATE round SET version = '2.1-1.0' WHERE id = :id", {"id": last})
    engine.run(
        "INSERT INTO reflection_answer SELECT id, 'brand_new', '2.1-1.0', 5, NULL, started_at "
        "FROM reflection WHERE round_id = :id",
        {"id": last},
    )
    assert curve(catalog) == before


@pytest.mark.usefixtures("coaches")
def test_someone_who_left_is_not_due_any_more(
    bens_page: Callable[..., str],
    engine: SqliteEngine,
    ana: Member,
    cohorts: Cohorts,
    add_round: Callable[..., str],
) -> None:
    actions.leave_cohort(engine, cohort_id=cohorts.bens, person_id=ana.id, until=date(2025, 12, 31))
    add_round(cohorts.bens)
    text = bens_page()
    assert "0 van de 9 coaches" in text
    assert "Ana" not in text


def test_a_kept_fit_is_used_until_a_round_closes(
    as_: Callable[[Member], HouseClient],
    ben: Member,
    cohorts: Cohorts,
    two_closed_rounds: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports.forget_fits()
    client, fits = as_(ben), Mock(wraps=numbers._computed)
    monkeypatch.setattr(numbers, "_computed", fits)
    for _ in range(3):
        client.get(f"/cohorten/{cohorts.bens}")
    assert fits.call_count == 1


def test_last_day_is_the_day_before_midnight() -> None:
    closes = datetime.fromisoformat("2026-01-31T23:00:00+00:00")
    assert reports.OpenRound(closes, 1, 0, ()).last_day == date(2026, 1, 31)
    assert reports.OpenRound(closes + timedelta(hours=2), 1, 0, ()).last_day == date(2026, 2, 1)
