"""A start agreement from an empty page to the last signature: without JavaScript, and with axe on the way."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.clock import local_day, system_clock
from tests.browser.axe import ONCE, check
from tests.browser.database import inside
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LEAD, COACH = "Gerard Wiemes", "Marit Voss"


def own_place(server: Server) -> str:
    """A place of the coach of the tour that runs, as if nothing was agreed there yet."""
    sql = """
    SELECT placement.id FROM placement JOIN person ON person.id = placement.person_id
    WHERE person.name = :coach AND placement.status = 'active' AND placement.ends_on IS NULL
    ORDER BY placement.id
    """
    with inside(server) as engine:
        key = str(engine.rows(sql, {"coach": COACH})[0]["id"])
        engine.run("DELETE FROM start_agreement WHERE placement_id = :id", {"id": key})
    return key


def write(page: Page, look: Callable[[str], None]) -> None:
    """All four parts, from the first to the page of the agreement."""
    today = local_day(system_clock()).isoformat()
    page.get_by_role("link", name="Schrijf verder").click()
    page.get_by_label("Wanneer was het gesprek?").fill(today)
    page.get_by_label("Directeur").check()
    page.get_by_label("Wat vraagt de school?").fill("Meer contact met ouders.")
    look("Het gesprek")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label("Wat willen we bereiken?").first.fill("Meer ouders komen naar een gesprek.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies waar het over gaat.")
    look("Wat het moet opleveren")
    page.get_by_label("Waar gaat het over?").first.select_option("contact_with_parents")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label("Verbinder").first.check()
    look("Wat de coach doet")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label("Wanneer kijkt u samen terug?").fill(today)
    look("Kennismaken en afspraken")
    page.get_by_role("button", name="Bewaar").click()


def test_a_coach_writes_one_and_a_director_signs_it_without_javascript(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    place = own_place(server)
    page = new_page(java_script_enabled=False)
    enter(page, server, COACH, f"/inzet/{place}/startafspraak")
    page.get_by_role("button", name="Begin").last.click()
    write(page, lambda _heading: None)
    page.get_by_role("link", name="Laat tekenen").click()
    page.get_by_role("button", name="Vraag om te tekenen").click()
    link = page.locator(".copy a").get_attribute("href")
    assert link
    director = new_page(java_script_enabled=False)
    director.goto(link)
    director.get_by_role("button", name="Ik onderteken").click()
    expect(director.get_by_role("alert")).to_contain_text("Vul uw naam in")
    director.get_by_label("Uw naam").fill("Rosa Timmer")
    director.get_by_role("button", name="Ik onderteken").click()
    expect(director.get_by_role("status")).to_contain_text("De afspraak geldt.")
    assert director.context.cookies() == []
    page.goto(f"{server.url}/inzet/{place}/startafspraak")
    expect(page.get_by_role("article")).to_contain_text("Rosa Timmer")


def test_axe_finds_nothing_around_a_start_agreement(server: Server, new_page: NewPage, enter: Enter) -> None:
    place = own_place(server)
    page = new_page(**ONCE)
    enter(page, server, LEAD, f"/inzet/{place}/startafspraak")
    check(page, "Startafspraak")
    page.get_by_role("button", name="Begin").last.click()
    check(page, "Startafspraak")
    write(page, lambda heading: check(page, heading))
    page.get_by_role("link", name="Laat tekenen").click()
    check(page, "Wie tekent?")
    page.get_by_role("button", name="Vraag om te tekenen").click()
    check(page, "Startafspraak")
    director = new_page(**ONCE)
    director.goto(page.locator(".copy a").get_attribute("href") or "")
    check(director, "Startafspraak")
    director.get_by_label("Uw naam").fill("Rosa Timmer")
    director.get_by_role("button", name="Ik onderteken").click()
    check(director, "Startafspraak")
    page.reload()
    check(page, "Startafspraak")
    page.get_by_role("link", name="Kijk terug", exact=True).click()
    page.get_by_role("button", name="Bewaar").click()
    check(page, "Terugkijken halverwege")
    director.goto(f"{server.url}/s/werkt-niet")
    check(director, "Deze link werkt niet")
