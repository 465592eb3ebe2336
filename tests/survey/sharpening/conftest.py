"""A round in two wordings: a profile that was sharpened, coaches to draw, and their answers."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.clock import HOME, stamp
from survey.cohort import actions as cohorts_of
from survey.cohort.reports import Round
from survey.database import Row, SqliteEngine, new_key
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection import actions as reflections
from survey.reflection import reading
from survey.sharpening import actions
from survey.sharpening.actions import NEW
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.questionnaire.samples import Data, with_next

FORM = "reflection-kansencoach"
ITEM, EDITED = "solution_focused", "uses_own_position"
OPENS = datetime(2026, 3, 2, tzinfo=HOME)
LATER = OPENS + timedelta(days=2)
CLOSED = OPENS + timedelta(days=22)


def sharpen(profile: Data) -> None:
    """Every rated competency but the first gets other words; the first is only edited."""
    for place, one in enumerate(profile["competencies"]):
        one["change"] = "changed" if place else "editorial"
        one["text"] = {lang: f"{words} Nieuw." for lang, words in one["text"].items()}


@pytest.fixture
def catalog(tmp_path: Path, app: Flask) -> Catalog:
    """Profile 2.1 beside 2.0, as the application knows them."""
    found = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", sharpen)
    app.extensions["catalog"] = found
    return found


@pytest.fixture
def coaches(engine: SqliteEngine, cohorts: Cohorts) -> list[Member]:
    """Twenty-one coaches in Ben's cohort, besides Ana."""
    found = []
    for number in range(21):
        one = Member(new_key(), f"Coach {number}", f"coach{number}@example.org")
        row = {"id": one.id, "name": one.name, "email": one.email, "status": "active", "language": "nl"}
        engine.insert("person", row | {"created_at": stamp(START), "left_at": None})
        cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=one.id, since=START.date())
        found.append(one)
    return found


@pytest.fixture
def round_id(engine: SqliteEngine, cohorts: Cohorts) -> str:
    """A round to come, planned on the profile of before."""
    return cohorts_of.add_round(
        engine,
        cohort_id=cohorts.bens,
        form=FORM,
        version="2.0-1.0",
        opens_at=OPENS,
        closes_at=OPENS + timedelta(days=21),
    )


def ask(engine: SqliteEngine, cohort: str, catalog: Catalog, *items: str, at: datetime = START) -> None:
    actions.ask_in_two_wordings(engine, cohort_id=cohort, opens_at=OPENS, items=items, catalog=catalog, at=at)


def draws(engine: SqliteEngine) -> dict[str, str]:
    return {row["person_id"]: row["wording"] for row in engine.rows("SELECT * FROM wording_draw")}


def round_of(engine: SqliteEngine, round_id: str) -> Round:
    row = engine.one(
        "SELECT round.*, cohort.started_on FROM round JOIN cohort ON cohort.id = round.cohort_id "
        "WHERE round.id = :id",
        {"id": round_id},
    )
    assert row is not None
    return Round.of(row)


def text_asked(engine: SqliteEngine, round: Round, person: Member, catalog: Catalog, item: str) -> str:
    sheet = reading.sheet(engine, round, None, catalog=catalog, scope=scope_of(person))
    return sheet.form.item(item).text["nl"]


def answer(engine: SqliteEngine, round: Round, person: Member, catalog: Catalog, level: int) -> None:
    items = [item.key for item in catalog.get(round.form, round.version).items]
    given = {**dict.fromkeys(items, Answer(3)), ITEM: Answer(level)}
    standing = reading.standing(engine, round.id, scope=scope_of(person), at=LATER)
    assert standing is not None
    reflections.save(
        engine,
        by=scope_of(person),
        round=round,
        revision=standing.writing,
        answers=given,
        catalog=catalog,
        clock=Clock(LATER.astimezone(UTC)),
    )
    engine.run("UPDATE reflection SET submitted_at = saved_at WHERE person_id = :id", {"id": person.id})


@pytest.fixture
def answered(
    engine: SqliteEngine,
    catalog: Catalog,
    cohorts: Cohorts,
    coaches: list[Member],
    ana: Member,
    round_id: str,
) -> Row:
    """A round in two wordings, answered by all: the old half on 2 and 3 by turns, the new one a level higher.

    Each half is eleven people, whoever is drawn, so the shift is one level and nothing else.
    """
    ask(engine, cohorts.bens, catalog, ITEM)
    round, drawn = round_of(engine, round_id), draws(engine)
    seen: Counter[str] = Counter()
    for one in [*coaches, ana]:
        wording = drawn[one.id]
        seen[wording] += 1
        answer(engine, round, one, catalog, 2 + seen[wording] % 2 + (wording == NEW))
    return dict(seen)
