"""The demo region in a file, for every test that wants a full database."""

import fcntl
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from survey import current
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
    database, app = SqliteDatabase(path, durable=False), Flask(__name__)
    migrate(database)
    app.extensions["catalog"] = catalog.load()
    with app.app_context(), database.session() as engine:
        today = day or local_day(system_clock())
        actions.load(engine, catalog=current.catalog(), day=today, seed=seed)
    database.close()
    return path


def together(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The file that `make` makes, made by the first worker that asks for it: to read and to copy only."""
    made = together(factory) / name
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_stem(f"{made.stem}-unfinished")
            make(unfinished)
            unfinished.rename(made)
    return made
