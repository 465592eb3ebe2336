"""The demo region in a file, for every test that wants a full database."""

from datetime import date
from pathlib import Path

from survey.database import SqliteDatabase
from survey.database.migrate import migrate
from survey.demo import actions
from survey.demo.simulate import SEED
from survey.questionnaire import catalog
from tests.conftest import START


def demo_database(path: Path, *, day: date = START.date(), seed: int = SEED) -> Path:
    """Make a migrated database with the region in it, in one file without a WAL beside it; returns the path."""
    database = SqliteDatabase(path, durable=False)
    migrate(database)
    with database.session() as engine:
        actions.load(engine, catalog=catalog.load(), day=day, seed=seed)
    database.close()
    return path
