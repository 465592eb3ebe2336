"""The region, loaded once for all tests, and simulated once more to see what it is made of."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlite_utils.utils import sqlite3

from survey.config import Settings
from survey.database import Row, SqliteDatabase, SqliteEngine
from survey.demo.simulate import simulate
from survey.questionnaire import catalog
from survey.questionnaire.catalog import Catalog
from tests.conftest import START, VOLATILE, Dump
from tests.demo_region import demo_database, made_once

Rows = Callable[..., list[Row]]


@dataclass(frozen=True)
class Loaded:
    """The file of the region and the seconds of computing it took, whatever else the machine does."""

    path: Path
    seconds: float


@pytest.fixture(scope="session")
def forms() -> Catalog:
    return catalog.load()


@pytest.fixture(scope="session")
def tables(forms: Catalog) -> Mapping[str, list[Row]]:
    return simulate(forms, day=START.date())


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    path = made_once(tmp_path_factory, "region.db", _timed_load)
    return Loaded(path, float(_seconds_beside(path).read_text()))


def _timed_load(path: Path) -> None:
    started = time.process_time()
    demo_database(path, day=START.date())
    _seconds_beside(path).write_text(f"{time.process_time() - started}")


def _seconds_beside(path: Path) -> Path:
    return path.with_name("region.seconds")


@pytest.fixture(scope="session")
def veenrand(region: Loaded) -> Iterator[SqliteEngine]:
    """The loaded region; nothing is written to it."""
    database = SqliteDatabase(region.path, durable=False)
    with database.session() as engine:
        yield engine
    database.close()


@pytest.fixture(scope="session")
def rows(veenrand: SqliteEngine) -> Rows:
    """Asks the loaded region."""
    return veenrand.rows


@pytest.fixture
def dump(app: Flask, settings: Settings) -> Dump:
    """Every row of every table, in the order in which they lie there: a region is too large to sort often."""

    def everything() -> dict[str, list[tuple[object, ...]]]:
        connection = sqlite3.connect(str(settings.DATABASE))
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = {name for (name,) in named} - VOLATILE
        found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        connection.close()
        return found

    return everything
