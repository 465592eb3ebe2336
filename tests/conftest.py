"""The ground every test stands on: a migrated database copied per test, a settable clock, the application."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from app import create_app
from survey.access.permissions import Role, Scope
from survey.case.agreement.rules import Given
from survey.clock import stamp
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.questionnaire import catalog
from tests.browser import install
from tests.client import HouseClient
from tests.compiled import Compiled
from tests.demo_region import together

pytest_plugins = ["tests.cast"]
hypothesis.settings.register_profile("calm", deadline=None)  # both cores may be busy
hypothesis.settings.load_profile("calm")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays until the end: thousands of tests that no search for garbage need look at."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


START = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
BOTH_AGREE = Given("under_12", "yes", "yes", None, START.date())
SECRET = "for tests only, not a secret at all"
VOLATILE = frozenset({"session", "rate_limit", "sqlite_stat1"})
# No page of a test lives long enough for a script to be worth optimising: a tenth less to compute.
BRIEF = "--js-flags=--sparkplug,--no-opt"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Member:
    """One of the cast."""

    id: str
    name: str
    email: str


Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def scope_of(member: Member, role: Role = Role.COACH) -> Scope:
    """What this member may see, in one role."""
    return Scope(member.id, member.name, frozenset({role}))


@dataclass(frozen=True)
class Cohorts:
    """The two cohorts of the cast: Ben's with Ana, Dora's with Cleo."""

    bens: str
    doras: str


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = SqliteDatabase(path, durable=False)
    migrate(database)
    with database.session() as engine:
        engine.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests that look at pages."""
    path = install.find()
    if path is None:
        if install.REQUIRED:
            pytest.fail("chromium is missing: browser tests may not be skipped here")
        pytest.skip("no chromium: apt-get install chromium")
    expect.set_options(timeout=15_000)  # milliseconds; both cores may be busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*install.FLAGS, BRIEF])
        yield browser
        browser.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {
            "DATABASE": str(tmp_path / "test.db"),
            "SECRET_KEY": SECRET,
            "BASE_URL": "http://localhost",
            "DRAFT_LANGUAGES": "ar uk pl tr ti",
        }
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


COMPILED = Compiled()


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the compiled templates of the application, for all processes of this run."""
    COMPILED.folder = together(tmp_path_factory) / "templates"
    COMPILED.folder.mkdir(exist_ok=True)
    return COMPILED.folder


read_before = cache(catalog.load)  # the questionnaires, that no test changes


def build(settings: Settings) -> Flask:
    """The application as tests want it, still without a database of its own."""
    app = create_app(
        {
            "SETTINGS": settings,
            "CATALOG": read_before(),
            "TESTING": True,
            "WTF_CSRF_ENABLED": False,
            "PROPAGATE_EXCEPTIONS": False,
        }
    )
    app.jinja_env.bytecode_cache = COMPILED
    return app


built_before = cache(build)


@pytest.fixture
def house(settings: Settings) -> Flask:
    """One application for all tests with these settings: to build it takes longer than most of them.

    Where a test adds pages it has `build` make one of its own.
    """
    return built_before(replace(settings, DATABASE=Path("no folder/none.db")))


@pytest.fixture
def app(house: Flask, settings: Settings, clock: Clock, template_database: Path) -> Iterator[Flask]:
    """The house with a database, a clock and settings of the test alone."""
    shutil.copyfile(template_database, settings.DATABASE)
    config, extensions = dict(house.config), dict(house.extensions)
    house.config.update(SETTINGS=settings, CLOCK=clock)
    house.test_client_class = HouseClient
    house.extensions["database"] = SqliteDatabase(settings.DATABASE, durable=False)
    yield house
    if courier := house.extensions.get("courier"):
        courier.wait()  # a mail that is on its way needs the database of its test
    house.extensions["database"].close()
    house.config.clear()
    house.config.update(config)
    house.extensions.clear()
    house.extensions.update(extensions)


@pytest.fixture
def engine(app: Flask) -> Iterator[SqliteEngine]:
    with app.extensions["database"].session() as engine:
        yield engine


@pytest.fixture
def client(app: Flask) -> HouseClient:
    client = app.test_client()
    assert isinstance(client, HouseClient)
    return client


@pytest.fixture
def dump(app: Flask) -> Iterator[Dump]:
    """Every row of every table, to show that a refusal changed nothing."""
    with app.extensions["database"].session() as engine:  # writes nothing itself
        last: dict[int, dict[str, list[tuple[object, ...]]]] = {}

        def everything() -> dict[str, list[tuple[object, ...]]]:
            (version,) = engine.rows("PRAGMA data_version")[0].values()  # another one after any commit
            if version not in last:
                last.clear()
                tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
                names = [row["name"] for row in engine.rows(tables) if row["name"] not in VOLATILE]
                last[version] = {
                    name: sorted(
                        (tuple(row.values()) for row in engine.rows(f'SELECT * FROM "{name}"')), key=repr
                    )
                    for name in names
                }
            return last[version]

        yield everything


__all__ = ["Clock", "Cohorts", "Member", "stamp"]
