"""A coach gives the device out of hands: one question opens, nothing else, until the code is given."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_checkin import COACH, ask_a_parent
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LOCK = re.compile("/ontgrendelen$")


def answer(page: Page) -> None:
    for number in range(4):
        page.locator("fieldset").nth(number).get_by_role("radio").nth(3).check()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()


def unlock(page: Page, code: str) -> None:
    page.get_by_label("Code van de coach").fill(code)
    page.get_by_role("button", name="Ontgrendel").click()


def test_in_someone_elses_hands_no_tab_shows_anything_of_the_coach(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page()
    enter(page, server, COACH, "/trajecten")
    ask_a_parent(page)
    check = page.url
    beside = page.context.new_page()
    beside.goto(f"{server.url}/groei")
    beside.goto(f"{server.url}/trajecten")
    expect(beside.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()

    page.get_by_label("Kies een code van vier cijfers").fill("2468")
    page.get_by_role("button", name="Geef door").click()
    expect(page).to_have_url(re.compile(r"/c/[\w-]{22}\?hier=1$"))
    expect(beside).to_have_url(LOCK)
    expect(beside.get_by_role("navigation", name="Hoofdmenu")).to_have_count(0)
    beside.go_back()
    expect(beside).to_have_url(LOCK)
    page.go_back()
    expect(page).to_have_url(LOCK)
    page.go_forward()

    answer(page)
    page.get_by_role("link", name="Geef het toestel terug").click()
    expect(page).to_have_url(LOCK)
    unlock(page, "1111")
    expect(page.get_by_text("U kunt het nog 4 keer proberen")).to_be_visible()
    unlock(page, "2468")
    expect(page).to_have_url(check)
    expect(page.get_by_role("heading", name="Bespreek deze antwoorden samen")).to_be_visible()


def test_a_code_that_is_none_stays_on_the_page_of_the_coach(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page()
    enter(page, server, COACH, "/trajecten")
    ask_a_parent(page)
    page.get_by_label("Kies een code van vier cijfers").fill("12")
    page.get_by_role("button", name="Geef door").click()
    expect(page.locator("#code-error")).to_have_text("Kies een code van vier cijfers.")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()


def test_without_javascript_the_device_is_locked_as_well(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, server, COACH, "/trajecten")
    ask_a_parent(page)
    check = page.url
    page.get_by_role("link", name="Wacht even met vernieuwen").click()
    page.get_by_label("Kies een code van vier cijfers").fill("2468")
    page.get_by_role("button", name="Geef door").click()
    answer(page)
    page.goto(check)
    expect(page).to_have_url(LOCK)
    unlock(page, "2468")
    expect(page.get_by_role("heading", name="Bespreek deze antwoorden samen")).to_be_visible()
