"""The region, simulated and loaded once for all tests."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.database import Row, SqliteDatabase, SqliteEngine
from survey.demo.simulate import simulate
from survey.questionnaire import catalog
from survey.questionnaire.catalog import Catalog
from tests.conftest import START
from tests.demo_region import demo_database

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
    started = time.process_time()
    path = demo_database(tmp_path_factory.mktemp("region") / "region.db", day=START.date())
    return Loaded(path, time.process_time() - started)


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
