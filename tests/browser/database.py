"""The database of a server, to see or change what no page shows."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from survey.database import SqliteDatabase, SqliteEngine
from tests.server import Server


@contextlib.contextmanager
def inside(server: Server) -> Iterator[SqliteEngine]:
    """The database while the server runs on it."""
    database = SqliteDatabase(Path(server.environment["DATABASE"]))
    with database.session() as engine:
        yield engine
    database.close()


def without_assignment(server: Server) -> None:
    """Nobody's assignment is noted: then no sentence of a reflection is answered before someone does."""
    with inside(server) as engine:
        engine.run("DELETE FROM assignment")
