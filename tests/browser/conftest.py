"""A server with the demo region and a browser that reports every violation and error on its console."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlite_utils.utils import sqlite3

from tests.browser.pages import PHONE, Pages
from tests.browser.respondents import Case, small_case
from tests.browser.signing_in import sign_in
from tests.demo_region import demo_database, made_once
from tests.server import Server, command, serving

CHECKS = 40
READY = "tests.browser.ready:create_app()"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "browser-region.db", demo_database)


@pytest.fixture(scope="session")
def reading_room(region: Path, tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Iterator[Server]:
    """One server for the tests that only look."""
    path = tmp_path_factory.mktemp("reading") / "demo.db"
    shutil.copyfile(region, path)
    with serving(path, application=READY, COMPILED=str(compiled)) as server:
        yield server


@pytest.fixture(scope="session")
def writing_room(region: Path, tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Iterator[Server]:
    """One server for the tests that write, one after the other."""
    path = tmp_path_factory.mktemp("writing") / "demo.db"
    shutil.copyfile(region, path)
    with serving(path, application=READY, COMPILED=str(compiled)) as server:
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


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A small case of its own, whose people can be asked for any check."""
    with small_case(tmp_path_factory.mktemp("case") / "case.db") as case:
        yield case


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
def enter() -> Callable[..., None]:
    """Be signed in as this person, on a page."""

    def open_as(page: Page, server: Server, name: str, path: str = "/vandaag") -> None:
        sign_in(page, server, name=name)
        page.goto(f"{server.url}{path}")

    return open_as


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Fresh browser contexts by option; closed at the end."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(**{"viewport": PHONE, "locale": "nl-NL", **options}))
        opened[-1].set_default_timeout(15_000)
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def new_page(pages: Pages) -> Iterator[Callable[..., Page]]:
    """Pages whose console must stay silent: an error or a CSP violation fails the test."""
    yield pages.lend
    noises = list(pages.noises)
    pages.take_back()
    expected = ("status of 4", "status of 5")
    assert [noise for noise in noises if not any(words in noise for words in expected)] == []
