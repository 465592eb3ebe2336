"""The ground every test stands on: a migrated database copied per test, a settable clock, a cast of six."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
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
from survey.cohort import actions as cohorts_of
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.people import actions as people
from survey.questionnaire import catalog
from tests.browser import install
from tests.client import HouseClient
from tests.compiled import Compiled
from tests.demo_region import together

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


def _member(engine: SqliteEngine, name: str, *roles: Role) -> Member:
    email = f"{name.lower()}@example.org"
    key = people.add_person(engine, name=name, email=email, roles=roles, by=None, at=START)
    return Member(key, name, email)


@pytest.fixture
def ana(engine: SqliteEngine) -> Member:
    return _member(engine, "Ana", Role.COACH)


@pytest.fixture
def cleo(engine: SqliteEngine) -> Member:
    return _member(engine, "Cleo", Role.COACH)


@pytest.fixture
def ben(engine: SqliteEngine) -> Member:
    return _member(engine, "Ben", Role.TRAINER)


@pytest.fixture
def dora(engine: SqliteEngine) -> Member:
    return _member(engine, "Dora", Role.TRAINER)


@pytest.fixture
def lea(engine: SqliteEngine) -> Member:
    return _member(engine, "Lea", Role.LEAD)


@pytest.fixture
def nobody(engine: SqliteEngine) -> Member:
    return _member(engine, "Nobody")


@pytest.fixture
def cohorts(engine: SqliteEngine, ana: Member, cleo: Member, ben: Member, dora: Member) -> Cohorts:
    """Ana in Ben's cohort, Cleo in Dora's, both since September."""
    keys = []
    for name, coach, trainer in (("najaar", ana, ben), ("voorjaar", cleo, dora)):
        key = cohorts_of.add_cohort(engine, name=name, profile="kansencoach", started_on=date(2025, 9, 1))
        cohorts_of.join(engine, cohort_id=key, person_id=coach.id, since=date(2025, 9, 1))
        cohorts_of.add_trainer(engine, cohort_id=key, person_id=trainer.id)
        keys.append(key)
    return Cohorts(*keys)


@pytest.fixture
def add_round(app: Flask, engine: SqliteEngine) -> Callable[..., str]:
    """A round of a cohort, open from `days` days ago for three weeks unless told otherwise."""

    def add(
        cohort_id: str,
        days: float = 5,
        length: float = 21,
        at: datetime = START,
        profile: str = "kansencoach",
    ) -> str:
        opens = at - timedelta(days=days)
        form = app.extensions["catalog"].reflection(profile)
        return cohorts_of.add_round(
            engine,
            cohort_id=cohort_id,
            form=form.form,
            version=form.version,
            opens_at=opens,
            closes_at=opens + timedelta(days=length),
        )

    return add


@pytest.fixture
def school_of(engine: SqliteEngine) -> Callable[[Member], str]:
    """A school where this coach works."""

    def add(coach: Member, name: str = "De Kraanheide") -> str:
        key = f"school-{name}"
        if engine.one("SELECT id FROM school WHERE id = :id", {"id": key}) is None:
            engine.insert("school", {"id": key, "name": name, "place": "Veenrand"})
        engine.insert(
            "placement",
            {
                "id": f"{key}-{coach.id}",
                "school_id": key,
                "school_year": "2025-2026",
                "person_id": coach.id,
                "status": "active",
                "starts_on": "2025-08-01",
                "ends_on": None,
            },
        )
        return key

    return add


@pytest.fixture
def as_(app: Flask, clock: Clock) -> Signed:
    """A client signed in as someone by a sign-in link; tests of access do it through its page."""
    from survey.access import actions as access

    def signed_in(member: Member) -> HouseClient:
        client = app.test_client()
        assert isinstance(client, HouseClient)
        with app.extensions["database"].session() as engine:
            link = access.issue_link(engine, person_id=member.id, at=clock())
            token = access.sign_in(engine, link=link, at=clock())
        assert token, f"{member.name} may not come in"
        with client.session_transaction() as cookie:
            cookie["token"], cookie.permanent = token, True
        return client

    return signed_in


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
