"""A server with the demo region and a browser that reports every violation and error on its console."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.demo_region import demo_database
from tests.server import Server, command, serving

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


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


@pytest.fixture
def server(region: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of one's own, for a test that writes."""
    path = tmp_path / "demo.db"
    shutil.copyfile(region, path)
    with serving(path) as server:
        yield server


@pytest.fixture
def links() -> Callable[[Server], Any]:
    """Fresh sign-in and check-in links from the command operators use."""

    def fresh(server: Server) -> Any:
        return json.loads(command(server.environment, "demo-links"))

    return fresh


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
