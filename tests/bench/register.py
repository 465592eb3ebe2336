"""The register of a school year with ten thousand placements, filtered and sorted as a lead does."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median

from flask.testing import FlaskClient

from app import create_app
from survey.access import actions as access
from survey.access.permissions import Role
from survey.clock import local_day, school_year
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.people import actions as people
from survey.placement.hours import first_day
from tests.bench.effort import FULL, Effort
from tests.bench.report import Line
from tests.server import SECRET

SCHOOLS, COACHES = 0.7, 0.3  # for each placement
BUDGET = 0.100
FILTERS = "gemeente=Gemeente 7&status=active", "zoek=dorn 12&volgorde=agreed", "werkgever=Werkgever 3&blad=2"


def measure(folder: Path, effort: Effort) -> list[Line]:
    """The line about filtering: the slowest of three filters, at its median."""
    database = SqliteDatabase(folder / "register.db", durable=False)
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings, "DURABLE": False, "WTF_CSRF_ENABLED": False})
    with app.app_context(), database.session() as engine:
        now = datetime.now(UTC).replace(microsecond=0)
        lead = people.add_person(
            engine, name="Lea", email="lea@example.org", roles=[Role.LEAD], by=None, at=now
        )
        _fill(engine, school_year(local_day(now)), effort.placements)
        client = app.test_client()
        token = access.issue_link(engine, person_id=lead, at=now)
        assert client.post(f"/inloggen/{token}").status_code in {302, 303}
        _timed(client, "")  # loads what a page needs on first need
        seconds = max(median(_timed(client, asked) for _ in range(effort.times)) for asked in FILTERS)
    database.close()
    app.extensions["database"].close()
    name = f"register of {FULL.placements:,} placements, filtered"
    return [Line(name, f"{seconds * 1000:.1f} ms", "–", f"≤ {BUDGET * 1000:.0f} ms", seconds <= BUDGET)]


def _fill(engine: SqliteEngine, year: str, number: int) -> None:
    """Every placement in one school year, each with three months written down."""
    chance = Random(1)
    with engine.atomic():
        coaches = [f"c{one}" for one in range(round(COACHES * number))]
        at = "2020-01-01T00:00:00+00:00"
        named = [{"id": key, "name": f"Coach {key}", "email": f"{key}@example.org"} for key in coaches]
        engine.insert("person", [one | {"created_at": at, "status": "active"} for one in named])
        schools = [f"s{one}" for one in range(round(SCHOOLS * number))]
        engine.insert("school", [_school(key, chance) for key in schools])
        counts = [
            {"school_id": key, "school_year": year, "pupils": chance.randint(40, 400)} for key in schools
        ]
        engine.insert("school_count", counts)
        placements = [_placement(one, year, schools, coaches, chance) for one in range(number)]
        engine.insert("placement", placements)
        months = [f"{year[:4]}-{month}" for month in ("09", "10", "11")]
        logged = [(one["id"], month) for one in placements if one["person_id"] for month in months]
        rows = [{"placement_id": key, "month": month, "hours": 3.5, "noted_at": at} for key, month in logged]
        engine.insert("hours_log", rows)


def _school(key: str, chance: Random) -> dict[str, object]:
    town = chance.randrange(300)
    return {
        "id": key,
        "name": f"De Ésdoorn {key}",
        "place": f"Dorp {key}",
        "municipality": f"Gemeente {town}",
    }


def _placement(
    number: int, year: str, schools: list[str], coaches: list[str], chance: Random
) -> dict[str, object]:
    status = chance.choice(["active"] * 7 + ["wanted", "vacant_funded", "ended"])
    starts = first_day(year) + timedelta(days=chance.randrange(120))
    return {
        "id": f"p{number}",
        "school_id": chance.choice(schools),
        "school_year": year,
        "person_id": chance.choice(coaches) if status in {"active", "ended"} else None,
        "status": status,
        "starts_on": starts.isoformat(),
        "ends_on": (starts + timedelta(days=100)).isoformat() if status == "ended" else None,
        "employer": f"Werkgever {chance.randrange(12)}",
        "hours_agreed": chance.randrange(4, 32) / 4,
        "hours_needed": chance.choice([None, 6.0]),
    }


def _timed(client: FlaskClient, asked: str) -> float:
    begun = time.perf_counter()
    reply = client.get(f"/inzet?{asked}")
    seconds = time.perf_counter() - begun
    assert reply.status_code == 200, "the page must open to be timed"
    return seconds
