"""The page of a case with four people who answered eight checks of each kind."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from app import create_app
from survey.access import actions as access
from survey.access.permissions import Role
from survey.case import actions as cases
from survey.case.agreement.rules import Given
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.clock import local_day, school_year
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.people import actions as people
from survey.questionnaire.vocabulary import Family
from tests.bench.effort import Effort
from tests.bench.report import Line
from tests.server import SECRET

PEOPLE = (Who("parent", 1), Who("parent", 2), Who("pupil", 1), Who("teacher", 1))
CHECKS = 8
BUDGET = 0.060


def measure(folder: Path, effort: Effort) -> list[Line]:
    """The line about the page of a case."""
    database = SqliteDatabase(folder / "cases.db", durable=False)
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings, "DURABLE": False, "WTF_CSRF_ENABLED": False})
    with app.app_context(), database.session() as engine:
        now = datetime.now(UTC).replace(microsecond=0)
        coach, code = _case(engine, now - timedelta(days=28 * (CHECKS + 1)))
        client = app.test_client()
        token = access.issue_link(engine, person_id=coach, at=now)
        assert client.post(f"/inloggen/{token}").status_code in {302, 303}
        _timed(client, f"/trajecten/{code}")  # loads what a page needs on first need
        seconds = median(_timed(client, f"/trajecten/{code}") for _ in range(effort.times))
    database.close()
    app.extensions["database"].close()
    name = f"case page, {len(PEOPLE)} people with {CHECKS} checks of each kind"
    return [Line(name, f"{seconds * 1000:.1f} ms", "–", f"≤ {BUDGET * 1000:.0f} ms", seconds <= BUDGET)]


def _case(engine: SqliteEngine, at: datetime) -> tuple[str, str]:
    """A case whose people answer both checks every four weeks; its coach and its code."""
    coach = people.add_person(engine, name="Ana", email="ana@example.org", roles=[Role.COACH], by=None, at=at)
    engine.insert("school", {"id": "school", "name": "De Kraanheide", "place": "Veenrand"})
    placed = {"id": "placement", "school_id": "school", "person_id": coach, "ends_on": None}
    day = local_day(at)
    since = {"starts_on": day.isoformat(), "school_year": school_year(day), "status": "active"}
    engine.insert("placement", placed | since)
    code = cases.open_case(engine, school_id="school", by=coach, at=at)
    (row,) = engine.rows('SELECT id FROM "case"')
    given = Given("under_12", "yes", "yes", None, at.date())
    cases.note_agreement(engine, case_id=row["id"], given=given, by=coach, at=at)
    for number in range(CHECKS):
        for place, who in enumerate(PEOPLE):
            informant = cases.add_informant(engine, case_id=row["id"], who=who)
            for letter, family in zip("wu", Family, strict=True):
                form = family.form_for(who.kind)
                day = at + timedelta(days=28 * number + place)
                _link, token = checkins.ask(
                    engine, informant_id=informant, form=form, version="1.0", by=coach, at=day
                )
                reply = {f"{letter}{item}": 2 + (number + item + place) % 3 for item in range(1, 5)}
                checkins.submit(engine, token=token, reply=reply, clock=partial(_always, day))
    return coach, code


def _always(at: datetime) -> datetime:
    return at


def _timed(client: FlaskClient, path: str) -> float:
    begun = time.perf_counter()
    reply = client.get(path)
    seconds = time.perf_counter() - begun
    assert reply.status_code == 200, "the page must open to be timed"
    assert reply.get_data(as_text=True).count("data-figure") == 2 * len(PEOPLE)
    return seconds
