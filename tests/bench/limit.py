"""The bare view as a server with a database of its own: what ours is held against."""

from contextlib import AbstractContextManager
from pathlib import Path

from survey.database import SqliteDatabase
from tests.server import Server, serving


def empty(path: Path) -> Path:
    """A new database for the bare view."""
    with SqliteDatabase(path).session() as engine:
        engine.run("CREATE TABLE answer (key TEXT, w1 TEXT, w2 TEXT, w3 TEXT, w4 TEXT) STRICT")
    return path


def serving_bare(database: Path) -> AbstractContextManager[Server]:
    """Run gunicorn with the bare view until the block ends."""
    application = "tests.bench.bare:create_app()"
    return serving(database, application=application, first="/thanks", BARE_DATABASE=str(database))
