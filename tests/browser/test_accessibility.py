"""axe on every page, phone in the light and desktop in the dark, with every disclosure open."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.server import Server

Enter = Callable[[Page, Server, str], None]
NewPage = Callable[..., Page]
# As tall as the page: at the fold the sticky bar covers what lies there and is reported as a small target.
LOOKS = {
    "phone": {"viewport": {"width": 360, "height": 5000}, "color_scheme": "light"},
    "desktop": {"viewport": {"width": 1280, "height": 5000}, "color_scheme": "dark"},
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "Marit Voss": ("/vandaag", "/reflectie", "/groei", "/trajecten", "/trajecten/nieuw"),
    "Lieke Ramspek": ("/vandaag", "/reflectie", "/groei", "/trajecten"),
    "Ineke Tolhoek": ("/vandaag", "/cohorten"),
    "Wubbe Kraaijkamp": ("/cohorten",),
    "Gerard Wiemes": ("/vandaag", "/mensen", "/mensen/nieuw"),
}


def check(page: Page) -> None:
    """Fail with the rule and the place of each thing axe finds."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page, options=RULES).response["violations"]
    said = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    assert not said, f"{page.url}: {said}"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing_on_pages_of_staff(
    reading_room: Server, new_page: NewPage, enter: Enter, person: str, look: str
) -> None:
    page = new_page(**LOOKS[look])
    enter(page, reading_room, person)
    for path in PAGES[person]:
        page.goto(f"{reading_room.url}{path}")
        if page.locator("[data-figure]").count():
            page.locator(".plot svg.main-svg").first.wait_for()
        check(page)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_while_a_coach_works(
    server: Server, new_page: NewPage, enter: Enter, look: str
) -> None:
    page = new_page(**LOOKS[look])
    enter(page, server, "Marit Voss")
    page.get_by_role("link", name="Begin met reflecteren").click()
    check(page)
    page.goto(page.url.replace("attitude", "afronden"))
    check(page)
    page.get_by_role("button", name="Rond af").click()
    check(page)
    page.goto(f"{server.url}/trajecten")
    page.locator(".rows a").first.click()
    check(page)
    page.get_by_role("button", name="Ouder", exact=True).click()
    page.locator("svg.qr").wait_for()
    check(page)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_for_respondents_and_at_the_door(
    reading_room: Server, links: Callable[[Server], dict[str, str]], new_page: NewPage, look: str
) -> None:
    page = new_page(**LOOKS[look])
    fresh = links(reading_room)
    for address in (
        f"{reading_room.url}/inloggen",
        f"{reading_room.url}/demo",
        fresh["coach"],
        f"{reading_room.url}/nergens",
        f"{reading_room.url}/c/nergens",
        fresh["parent_check"],
        f"{fresh['parent_check']}?taal=ar",
    ):
        page.goto(address)
        check(page)
    page.get_by_role("button").first.click()
    check(page)
    page.goto(fresh["parent_check"])
    for item in ("w1", "w2", "w3", "w4"):
        page.locator(f"#{item}-3").check()
    page.get_by_role("button", name="Verstuur").click()
    check(page)
