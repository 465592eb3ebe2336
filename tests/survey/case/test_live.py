"""The page that waits for an answer goes on by itself, and says so when it no longer does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[3] / "static" / "live.js"
PAGE = """<!doctype html><meta charset="utf-8"><title>check</title>
<p id="live" data-state="open" data-stand="/stand">wacht op antwoord</p>
<p><span id="onward" data-stopped="stil">vanzelf</span></p>"""
STAND = """
var asked = 0, reply = { status: 200, state: "open" };
window.fetch = async () => {
  asked += 1;
  return { ok: reply.status === 200, status: reply.status, json: async () => reply };
};"""
A_LONG_TIME = 2 * 60 * 60


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The waiting page with a clock that only moves when told, and a server that counts what it is asked."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.clock.install()
    page.goto("http://coach.example/check")
    page.add_script_tag(content=STAND)
    page.add_script_tag(content=f"{{{SCRIPT.read_text(encoding='utf-8')}}}")
    yield page
    page.close()


def asked_after(page: Page, seconds: int) -> int:
    """How often the server was asked, so many seconds further on."""
    page.clock.run_for(seconds * 1000)
    return int(page.evaluate("asked"))


def test_an_answer_brings_the_page_onward(page: Page) -> None:
    assert asked_after(page, 10) > 2
    page.evaluate("reply.state = 'answered'")
    with page.expect_navigation():
        page.clock.run_for(10_000)


def test_it_asks_less_and_less_often_and_says_when_it_stops(page: Page) -> None:
    first = asked_after(page, 60)
    assert 10 < first < 20
    assert asked_after(page, 60) - first < 10
    expect(page.locator("#onward")).to_have_text("vanzelf")
    asked = asked_after(page, A_LONG_TIME)
    expect(page.locator("#onward")).to_have_text("stil")
    assert asked_after(page, A_LONG_TIME) == asked


def test_whoever_looks_again_sees_it_go_on(page: Page) -> None:
    asked = asked_after(page, A_LONG_TIME)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#onward")).to_have_text("vanzelf")
    assert asked_after(page, 60) > asked + 10


@pytest.mark.parametrize("status", [401, 404])
def test_it_stops_at_once_where_nothing_is_to_be_learned(page: Page, status: int) -> None:
    page.evaluate(f"reply.status = {status}")
    assert asked_after(page, 600) == 1
    expect(page.locator("#onward")).to_have_text("stil")


def test_a_server_out_of_reach_is_asked_again(page: Page) -> None:
    page.evaluate("reply.status = 503")
    assert asked_after(page, 60) > 10
