"""The demo region in a file, for every test that wants a full database."""

from datetime import date
from pathlib import Path

from survey.clock import local_day, system_clock
from survey.database import SqliteDatabase
from survey.database.migrate import migrate
from survey.demo import actions
from survey.demo.simulate import SEED
from survey.questionnaire import catalog


def demo_database(path: Path, *, day: date | None = None, seed: int = SEED) -> Path:
    """Make a database with the region in it, one file to open or copy; returns the path.

    `day` is today in the region: by default the real one, as a real server needs.
    """
    database = SqliteDatabase(path, durable=False)
    migrate(database)
    with database.session() as engine:
        today = day or local_day(system_clock())
        actions.load(engine, catalog=catalog.load(), day=today, seed=seed)
    database.close()
    return path
