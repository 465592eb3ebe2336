"""A round of Ana that is open, how its pages are posted, and what is stored of it."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey.clock import stamp
from survey.cohort.reports import Round
from survey.database import SqliteEngine, new_key
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import actions, store
from survey.reflection.closing import Closing
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of

JSON = {"Accept": "application/json"}
THREE = ["uses_feedback", "flexible_hours", "knows_local_services"]
Reflected = Callable[..., str]
Short = Callable[..., str]
FOCUS = {"uses_feedback": "Elke keer vragen.", "explains_behaviour": ""}


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    found = app.extensions["catalog"]
    assert isinstance(found, Catalog)
    return found


@pytest.fixture
def form(catalog: Catalog) -> Questionnaire:
    return catalog.reflection("kansencoach")


@pytest.fixture
def round_id(cohorts: Cohorts, add_round: Callable[..., str]) -> str:
    """A round of Ana's cohort, open for two more weeks."""
    return add_round(cohorts.bens)


@pytest.fixture
def as_ana(as_: Callable[[Member], HouseClient], ana: Member) -> HouseClient:
    return as_(ana)


def round_of(engine: SqliteEngine, round_id: str, member: Member) -> Round:
    row = store.round_of(engine, round_id, scope=scope_of(member))
    assert row is not None
    return Round.of(row)


@pytest.fixture
def reflected(engine: SqliteEngine, catalog: Catalog, add_round: Callable[..., str]) -> Callable[..., str]:
    """A finished round of someone, some months ago: every item at this level unless told otherwise."""

    def add(
        member: Member,
        cohort_id: str,
        *,
        days: float,
        level: int = 2,
        but: Mapping[str, Answer | None] | None = None,
        focus: Mapping[str, str] | None = None,
        line: str = "",
        profile: str = "kansencoach",
    ) -> str:
        round_id = add_round(cohort_id, days=days, profile=profile)
        form = catalog.reflection(profile)
        by, at = scope_of(member), START - timedelta(days=days - 1)
        held = round_of(engine, round_id, member)
        chosen: dict[str, Answer | None] = {item.key: Answer(level) for item in form.items}
        answers = {item: answer for item, answer in (chosen | dict(but or {})).items() if answer}
        act: dict[str, Any] = {"by": by, "round": held, "clock": lambda: at}
        actions.save(engine, **act, revision=1, answers=answers, catalog=catalog)
        actions.close(engine, **act, closing=Closing(focus or {}, line, revision=1), final=True)
        return round_id

    return add


def save(client: HouseClient, round_id: str, block: str, revision: Any = 1, **answers: Any) -> TestResponse:
    """Post a page of answers, as a browser without script does."""
    return client.post(f"/reflectie/{round_id}/{block}", data={"revision": revision, **answers})


def tap(client: HouseClient, round_id: str, revision: Any = 1, **answers: Any) -> TestResponse:
    """Post a tap, as the script does."""
    data = {"revision": revision, **answers}
    return client.post(f"/reflectie/{round_id}/antwoord", data=data, headers=JSON)


def finish(client: HouseClient, round_id: str, revision: Any = 1, **typed: Any) -> TestResponse:
    return client.post(f"/reflectie/{round_id}/afronden", data={"revision": revision, **typed})


def stored(engine: SqliteEngine, revision: int = 1) -> dict[str, object]:
    """Level or code by item of a revision."""
    rows = engine.rows(
        "SELECT a.item, a.value, a.code FROM reflection_answer a "
        "JOIN reflection f ON f.id = a.reflection_id WHERE f.revision = :revision",
        {"revision": revision},
    )
    return {row["item"]: row["value"] or row["code"] for row in rows}


def revisions(engine: SqliteEngine) -> list[tuple[int, bool, str | None]]:
    """Of each revision: its number, whether it was submitted, and its line."""
    rows = engine.rows("SELECT revision, submitted_at, open_line FROM reflection ORDER BY revision")
    return [(row["revision"], row["submitted_at"] is not None, row["open_line"]) for row in rows]


def focus(engine: SqliteEngine, revision: int = 1) -> dict[str, str | None]:
    """The focus points of a revision with their aims."""
    rows = engine.rows(
        "SELECT o.item, o.aim FROM focus o JOIN reflection f ON f.id = o.reflection_id "
        "WHERE f.revision = :revision",
        {"revision": revision},
    )
    return {row["item"]: row["aim"] for row in rows}


def checked(text: str) -> list[str]:
    """name=value of every answer that is shown as chosen."""
    chosen = re.findall(r'<input type="radio"[^>]*name="(\w+)" value="(\w+)" checked', text)
    return [f"{name}={value}" for name, value in chosen]


@pytest.fixture
def short(engine: SqliteEngine, cohorts: Cohorts) -> Short:
    """A short round of Ana's cohort, open for a week from so many days ago."""

    def add(days: float = 1, cohort_id: str = cohorts.bens) -> str:
        key, opens = new_key(), START - timedelta(days=days)
        row = {"id": key, "cohort_id": cohort_id, "opens_at": stamp(opens)}
        engine.insert("micro_round", row | {"closes_at": stamp(opens + timedelta(days=7))})
        return key

    return add


@pytest.fixture
def focused(ana: Member, cohorts: Cohorts, reflected: Reflected) -> str:
    """Ana chose two focus items in a round that is over."""
    return reflected(ana, cohorts.bens, days=100, level=2, focus=FOCUS)
