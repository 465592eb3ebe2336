"""What tests of cohorts start from: coaches in Ben's cohort, and submitted reflections."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.clock import moment, stamp
from survey.cohort import actions, reports
from survey.database import SqliteEngine, new_key
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member


class Answer(Protocol):
    """Hands in a reflection of someone in a round, every item on one level."""

    def __call__(self, round_id: str, person_id: str, level: int, revision: int = 1) -> None: ...


@pytest.fixture
def answer(app: Flask, engine: SqliteEngine) -> Answer:
    """A submitted reflection of someone, every item on one level."""
    form = app.extensions["catalog"].reflection("kansencoach")

    def submit(round_id: str, person_id: str, level: int, revision: int = 1) -> None:
        key = new_key()
        (round_,) = engine.rows("SELECT opens_at FROM round WHERE id = :id", {"id": round_id})
        at = stamp(moment(round_["opens_at"]) + timedelta(hours=revision))
        engine.insert(
            "reflection",
            {
                "id": key,
                "round_id": round_id,
                "person_id": person_id,
                "revision": revision,
                "open_line": "een regel die niemand anders leest",
                "started_at": at,
                "saved_at": at,
                "submitted_at": at,
            },
        )
        engine.insert(
            "reflection_answer",
            [
                {
                    "reflection_id": key,
                    "item": item.key,
                    "item_version": "2.0-1.0",
                    "value": level,
                    "code": None,
                    "answered_at": at,
                }
                for item in form.items
            ],
        )

    return submit


@pytest.fixture
def coaches(engine: SqliteEngine, cohorts: Cohorts) -> list[str]:
    """Nine more coaches in Ben's cohort."""
    keys = []
    for number in range(9):
        key = people.add_person(
            engine,
            name=f"Coach {number}",
            email=f"coach{number}@example.org",
            roles=[Role.COACH],
            by=None,
            at=START,
        )
        actions.join(engine, cohort_id=cohorts.bens, person_id=key, since=date(2025, 9, 1))
        keys.append(key)
    return keys


@pytest.fixture
def two_closed_rounds(
    cohorts: Cohorts, coaches: list[str], add_round: Callable[..., str], answer: Answer
) -> tuple[str, str]:
    """Everyone one level up between two rounds that are closed."""
    rounds = add_round(cohorts.bens, days=130), add_round(cohorts.bens, days=40)
    for level, round_id in zip((2, 3), rounds, strict=True):
        for place, person in enumerate(coaches):
            answer(round_id, person, level + (place % 2 if level == 3 else 0))
    return rounds


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No test reads what another one computed."""
    reports.forget_fits()


@pytest.fixture
def choose(engine: SqliteEngine) -> Callable[..., None]:
    """These people chose an item as focus in a round."""

    def add(round_id: str, item: str, persons: list[str]) -> None:
        for person in persons:
            (found,) = engine.rows(
                "SELECT id FROM reflection WHERE round_id = :round AND person_id = :person",
                {"round": round_id, "person": person},
            )
            engine.insert("focus", {"reflection_id": found["id"], "item": item, "aim": "een eigen doel"})

    return add


@pytest.fixture
def bens_page(as_: Callable[[Member], HouseClient], ben: Member, cohorts: Cohorts) -> Callable[..., str]:
    """What Ben reads of his cohort now, on its page or on one under it."""
    return lambda under="": as_(ben).get(f"/cohorten/{cohorts.bens}{under}").text
