"""The pages of trainers after ten years: a thousand coaches, three rounds a year, a million answers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from app import create_app
from survey.access.permissions import Role
from survey.cohort import actions as cohorts
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from tests.bench.dashboards import Region, forget, milliseconds, timed
from tests.bench.effort import Effort
from tests.bench.report import Line
from tests.server import SECRET

REVISIONS = 2
COMPARED = "/cohorten/vergelijk?met={}&met={}"
WHEN = "1,000 coaches over 10 years"


def measure(folder: Path, effort: Effort) -> list[Line]:
    """Lines about the page of one cohort and of a comparison."""
    database = SqliteDatabase(folder / "decade.db", durable=False)
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings, "DURABLE": False, "WTF_CSRF_ENABLED": False})
    with app.app_context(), database.session() as engine:
        region = Decade(app, engine)
        keys = region.years(*effort.decade)
        trainer = region.sign_in(region.trainer)
        lines = [
            *_lines(engine, effort.times, "cohort page", trainer, f"/cohorten/{keys[0]}"),
            *_lines(engine, effort.times, "comparison of two cohorts", trainer, COMPARED.format(*keys)),
        ]
    database.close()
    app.extensions["database"].close()
    return lines


def _lines(engine: SqliteEngine, times: int, what: str, trainer: FlaskClient, path: str) -> list[Line]:
    timed(lambda: trainer.get(path))  # loads pandas
    cold = median(_after_new_data(engine, lambda: trainer.get(path)) for _ in range(times))
    warm = median(timed(lambda: trainer.get(path)) for _ in range(times))
    return [
        Line(f"{what} after new data, {WHEN}", milliseconds(cold), "–", "≤ 500 ms", cold <= 0.5),
        Line(f"{what} warm, {WHEN}", milliseconds(warm), "–", "≤ 50 ms", warm <= 0.050),
    ]


def _after_new_data(engine: SqliteEngine, act: Callable[[], object]) -> float:
    forget(engine)
    return timed(act)


class Decade(Region):
    """Cohorts of ten years, each reflection handed in and corrected once."""

    def years(self, number: int, coaches: int, rounds: int) -> list[str]:
        """So many cohorts, the first two of them of the trainer."""
        return [self._of_years(place, coaches, rounds) for place in range(number)]

    def _of_years(self, place: int, coaches: int, rounds: int) -> str:
        first = (datetime.now(UTC) - timedelta(days=120 * rounds)).replace(hour=0, minute=0, second=0)
        with self._engine.atomic():
            key = cohorts.add_cohort(
                self._engine, name=f"jaar {place}", profile="kansencoach", started_on=first.date()
            )
            members = [self._person(f"jaar {place} {one}", Role.COACH) for one in range(coaches)]
            for member in members:
                cohorts.join(self._engine, cohort_id=key, person_id=member, since=first.date())
            if place < 2:
                cohorts.add_trainer(self._engine, cohort_id=key, person_id=self.trainer)
            for number in range(rounds):
                self._round(key, members, first.replace(microsecond=0) + timedelta(days=120 * number), number)
        return key

    def _round(self, cohort: str, members: list[str], opens: datetime, number: int) -> None:
        key = self._held(cohort, opens)
        for member in members:
            for revision in range(1, REVISIONS + 1):
                self._reflection(key, member, opens + timedelta(hours=revision), number % 15, revision)
