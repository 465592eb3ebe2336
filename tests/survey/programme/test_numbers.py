"""Every number of the programme page equals a sum that SQL works out by itself, also on random data."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import SqliteEngine
from tests.conftest import START, Member
from tests.survey.placement.conftest import YEAR
from tests.survey.placement.test_sums import random_register
from tests.survey.programme.sums import check

MOMENTS = (
    datetime(2025, 8, 4, 9, tzinfo=UTC),
    datetime(2025, 12, 31, 23, 30, tzinfo=UTC),
    START,
    datetime(2026, 6, 2, 9, tzinfo=UTC),
    datetime(2026, 9, 20, 9, tzinfo=UTC),
)


def random_year(engine: SqliteEngine, people: list[str], seed: int) -> None:
    """Beside a random register: agreements, advices, and a cohort whose members come, go and hand in."""
    random_register(engine, people, seed)
    chance = Random(seed)
    for number in range(60):
        at, state = (
            stamp(START - timedelta(days=chance.randrange(90))),
            chance.choice(("asked", "signed", "draft")),
        )
        review = (START + timedelta(days=chance.randrange(-40, 40))).date().isoformat()
        row = {"id": f"a{number}", "placement_id": f"p{number}", "version": 1, "state": state}
        row |= {"profile": "kansencoach", "profile_version": "2.0", "made_at": at, "saved_at": at}
        engine.insert("start_agreement", {**row, "review_on": chance.choice([None, review])})
        if chance.random() < 0.3:
            told = {"id": f"s{number}", "agreement_id": f"a{number}", "partner": "director"}
            told |= {"token_hash": f"{number:064}", "expires_at": at, "remarked_at": at, "remark": "Anders."}
            engine.insert("start_signature", told)
    for number in range(20):
        signed = {"signed_at": stamp(START), "signed_as": "Lea", "choice": "continue", "reason": "Goed."}
        row = {"id": f"v{number}", "school_id": f"s{number}", "made_at": stamp(START)}
        year = chance.choice((YEAR, "2024-2025", "2026-2027"))
        blank = {"signed_at": None, "signed_as": None, "choice": None, "reason": ""}
        engine.insert("advice", {**row, "school_year": year, **chance.choice((signed, blank))})
    engine.run("UPDATE school SET takes_part = 0 WHERE id IN ('s3', 's4')")
    engine.run("UPDATE school SET closed_on = '2026-01-01' WHERE id IN ('s5', 's24')")
    _random_cohorts(engine, chance)


def _random_cohorts(engine: SqliteEngine, chance: Random) -> None:
    for number in range(2):
        engine.insert(
            "cohort",
            {"id": f"c{number}", "name": f"C{number}", "profile": "kansencoach", "started_on": "2025-01-01"},
        )
    opened = [START - timedelta(days=days) for days in (400, 300, 120, 40, 3)]
    for number, opens in enumerate(opened):
        for cohort in ("c0", "c1"):
            row = {"id": f"r{number}{cohort}", "cohort_id": cohort, "form": "reflection", "version": "1.0"}
            closes = stamp(opens + timedelta(days=21))
            engine.insert("round", {**row, "opens_at": stamp(opens), "closes_at": closes})
    for number in range(24):
        gone = chance.random() < 0.3
        person = {"id": f"m{number}", "name": f"M {number}", "email": f"m{number}@example.org"}
        left = stamp(START - timedelta(days=chance.randrange(200))) if gone else None
        engine.insert(
            "person",
            {**person, "status": "left" if gone else "active", "left_at": left, "created_at": stamp(START)},
        )
        cohort = chance.choice(("c0", "c1"))
        since = chance.choice(("2025-01-01", "2025-09-01", "2025-12-20"))
        until = chance.choice((None, None, "2025-12-01"))
        member = {"cohort_id": cohort, "person_id": person["id"], "since": since}
        engine.insert("cohort_member", {**member, "until": until if until and until >= since else None})
        for turn, opens in enumerate(opened):
            if chance.random() < 0.6:
                at = chance.choice((None, stamp(opens + timedelta(days=2))))
                row = {
                    "id": f"f{number}-{turn}",
                    "person_id": person["id"],
                    "round_id": f"r{turn}{cohort}",
                    "started_at": stamp(opens),
                    "saved_at": stamp(opens),
                }
                engine.insert("reflection", {**row, "revision": 1, "submitted_at": at})


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_of_a_random_programme_are_those_of_plain_sql(
    app: Flask, engine: SqliteEngine, ana: Member, cleo: Member, seed: int
) -> None:
    random_year(engine, [ana.id, cleo.id], seed)
    with app.app_context():
        found = [check(engine, at) for at in MOMENTS]
    assert any(one.took_part for one in found)
    assert any(one.used.places for one in found)
    assert any(one.coverage.without for one in found)


def test_an_empty_programme_has_empty_numbers(app: Flask, engine: SqliteEngine) -> None:
    with app.app_context():
        found = check(engine, START)
    assert (found.coverage.schools, found.vacancies, found.windows, found.took_part) == (0, (), (), ())
