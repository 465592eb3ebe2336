"""Journey A and C: a coach reflects and sees the growth chart move."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.database import without_assignment
from tests.browser.pages import DESKTOP, PHONE, asked_by
from tests.browser.signing_in import choose_persona
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
ITEMS = {"attitude": 6, "skills": 8, "knowledge": 3}
COACH = "Marit Voss"


def rounds_in_the_table(page: Page) -> int:
    return page.locator("figure").first.locator("tbody tr").count()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_coach_reflects_by_tapping_and_the_chart_moves(
    server: Server, new_page: NewPage, enter: Enter, viewport: dict[str, int]
) -> None:
    page = new_page(viewport=viewport)
    enter(page, server, COACH, "/groei")
    before = rounds_in_the_table(page)
    page.goto(f"{server.url}/vandaag")
    page.get_by_role("link", name="Begin met reflecteren").click()
    for items in ITEMS.values():
        sets = page.locator("fieldset")
        expect(sets).to_have_count(items)
        for number in range(items):
            sets.nth(number).locator(".seg label").nth(3).click()
        expect(page.get_by_role("status")).to_contain_text(f"{items} van {items} beantwoord")
        expect(page.get_by_role("status")).to_contain_text("Bewaard om")
        page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Helpen zonder overnemen").check()
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_role("heading", name="Klaar, dank u wel")).to_be_visible()
    expect(page.get_by_text("Hier staan uw antwoorden naast die van")).to_be_visible()
    page.goto(f"{server.url}/groei")
    assert rounds_in_the_table(page) == before + 1
    expect(page.locator(".plot svg.main-svg").first).to_be_visible()


def test_a_coach_reflects_without_javascript(server: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, server, COACH)
    page.get_by_role("link", name="Begin met reflecteren").click()
    for items in ITEMS.values():
        for number in range(items):
            page.locator("fieldset").nth(number).get_by_role("radio").nth(2).check()
        page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_role("button", name="Rond af").click()
    expect(page.get_by_role("heading", name="Klaar, dank u wel")).to_be_visible()
    page.get_by_role("link", name="Bekijk uw groei").click()
    expect(page.locator("figcaption").first).to_be_visible()
    expect(page.get_by_text("Toon cijfers").first).to_be_visible()


def test_a_half_done_reflection_goes_on_at_another_device(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    without_assignment(server)
    phone = new_page()
    enter(phone, server, COACH)
    phone.get_by_role("link", name="Begin met reflecteren").click()
    phone.locator("fieldset").first.locator(".seg label").nth(1).click()
    expect(phone.get_by_role("status")).to_contain_text("1 van 6 beantwoord")
    expect(phone.get_by_role("status")).to_contain_text("Bewaard om")
    laptop = new_page(viewport=DESKTOP)
    enter(laptop, server, COACH)
    laptop.get_by_role("link", name="Verder met houding").click()
    expect(laptop.locator("fieldset").first.get_by_role("radio").nth(1)).to_be_checked()


def test_an_answer_given_after_signing_out_elsewhere_comes_back(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP, java_script_enabled=False)
    enter(page, server, COACH)
    page.get_by_role("link", name="Begin met reflecteren").click()
    page.locator("fieldset").first.get_by_role("radio").nth(4).check()
    other = page.context.new_page()
    other.goto(f"{server.url}/vandaag")
    other.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_role("heading", name="Uw antwoorden staan nog hier")).to_be_visible()
    choose_persona(other, server, COACH)
    page.get_by_role("button", name="Verstuur opnieuw").click()
    expect(page.get_by_text("U bent nu ingelogd als Marit Voss")).to_be_visible()
    page.get_by_role("button", name="Verstuur opnieuw").click()
    page.wait_for_url("**/skills")
    page.get_by_role("button", name="Terug").click()
    expect(page.locator("fieldset").first.get_by_role("radio").nth(4)).to_be_checked()


def test_numbers_are_readable_when_the_script_never_arrives(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    page.route("**/plotly*.js*", lambda route: route.fulfill(status=404, body=""))
    enter(page, reading_room, COACH, "/groei")
    expect(page.locator("figcaption").first).to_contain_text("toeval")
    page.get_by_text("Toon cijfers").first.click()
    expect(page.locator("figure tbody tr").first).to_be_visible()
    for figure in page.locator("figure").all():
        figure.scroll_into_view_if_needed()
    expect(page.locator("[data-figure]")).to_have_count(0)


def test_the_figure_asks_no_other_host_and_has_no_share_button(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    with asked_by(page) as asked:
        enter(page, reading_room, COACH, "/groei")
        expect(page.locator(".plot svg.main-svg").first).to_be_visible()
    assert [url for url in asked if "plotly" in url], "the figure came with its script"
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        reading_room.url.removeprefix("http://")
    }
    expect(page.locator(".modebar-btn")).to_have_count(0)


def test_someone_who_starts_reads_what_comes_next(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page()
    enter(page, reading_room, "Lieke Ramspek", "/groei")
    expect(page.get_by_text("Vanaf twee meetrondes tekenen we een lijn")).to_be_visible()
    page.goto(f"{reading_room.url}/trajecten")
    expect(page.get_by_role("heading", name="Nog geen trajecten")).to_be_visible()
