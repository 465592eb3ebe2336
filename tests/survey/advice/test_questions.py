"""The advice of the programme asks the database as much about many placements as about a few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.advice import actions, reports
from survey.advice.actions import Chosen
from survey.database import SqliteEngine
from survey.start_agreement import reports as agreements
from tests.conftest import Member
from tests.questions import noted
from tests.survey.advice.conftest import JUNE, TODAY, YEAR

BEFORE = "2024-2025"
TIMES = dict.fromkeys(("made_at", "saved_at", "signed_at"), "2025-08-28T10:00:00+00:00")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return noted(monkeypatch)


def add(engine: SqliteEngine, coach: Member, *numbers: int) -> None:
    """Schools with an agreement of this year, or of the place that this year's goes on from."""
    for number in numbers:
        here, earlier = f"p{number}", f"earlier-{number}"
        engine.insert("school", {"id": f"s{number}", "name": f"School {number}", "place": "Veenrand"})
        told = {"school_id": f"s{number}", "person_id": coach.id}
        ended = {"status": "ended", "starts_on": "2024-08-01", "ends_on": "2025-07-31"}
        engine.insert("placement", {"id": earlier, "school_year": BEFORE, **told, **ended})
        runs = {"status": "active", "starts_on": "2025-08-01", "follows": earlier}
        engine.insert("placement", {"id": here, "school_year": YEAR, **told, **runs})
        _agreement(engine, f"a{number}", here if number % 2 else earlier)


def _agreement(engine: SqliteEngine, key: str, placement_id: str, **told: Any) -> None:
    row = {"id": key, "placement_id": placement_id, "version": 1, "state": "signed"}
    profile = {"profile": "kansencoach", "profile_version": "2.0"}
    engine.insert("start_agreement", {**row, **profile, **TIMES, **told})
    engine.insert("start_choice", {"agreement_id": key, "kind": "partner", "key": "ib"})
    wished = {"agreement_id": key, "position": 0, "category": "early_help", "wanted": "Hulp komt eerder."}
    engine.insert("intended_yield", {"id": f"y-{key}", **wished})
    seen = {"yield_id": f"y-{key}", "moment": "halfway", "word": "seen", "reviewed_on": "2026-01-14"}
    engine.insert("yield_review", {**seen, "noted_at": "2026-01-14T10:00:00+00:00"})


@contextmanager
def count(asked: list[str]) -> Iterator[list[int]]:
    """How many questions are asked meanwhile."""
    before, found = len(asked), list[int]()
    yield found
    found.append(len(asked) - before)


def test_what_is_known_of_the_programme_is_asked_of_all_placements_at_once(
    engine: SqliteEngine, lead: Scope, ana: Member, asked: list[str]
) -> None:
    counted = []
    for numbers in ((1, 2), range(3, 20)):
        add(engine, ana, *numbers)
        with count(asked) as found:
            facts = reports.facts(engine, lead, school_id=None, school_year=YEAR, today=TODAY).programme
        assert facts is not None
        assert facts.agreements == facts.seen == facts.places == max(numbers)
        counted += found
    assert counted[0] == counted[1]


def test_choosing_and_signing_ask_no_more_of_many_placements_than_of_a_few(
    engine: SqliteEngine, lead: Scope, ana: Member, asked: list[str]
) -> None:
    chosen, counted = Chosen("continue", "De regio wil samen verder.", 4.0), []
    for numbers in ((1, 2), range(3, 20)):
        add(engine, ana, *numbers)
        engine.run("DELETE FROM advice")
        with count(asked) as found:
            key = actions.draft(engine, school_id=None, school_year=YEAR, by=lead, at=JUNE)
            actions.choose(engine, advice_id=key, chosen=chosen, shown=None, by=lead, at=JUNE)
            actions.sign(engine, advice_id=key, shown=None, by=lead, at=JUNE)
        counted += found
    assert counted[0] == counted[1]


def test_what_holds_for_many_placements_is_what_holds_for_each(
    engine: SqliteEngine, lead: Scope, ana: Member
) -> None:
    numbers = range(1, 9)
    add(engine, ana, *numbers)
    for key in ("p1", "p3", "earlier-5"):
        _agreement(engine, f"draft-{key}", key, version=2, state="draft", signed_at=None)
    ids = [f"{of}{number}" for number in numbers for of in ("p", "earlier-")]
    each = {key: one for key in ids if (one := agreements.of_placement(engine, lead, key))}
    assert agreements.of_placements(engine, lead, ids) == each
    assert (each["p1"].id, each["earlier-5"].id, len(each)) == ("a1", "draft-earlier-5", 9)
    assert all(one.yields[0].reviews["halfway"].word == "seen" for one in each.values())
