"""The line above the sentences says what became of a tap, and looks like a warning when it was not kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[3] / "static" / "reflection.js"
PAGE = """<!doctype html><meta charset="utf-8"><title>zinnen</title>
<form data-save="/antwoord" data-failed="niet bewaard" data-out="uitgelogd" data-count="{n}/{total}">
<input name="csrf_token" value="x"><input name="revision" value="1"><input name="was-a">
<p class="saved"><span></span> <span id="line"></span></p>
<fieldset id="a"><input type="radio" id="a-1" name="a" value="1">
<input type="radio" id="a-2" name="a" value="2">
<button name="clear" value="a" hidden></button></fieldset></form>"""
ANSWER = """
var reply = { status: 200, message: "Bewaard" };
window.fetch = async () => ({ ok: reply.status === 200, status: reply.status, json: async () => reply });"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://coach.example/zinnen")
    page.add_script_tag(content=ANSWER)
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    page.close()


@pytest.mark.parametrize(
    ("status", "message", "said"),
    [
        (401, "U bent uitgelogd.", "uitgelogd"),
        (409, "De ronde is gesloten.", "De ronde is gesloten."),
        (503, "Dit lukt nu even niet.", "Dit lukt nu even niet."),
        (400, "Onleesbaar", "niet bewaard"),
    ],
)
def test_a_tap_that_was_not_kept_is_a_warning_until_one_is(
    page: Page, status: int, message: str, said: str
) -> None:
    page.evaluate("args => [reply.status, reply.message] = args", [status, message])
    page.check("#a-1")
    line = page.locator("#line")
    expect(line).to_have_text(said)
    expect(line).to_have_class("say")
    page.evaluate("[reply.status, reply.message] = [200, 'Bewaard']")
    page.check("#a-2")
    expect(line).to_have_text("Bewaard")
    expect(line).to_have_class("")
