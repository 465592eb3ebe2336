"""A portfolio as its reader gets it: a file on a device without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import LOOKS, check
from tests.browser.pages import asked_by
from tests.server import Server

WIDTH = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def portfolio(
    reading_room: Server,
    new_page: Callable[..., Page],
    enter: Callable[..., None],
    tmp_path: Path,
) -> Path:
    """Marit's portfolio with her own words, saved where she likes."""
    page = new_page(**LOOKS["phone"])
    enter(page, reading_room, "Marit Voss", "/account")
    page.get_by_role("link", name="Mijn gegevens meenemen").click()
    page.get_by_label("Zet ook mijn doelen en mijn eigen regels erin").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download mijn portfolio").click()
    saved.value.save_as(tmp_path / "portfolio.html")
    return tmp_path / "portfolio.html"


@pytest.mark.parametrize("look", LOOKS)
def test_a_portfolio_opens_without_a_network(
    portfolio: Path, new_page: Callable[..., Page], look: str
) -> None:
    page = new_page(**LOOKS[look], offline=True, bypass_csp=True)  # the tester's script may come in
    with asked_by(page) as asked:
        page.goto(portfolio.as_uri())
        expect(page.get_by_role("img")).to_be_visible()
    assert asked == [portfolio.as_uri()]
    assert page.evaluate(WIDTH) <= 0
    check(page, "Portfolio van Marit Voss")
