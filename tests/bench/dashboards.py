"""The cohort page and the growth page while the table of answers grows and the cohort does not."""

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from survey.access import actions as access
from survey.access.permissions import Role
from survey.clock import stamp
from survey.cohort import actions as cohorts
from survey.cohort import reports
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine, new_key
from survey.database.migrate import migrate
from survey.people import actions as people
from tests.bench.effort import Effort
from tests.bench.report import Line
from tests.server import SECRET

COACHES, ROUNDS = 12, 5
AGGREGATE = """
  SELECT round.opens_at, reflection_answer.item, avg(reflection_answer.value), count(*) FROM round
  JOIN reflection ON reflection.round_id = round.id AND reflection.submitted_at IS NOT NULL
  JOIN reflection_answer ON reflection_answer.reflection_id = reflection.id
  WHERE round.cohort_id = :cohort GROUP BY round.opens_at, reflection_answer.item
"""


def measure(folder: Path, effort: Effort) -> list[Line]:
    """All lines about dashboards."""
    database = SqliteDatabase(folder / "dashboards.db", durable=False)
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings, "DURABLE": False, "WTF_CSRF_ENABLED": False})
    lines = []
    with app.app_context(), database.session() as engine:
        region = Region(app, engine)
        cohort, coach = region.cohort("gemeten", watched=True), region.coaches[0]
        trainer, reader = region.sign_in(region.trainer), region.sign_in(coach)
        timed(lambda: trainer.get(f"/cohorten/{cohort}"))  # loads pandas
        for size in effort.sizes:
            region.fill(size)
            lines += _lines(size, effort.times, engine, trainer, cohort)
            seconds = median(timed(lambda: reader.get("/groei")) for _ in range(effort.times))
            lines.append(
                Line(_name("growth page", size), milliseconds(seconds), "–", "≤ 60 ms", seconds <= 0.060)
            )
    database.close()
    app.extensions["database"].close()
    return lines


def forget(engine: SqliteEngine) -> None:
    """Make every cohort compute its numbers anew, as after the closing of a round."""
    reports.forget_fits()
    engine.run("DELETE FROM cohort_release")


def _lines(size: int, times: int, engine: SqliteEngine, trainer: FlaskClient, cohort: str) -> list[Line]:
    path = f"/cohorten/{cohort}"
    limit = median(timed(lambda: engine.rows(AGGREGATE, {"cohort": cohort})) for _ in range(times))
    fitted = []
    for _ in range(times):
        forget(engine)
        fitted.append(timed(lambda: trainer.get(path)))
    cold, warm = median(fitted), median(timed(lambda: trainer.get(path)) for _ in range(times))
    return [
        Line(
            _name("cohort page after new data", size),
            milliseconds(cold),
            milliseconds(limit),
            "≤ 500 ms",
            cold <= 0.5,
        ),
        Line(
            _name("cohort page warm", size), milliseconds(warm), milliseconds(limit), "≤ 50 ms", warm <= 0.050
        ),
    ]


def _name(what: str, size: int) -> str:
    return f"{what}, {size:,} answers"


def milliseconds(seconds: float) -> str:
    """Seconds as a table shows them."""
    return f"{seconds * 1000:.1f} ms"


def timed(act: Callable[[], object]) -> float:
    """The seconds a page takes; it must open."""
    begun = time.perf_counter()
    reply = act()
    seconds = time.perf_counter() - begun
    assert getattr(reply, "status_code", 200) == 200, "the page must open to be timed"
    return seconds


class Region:
    """Cohorts with submitted reflections, as many as asked for."""

    def __init__(self, app: Flask, engine: SqliteEngine) -> None:
        self._app, self._engine = app, engine
        catalog = app.extensions["catalog"]
        self._form = form = catalog.reflection("kansencoach")
        self._words = {
            item.key: catalog.item_version(form.form, form.version, item.key) for item in form.items
        }
        self._random = random.Random(2)
        self._at = datetime.now(UTC).replace(microsecond=0)
        self._answers = 0
        self.trainer = self._person("Ben", Role.TRAINER)
        self.coaches: list[str] = []

    def sign_in(self, person: str) -> FlaskClient:
        """A client signed in as this person."""
        client = self._app.test_client()
        token = access.issue_link(self._engine, person_id=person, at=self._at)
        assert client.post(f"/inloggen/{token}").status_code in {302, 303}
        return client

    def fill(self, size: int) -> None:
        """Add cohorts of others until the table holds about so many answers."""
        while self._answers + COACHES * ROUNDS * len(self._form.items) <= size:
            self.cohort(f"ander {self._answers}", watched=False)

    def cohort(self, name: str, *, watched: bool) -> str:
        """One cohort whose coaches submitted every round."""
        with self._engine.atomic():
            started = (self._at - timedelta(days=140 * ROUNDS)).date()
            key = cohorts.add_cohort(self._engine, name=name, profile="kansencoach", started_on=started)
            members = [self._person(f"{name} {number}", Role.COACH) for number in range(COACHES)]
            for member in members:
                cohorts.join(self._engine, cohort_id=key, person_id=member, since=started)
            if watched:
                cohorts.add_trainer(self._engine, cohort_id=key, person_id=self.trainer)
                self.coaches = members
            self._rounds(key, members, started)
        return key

    def _rounds(self, cohort: str, members: list[str], started: date) -> None:
        for number in range(ROUNDS):
            opens = datetime(started.year, started.month, started.day, tzinfo=UTC) + timedelta(
                days=140 * number
            )
            key = self._held(cohort, opens)
            for member in members:
                self._reflection(key, member, opens, number)

    def _held(self, cohort: str, opens: datetime) -> str:
        """A round of three weeks."""
        return cohorts.add_round(
            self._engine,
            cohort_id=cohort,
            form=self._form.form,
            version=self._form.version,
            opens_at=opens,
            closes_at=opens + timedelta(days=21),
        )

    def _reflection(
        self, round_id: str, person: str, moment: datetime, number: int, revision: int = 1
    ) -> None:
        key, at = new_key(), stamp(moment)
        self._engine.insert(
            "reflection",
            {
                "id": key,
                "round_id": round_id,
                "person_id": person,
                "revision": revision,
                "open_line": None,
                "started_at": at,
                "saved_at": at,
                "submitted_at": at,
            },
        )
        level = 2.2 + 0.15 * number
        rows = [
            {
                "reflection_id": key,
                "item": item.key,
                "item_version": self._words[item.key],
                "value": min(5, max(1, round(self._random.gauss(level, 0.7)))),
                "code": None,
                "answered_at": at,
            }
            for item in self._form.items
        ]
        self._engine.insert("reflection_answer", rows)
        self._answers += len(rows)

    def _person(self, name: str, role: Role) -> str:
        return people.add_person(
            self._engine,
            name=name,
            email=f"{name.replace(' ', '-').lower()}@example.org",
            roles=[role],
            by=None,
            at=self._at,
        )
