"""The demo region in a file, for every test that wants a full database."""

from datetime import date
from pathlib import Path

from survey.database import SqliteDatabase
from survey.database.migrate import migrate
from survey.demo import actions
from survey.demo.simulate import SEED
from survey.questionnaire import catalog
from tests.conftest import START

DAY = START.date()


def demo_database(path: Path, *, day: date = DAY, seed: int = SEED) -> Path:
    """Make a database with the region in it, one file to copy and open; returns the path."""
    database = SqliteDatabase(path, durable=False)
    migrate(database)
    with database.session() as engine:
        actions.load(engine, catalog=catalog.load(), day=day, seed=seed)
    database.close()
    return path
