"""Databases the bench and the crash test begin with: open check-in links, or an open round."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import create_app
from survey.access import actions as access
from survey.access.permissions import Role
from survey.checkin import actions as checkin
from survey.clock import local_day
from survey.cohort import actions as cohorts
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.people import actions as people
from survey.questionnaire.catalog import load
from tests.server import SECRET


@dataclass(frozen=True)
class OpenRound:
    """A round that takes answers now: its id, its items, and a sign-in link of each coach, as a token."""

    id: str
    items: tuple[str, ...]
    doors: tuple[str, ...]


def open_links(
    path: Path, number: int, *, form: str = "relationship-parent", goal: str | None = None
) -> list[str]:
    """A database with one case and so many open links; their tokens."""
    database = SqliteDatabase(path)
    migrate(database)
    app = create_app({"SETTINGS": Settings.from_environment({"DATABASE": str(path), "SECRET_KEY": SECRET})})
    at = datetime.now(UTC)
    with app.app_context(), database.session() as engine:
        coach = _coach(engine, "Ana", at)
        engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
        case = {"id": "c", "code": "KV-7Q4M", "coach_id": coach, "school_id": "s"}
        engine.insert("case", {**case, "opened_at": at.isoformat()})
        engine.insert("informant", {"id": "i", "case_id": "c", "kind": "parent", "number": 1})
        made = checkin.ask_many(
            engine,
            informant_ids=["i"] * number,
            form=form,
            version="1.0",
            by=coach,
            at=at,
            goal=goal,
        )
    database.close()
    app.extensions["database"].close()
    return [token for _, token in made]


def open_round(path: Path, coaches: int) -> OpenRound:
    """A database with a round that opened yesterday for so many coaches."""
    database = SqliteDatabase(path)
    migrate(database)
    form = load().reflection("kansencoach")
    at = datetime.now(UTC)
    started = local_day(at - timedelta(days=30))
    with database.session() as engine:
        cohort = cohorts.add_cohort(engine, name="najaar", profile="kansencoach", started_on=started)
        members = [_coach(engine, f"Coach {number}", at) for number in range(coaches)]
        for member in members:
            cohorts.join(engine, cohort_id=cohort, person_id=member, since=started)
        key = cohorts.add_round(
            engine,
            cohort_id=cohort,
            form=form.form,
            version=form.version,
            opens_at=at - timedelta(days=1),
            closes_at=at + timedelta(days=20),
        )
        doors = tuple(access.issue_link(engine, person_id=member, at=at) for member in members)
    database.close()
    return OpenRound(key, tuple(item.key for item in form.items), doors)


def _coach(engine: SqliteEngine, name: str, at: datetime) -> str:
    email = f"{name.lower().replace(' ', '-')}@example.org"
    return people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=at)
