"""A cohort of schoolcoaches: set up by an operator, on its own form, with its own curve for its trainer."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.cohort import actions, reports
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.questionnaire.fields import Answer
from survey.reflection import actions as reflections
from survey.reflection.closing import Closing
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Cohorts, Member
from tests.survey.reflection.conftest import round_of

NAME, PROFILE = "twente", "schoolcoach"


@pytest.fixture
def twente(app: Flask, engine: SqliteEngine, ben: Member) -> Iterator[str]:
    """The cohort, made with the commands of an operator; Ben trains it."""
    for arguments in (
        ("add-cohort", NAME, "--started", "2025-01-06", "--profile", PROFILE),
        ("add-trainer", ben.email, NAME),
    ):
        assert run(app, *arguments)[0] == 0, arguments
    found = engine.one("SELECT id FROM cohort WHERE name = :name", {"name": NAME})
    assert found
    reports.forget_fits()
    yield str(found["id"])
    reports.forget_fits()


@pytest.fixture
def grown(app: Flask, engine: SqliteEngine, twente: str, add_round: Callable[..., str]) -> str:
    """Nine schoolcoaches went up a level between two rounds that are closed."""
    catalog = app.extensions["catalog"]
    rounds = {level: add_round(twente, days=days, profile=PROFILE) for level, days in ((2, 200), (3, 60))}
    for number in range(9):
        email = f"school{number}@example.org"
        name = f"Schoolcoach {number}"
        key = people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=START)
        actions.join(engine, cohort_id=twente, person_id=key, since=date(2025, 1, 6))
        member = Member(key, name, email)
        for level, round_id in rounds.items():
            held = round_of(engine, round_id, member)
            scope = Scope(key, name, frozenset({Role.COACH}))
            at = held.opens_at + timedelta(days=1)
            answers = {
                item.key: Answer(level + (number % 2 if level == 3 else 0))
                for item in catalog.reflection(PROFILE).items
            }
            act: dict[str, Any] = {"by": scope, "round": held, "clock": lambda at=at: at}
            reflections.save(engine, **act, revision=1, answers=answers, catalog=catalog)
            reflections.close(engine, **act, closing=Closing({}, "", revision=1), final=True)
    return twente


def test_a_round_of_schoolcoaches_asks_their_own_form(
    app: Flask, engine: SqliteEngine, twente: str, ana: Member
) -> None:
    assert run(app, "add-member", ana.email, NAME, "--since", "2025-01-06")[0] == 0
    assert run(app, "add-round", NAME, "--opens", "2026-02-02", "--closes", "2026-02-22")[0] == 0
    row = engine.one("SELECT form, version FROM round")
    assert row == {"form": "reflection-schoolcoach", "version": "1.0-1.0"}


def test_an_unknown_profile_is_named(app: Flask) -> None:
    code, said = run(app, "add-cohort", "x", "--started", "2025-01-06", "--profile", "astronaut")
    assert (code, "There is no profile astronaut." in said) == (1, True)


def test_the_cohort_page_draws_the_curve_of_its_own_form(
    as_: Callable[[Member], HouseClient], ben: Member, grown: str
) -> None:
    client = as_(ben)
    page = client.get(f"/cohorten/{grown}").text
    assert "Het cohort groeide ongeveer 1,4 niveau in 5 maanden" in page
    assert "9 coaches, 18 ingevulde rondes." in page
    layout = json.loads(client.get(f"/cohorten/{grown}/groei.json").text)["figure"]["layout"]
    assert layout["yaxis"]["ticktext"] == ["verken", "oefen", "doe zelf", "ook lastig", "geef door"]
    assert client.get(f"/cohorten/{grown}/deelname.json").status_code == 200


def test_a_trainer_of_two_kinds_of_cohorts_reads_which_this_is(
    as_: Callable[[Member], HouseClient], engine: SqliteEngine, ben: Member, cohorts: Cohorts, twente: str
) -> None:
    client = as_(ben)
    assert "Profiel schoolcoach" in client.get(f"/cohorten/{twente}").text
    assert "Profiel kansencoach" in client.get(f"/cohorten/{cohorts.bens}").text


def test_a_trainer_of_one_kind_reads_no_name_of_it(
    as_: Callable[[Member], HouseClient], dora: Member, cohorts: Cohorts
) -> None:
    assert "Profiel" not in as_(dora).get(f"/cohorten/{cohorts.doras}").text
