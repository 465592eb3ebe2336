"""Journey B: a coach asks, a parent answers in four taps, the coach's page goes on by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import DESKTOP
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LANGUAGES = ("nl", "en", "ar", "uk", "pl", "tr", "ti")
COACH = "Marit Voss"


def ask_a_parent(page: Page) -> str:
    """From the list of cases, open a new one and ask a parent; the address behind the QR code."""
    page.get_by_role("link", name="Maak een traject").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Maak een code").click()
    page.get_by_role("button", name="Werkrelatie-check: ouder", exact=True).click()
    address = page.locator("a[href*='/c/']").first.get_attribute("href")
    assert address is not None
    return address


def test_four_taps_and_send_reach_the_coach(server: Server, new_page: NewPage, enter: Enter) -> None:
    coach, parent = new_page(viewport=DESKTOP), new_page()
    enter(coach, server, COACH, "/trajecten")
    address = ask_a_parent(coach)
    expect(coach.locator("svg.qr")).to_be_visible()
    parent.goto(address)
    for number in range(4):
        answer = parent.locator("fieldset").nth(number).locator(".opt").nth(number)
        answer.scroll_into_view_if_needed()
        answer.click()
        if number < 3:
            expect(parent.locator("fieldset").nth(number + 1).locator(".opt").last).to_be_in_viewport()
    send = parent.get_by_role("button", name="Verstuur")
    expect(send).to_be_in_viewport()
    send.click()
    expect(parent.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert parent.context.cookies() == []
    expect(coach.get_by_role("cell", name="nee", exact=True)).to_be_visible(timeout=20_000)
    for word in ("een beetje", "best wel", "ja"):
        expect(coach.get_by_role("cell", name=word, exact=True)).to_be_visible()


def test_the_same_without_javascript_on_both_sides(server: Server, new_page: NewPage, enter: Enter) -> None:
    coach, parent = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    enter(coach, server, COACH, "/trajecten")
    parent.goto(ask_a_parent(coach))
    for number in range(4):
        parent.locator("fieldset").nth(number).get_by_role("radio").nth(3).check()
    parent.get_by_role("button", name="Verstuur").click()
    expect(parent.get_by_role("heading", name="Dank u wel")).to_be_visible()
    answers = coach.get_by_role("cell")
    expect(answers).to_have_count(4, timeout=20_000)
    assert all(text.endswith("ja") for text in answers.all_inner_texts())


def test_a_forgotten_question_is_named_and_nothing_is_lost(
    fresh_check: Callable[[], str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(fresh_check())
    for item in ("w1", "w2", "w4"):
        page.locator(f"#{item}-3").check()
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_role("link", name="Helpt dit gesprek u?").click()
    expect(page.locator("#w3-0")).to_be_in_viewport()
    expect(page.locator("input:checked")).to_have_count(3)
    page.locator("#w3-3").check()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fits_a_phone_and_keeps_dutch_beside(
    fresh_check: Callable[[], str], new_page: NewPage, language: str
) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(f"{fresh_check()}?taal={language}")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.dir || 'ltr'") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator("fieldset")).to_have_count(4)
    beside = page.locator("legend .nl[lang=nl]")
    expect(beside).to_have_count(0 if language == "nl" else 4)
    values = page.locator("#q1 input").evaluate_all("all => all.map(each => each.value)")
    assert values == ["0", "1", "2", "3", "4"]
    heights = page.locator(".opt").evaluate_all("all => all.map(each => each.offsetHeight)")
    assert min(heights) >= 48


def test_not_now_is_a_good_answer(fresh_check: Callable[[], str], new_page: NewPage) -> None:
    page = new_page()
    page.goto(fresh_check())
    page.get_by_role("button", name="Nu niet").click()
    expect(page.get_by_text("De hulp gaat gewoon door")).to_be_visible()


def test_a_link_that_does_not_work_says_whom_to_ask(reading_room: Server, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{reading_room.url}/c/AAAAAAAAAAAAAAAAAAAAAA")
    expect(page.get_by_text("Vraag de coach om een nieuwe").first).to_be_visible()
