"""A lead takes in a list of schools: axe on each page, without JavaScript, and while the server is busy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import ONCE, check
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LEAD, IMPORT = "Gerard Wiemes", "/inzet/scholen/importeren"
LIST = (
    "BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;DENOMINATIE;leerlingen\n"
    "98XY;98XY00;De Proefschool;VEENRAND;VEENRAND;Openbaar;112\n"
    "98XY;98XY01;De Proefhoek;ZANDHOEK;ZANDHOEK;Openbaar;{pupils}\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """The list on the device of the lead."""

    def write(pupils: str = "80") -> Path:
        path = tmp_path / "scholen.csv"
        path.write_text(LIST.format(pupils=pupils), encoding="iso-8859-1")
        return path

    return write


def choose(page: Page, file: Path) -> None:
    page.get_by_label("Bestand", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bekijk de lijst").click()


def test_axe_finds_nothing_around_schools(
    reading_room: Server, new_page: NewPage, enter: Enter, file: Callable[..., Path]
) -> None:
    page = new_page(**ONCE)
    enter(page, reading_room, LEAD, "/inzet/scholen")
    check(page, "Scholen")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Wijzig de gegevens").click()
    check(page, "Gegevens wijzigen")
    page.go_back()
    check(page)
    page.goto(f"{reading_room.url}{IMPORT}")
    choose(page, file("veel"))
    check(page, "Nog niets ingelezen")
    page.goto(f"{reading_room.url}{IMPORT}")
    choose(page, file())
    check(page, "Kijk de lijst na")


def test_a_lead_takes_in_a_list_without_javascript(
    server: Server, new_page: NewPage, enter: Enter, file: Callable[..., Path]
) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, server, LEAD, IMPORT)
    choose(page, file())
    page.get_by_label("alleen in deze gemeenten:").check()
    page.get_by_label("Zandhoek (1)").check()
    page.get_by_role("button", name="Neem de lijst over").click()
    expect(page.get_by_text("2 scholen zijn nieuw.")).to_be_visible()
    page.get_by_label("Naam, plaats, bestuur of BRIN").fill("proef")
    page.get_by_role("button", name="Zoek").click()
    expect(page.locator("tbody a")).to_have_text(["De Proefhoek"])
    page.get_by_role("link", name="De Proefhoek").click()
    expect(page.get_by_text("Deze school doet mee")).to_be_visible()


def test_a_list_that_takes_a_while_says_so_and_is_sent_once(
    reading_room: Server, new_page: NewPage, enter: Enter, file: Callable[..., Path]
) -> None:
    page = new_page()
    enter(page, reading_room, LEAD, IMPORT)
    page.route("**/importeren", lambda route: route.fulfill(status=204))  # the page stays as while it waits
    page.get_by_label("Bestand", exact=True).set_input_files(file())
    button = page.get_by_role("button", name="Bekijk de lijst")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Bezig met lezen.")
    expect(button).to_be_disabled()
