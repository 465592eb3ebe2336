"""axe on every page as people first meet it: phone in the light and desktop in the dark, or once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import LOOKS, ONCE, check
from tests.browser.database import inside
from tests.browser.signing_in import sign_in
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
ENGLISH = {"Marit Voss": "/groei", "Ineke Tolhoek": "/cohorten", "Gerard Wiemes": "/mensen/nieuw"}
OF_COACH = "FROM placement JOIN person ON person.id = placement.person_id WHERE person.name = 'Marit Voss'"
NAMED = {  # what an address names, and where it is found
    "window": "SELECT window_id AS id FROM evaluation_release ORDER BY released_at DESC",
    "signed": "SELECT id FROM advice WHERE signed_at IS NOT NULL AND school_id IS NOT NULL",
    "draft": "SELECT id FROM advice WHERE signed_at IS NULL AND school_id IS NOT NULL",
    "ended": f"SELECT placement.id {OF_COACH} AND placement.status = 'ended' ORDER BY starts_on DESC",
    "agreed": f"SELECT placement.id {OF_COACH} AND placement.status = 'active' AND placement.id IN "
    "(SELECT placement_id FROM start_agreement WHERE state = 'signed')",
}
MET_DAILY = {
    "Marit Voss": (
        "/vandaag",
        "/reflectie",
        "/groei",
        "/trajecten",
        "/agenda",
        "/opdracht",
        "/trajecten/KV-7Q4M",
    ),
    "Hanne Doornweerd": ("/vandaag", "/groei", "/trajecten/WJ-3X9C"),
    "Ineke Tolhoek": ("/vandaag", "/cohorten", "/gedeeld", "/agenda"),
    "Gerard Wiemes": ("/vandaag", "/mensen", "/jaarplan", "/programma", "/inzet/plannen", "/advies/{draft}"),
}
MET_AT_TIMES = {
    "Marit Voss": (
        *("/trajecten/nieuw", "/trajecten/overdragen", "/account", "/eigen-gegevens"),
        *(f"/trajecten/KV-7Q4M/{rest}" for rest in ("wijzigen", "kaart", "afsluiten")),
        *(f"/trajecten/KV-7Q4M/gesprek/{rest}" for rest in ("noteer", "plan")),
        *("/mijn-inzet", "/mijn-inzet/{ended}/driehoek", "/mijn-inzet/evaluatie/{window}/evaluation-teacher"),
        "/inzet/{agreed}/startafspraak",
    ),
    "Hanne Doornweerd": ("/reflectie",),
    "Lieke Ramspek": ("/vandaag", "/reflectie", "/groei", "/trajecten"),
    "Ineke Tolhoek": ("/agenda/nieuw",),
    "Wubbe Kraaijkamp": ("/cohorten",),
    "Gerard Wiemes": (
        *("/mensen/nieuw", "/overdracht", "/inzet/plannen/nieuw", "/advies", "/advies/{signed}"),
        *(f"/advies/{{draft}}/{rest}" for rest in ("keuze", "tekst")),
        *(f"/evaluatie/{{window}}/evaluation-{form}" for form in ("teacher", "ib-programme")),
    ),
}


@pytest.fixture(scope="session")
def named(reading_room: Server) -> dict[str, str]:
    with inside(reading_room) as engine:
        return {name: engine.rows(query)[0]["id"] for name, query in NAMED.items()}


def visit(page: Page, address: str) -> None:
    """Open a page that must be there: an error page has no faults either."""
    reply = page.goto(address)
    assert reply is not None
    assert reply.ok, f"{address} answers {reply.status}"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("person", MET_DAILY)
def test_axe_finds_nothing_on_pages_of_every_day(
    reading_room: Server, new_page: NewPage, named: dict[str, str], person: str, look: str
) -> None:
    page = new_page(**LOOKS[look])
    sign_in(page, reading_room, name=person)
    for path in MET_DAILY[person]:
        visit(page, f"{reading_room.url}{path.format(**named)}")
        check(page)


@pytest.mark.parametrize("person", MET_AT_TIMES)
def test_axe_finds_nothing_on_pages_met_at_times(
    reading_room: Server, new_page: NewPage, named: dict[str, str], person: str
) -> None:
    page = new_page(**ONCE)
    sign_in(page, reading_room, name=person)
    for path in MET_AT_TIMES[person]:
        visit(page, f"{reading_room.url}{path.format(**named)}")
        check(page)


def test_axe_finds_nothing_on_english_pages(server: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(**LOOKS["phone"])
    for person, path in ENGLISH.items():
        enter(page, server, person)
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        visit(page, f"{server.url}{path}")
        check(page)
        page.get_by_role("button", name="Sign out", exact=True).click()
        check(page, "Sign in")
        page.get_by_role("button", name="Nederlands").click()


def test_axe_finds_nothing_while_a_coach_works(server: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(**ONCE)
    enter(page, server, "Marit Voss")
    page.get_by_role("link", name="Begin met reflecteren").click()
    check(page, "Houding")
    page.goto(page.url.replace("attitude", "afronden"))
    check(page, "Afronden")
    page.get_by_role("button", name="Rond af").click()
    page.get_by_role("alert").wait_for()
    check(page, "Afronden")
    page.goto(f"{server.url}/trajecten")
    page.locator(".rows a").first.click()
    check(page, "Traject")
    page.get_by_role("button", name="-check: ").first.click()
    page.locator("svg.qr").wait_for()
    check(page, "-check")
    page.get_by_label("Kies een code van vier cijfers").fill("4711")
    page.get_by_role("button", name="Geef door").click()
    page.wait_for_url("**/c/**")
    check(page)
    page.goto(f"{server.url}/ontgrendelen")
    check(page)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_for_respondents(
    fresh_check: Callable[[], str], new_page: NewPage, look: str
) -> None:
    page = new_page(**LOOKS[look])
    address = fresh_check()
    for language in ("nl", "ar", "en"):
        page.goto(f"{address}?taal={language}")
        check(page)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").wait_for()
    check(page)
    page.goto(address)
    page.get_by_role("button", name="Nu niet").click()
    check(page, "Nu niet")
    page.get_by_role("link", name="Terug").click()
    for item in ("w1", "w2", "w3", "w4"):
        page.locator(f"#{item}-3").check()
    page.get_by_role("button", name="Verstuur").click()
    check(page, "Dank u wel")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_at_the_door(reading_room: Server, new_page: NewPage, look: str) -> None:
    page = new_page(**LOOKS[look])
    for path, heading in {
        "/inloggen": "Inloggen",
        "/inloggen/verstuurd": "Kijk in uw mail",
        "/inloggen/AAAAAAAAAAAAAAAAAAAAAA": "Deze link werkt niet meer",
        "/demo": "Kies wie u bent",
        "/nergens": "Deze pagina is er niet",
        "/uitloggen": "Zo werkt deze pagina niet",
        "/c/nergens": "Deze link werkt niet meer",
    }.items():
        page.goto(f"{reading_room.url}{path}")
        check(page, heading)
    page.goto(f"{reading_room.url}/inloggen")
    page.get_by_role("button", name="Stuur mij een link").click()
    page.get_by_role("alert").wait_for()
    check(page, "Inloggen")
