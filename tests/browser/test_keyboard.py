"""Journeys to the end without a pointer: Tab, arrows, Space and Enter, from the first page to the last."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.database import without_assignment
from tests.browser.pages import DESKTOP
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
ITEMS = {"attitude": 6, "skills": 8, "knowledge": 3}
FAR = 60


def tab_to(page: Page, selector: str) -> None:
    """Tab on until something that fits the selector has the focus; fail when it is never reached."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector} on {page.url}")


def press(page: Page, selector: str) -> None:
    """Tab to a link or button and press it, until the next page is there."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_coach_finishes_a_reflection_with_the_keyboard_only(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    without_assignment(server)
    page = new_page(viewport=DESKTOP)
    enter(page, server, "Marit Voss")
    press(page, "main .btn")
    for block, items in ITEMS.items():
        page.wait_for_url(f"**/{block}")
        tab_to(page, ".skip")
        for number in range(items):
            tab_to(page, f"fieldset:nth-of-type({number + 1}) .seg [type=radio]")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
        expect(page.get_by_role("status")).to_contain_text(f"{items} van {items} beantwoord")
        expect(page.locator("fieldset .seg label:nth-child(2) input:checked")).to_have_count(items)
        press(page, "form .acts .btn:not(.quiet)")
    page.wait_for_url("**/afronden")
    tab_to(page, "[name=focus]")
    page.keyboard.press("Space")
    tab_to(page, "[name^=aim-]")
    page.keyboard.type("elke week een kop koffie")
    press(page, ".acts .btn:not(.quiet)")
    expect(page.get_by_role("heading", name="Klaar, dank u wel")).to_be_visible()
    expect(page.get_by_text("elke week een kop koffie")).to_be_visible()


def test_a_coach_asks_a_parent_with_the_keyboard_only(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    enter(page, server, "Marit Voss")
    press(page, ".nav [href='/trajecten']")
    press(page, "[href='/trajecten/nieuw']")
    tab_to(page, "[name=school]")
    page.keyboard.press("Space")
    press(page, "main .btn")
    press(page, ".asks .btn")
    expect(page.locator("svg.qr")).to_be_visible()
    tab_to(page, "main a[href*='/c/']")
    tab_to(page, "[data-lock] .btn")
    tab_to(page, "details:has([action$=intrekken]) > summary")
    page.keyboard.press("Enter")
    press(page, "[action$=intrekken] .btn")
    expect(page.get_by_role("heading", name="Deze link werkt niet meer")).to_be_visible()


def test_a_parent_answers_with_the_keyboard_only(fresh_check: Callable[[], str], new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(fresh_check())
    for number in range(4):
        tab_to(page, f"#q{number + 1} input")
        page.keyboard.press("Space")
        for _ in range(number):
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Verstuur")).to_be_focused()
    chosen = [page.locator(f"#w{number}-{number - 1}").is_checked() for number in range(1, 5)]
    assert chosen == [True] * 4
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()


def test_a_trainer_opens_the_numbers_of_another_cohort_with_the_keyboard_only(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    enter(page, reading_room, "Ineke Tolhoek")
    press(page, ".nav [href='/cohorten']")
    other = page.locator(".chips a:not([aria-current])").first.inner_text()
    press(page, ".chips a:not([aria-current])")
    expect(page.get_by_role("heading", level=1)).to_contain_text(other)
    tab_to(page, "figure summary")
    page.keyboard.press("Enter")
    expect(page.locator("figure tbody tr").first).to_be_visible()
    tab_to(page, "figure .scroll")
