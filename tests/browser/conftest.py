"""A server with the demo region and a browser that reports every violation and error on its console."""

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from sqlite_utils.utils import sqlite3

from survey.access import actions as access
from survey.clock import system_clock
from survey.database import SqliteDatabase, SqliteEngine
from tests.demo_region import demo_database
from tests.server import Server, command, serving

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
CHECKS = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_database(tmp_path_factory.mktemp("region") / "demo.db")


@pytest.fixture(scope="session")
def reading_room(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that only look."""
    path = tmp_path_factory.mktemp("reading") / "demo.db"
    shutil.copyfile(region, path)
    with serving(path) as server:
        yield server


@pytest.fixture(scope="session")
def writing_room(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that write, one after the other."""
    path = tmp_path_factory.mktemp("writing") / "demo.db"
    shutil.copyfile(region, path)
    with serving(path) as server:
        yield server


@pytest.fixture
def server(region: Path, writing_room: Server) -> Server:
    """A server whose region nobody wrote in yet: all of its database is replaced while it runs."""
    untouched = sqlite3.connect(str(region))
    written = sqlite3.connect(writing_room.environment["DATABASE"])
    untouched.backup(written)
    untouched.close()
    written.close()
    return writing_room


@contextlib.contextmanager
def inside(server: Server) -> Iterator[SqliteEngine]:
    """The database of a server, to see or change what no page shows."""
    database = SqliteDatabase(Path(server.environment["DATABASE"]))
    with database.session() as engine:
        yield engine
    database.close()


def without_assignment(server: Server) -> None:
    """Nobody's assignment is noted: then no sentence of a reflection is answered before someone does."""
    with inside(server) as engine:
        engine.run("DELETE FROM assignment")


def come_in(page: Page, server: Server, email: str) -> None:
    """Sign in as someone who is no persona, by a link as in the mail."""
    with inside(server) as engine:
        token = access.issue_link_to(engine, email=email, at=system_clock())
    page.goto(f"{server.url}/inloggen/{token}")
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/vandaag")


@pytest.fixture(scope="session")
def unanswered(reading_room: Server) -> Iterator[str]:
    """Check-in links from the command operators use, asked for once because it takes a second."""
    return iter(
        json.loads(command(reading_room.environment, "demo-links", "--checks", str(CHECKS)))["checks"]
    )


@pytest.fixture
def fresh_check(unanswered: Iterator[str]) -> Callable[[], str]:
    """Addresses of checks in the reading room that nobody answered."""
    return lambda: next(unanswered)


@pytest.fixture
def enter() -> Callable[[Page, Server, str], None]:
    """Sign in as one of the personas through the page where one chooses."""

    def choose(page: Page, server: Server, name: str) -> None:
        page.goto(f"{server.url}/demo")
        page.get_by_role("button", name=f"Ga verder als {name}").click()
        page.wait_for_url("**/vandaag")

    return choose


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Browser contexts by option; closed at the end."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", PHONE)
        options.setdefault("locale", "nl-NL")
        options.setdefault("reduced_motion", "reduce")  # pages scroll at once: no test waits for it
        opened.append(browser.new_context(**options))
        opened[-1].set_default_timeout(15_000)
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def new_page(context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Pages whose console must stay silent: an error or a CSP violation fails the test."""
    noises: list[str] = []

    def make(**options: Any) -> Page:
        page = context(**options).new_page()
        page.on(
            "console",
            lambda message: noises.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: noises.append(str(error)))
        return page

    yield make
    expected = ("status of 4", "status of 5")
    assert [noise for noise in noises if not any(words in noise for words in expected)] == []
