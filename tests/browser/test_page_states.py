"""axe on the pages one meets only after something happened: refused, closed, added, lost, broken."""

import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from urllib.error import HTTPError

from playwright.sync_api import Page

from survey.access.permissions import Role
from survey.clock import stamp, system_clock
from survey.people import actions as people
from tests.browser.axe import ONCE, check
from tests.browser.database import inside
from tests.browser.signing_in import come_in
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
COACH, LEAD = "Marit Voss", "Gerard Wiemes"
JOOST, TRUDE = "joost.brem@veenrand.example", "trude.hesselter@veenrand.example"
CHECKS = """
  SELECT "case".code, checkin_link.id, checkin.id IS NOT NULL AS answered FROM checkin_link
  JOIN informant ON informant.id = checkin_link.informant_id
  JOIN "case" ON "case".id = informant.case_id JOIN person ON person.id = "case".coach_id
  LEFT JOIN checkin ON checkin.link_id = checkin_link.id
  WHERE person.name = 'Marit Voss' AND checkin_link.expires_at < :now
    AND checkin_link.form LIKE 'relationship-%'
  ORDER BY checkin_link.created_at
"""


def test_axe_finds_nothing_on_what_lies_behind_a_coach(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    with inside(reading_room) as engine:
        links = engine.rows(CHECKS, {"now": stamp(system_clock())})
    ends = {bool(row["answered"]): f"/trajecten/{row['code']}/check/{row['id']}" for row in links}
    page = new_page(**ONCE)
    enter(page, reading_room, COACH, ends[True])
    check(page, "Bespreek deze antwoorden samen")
    page.goto(f"{reading_room.url}{ends[False]}")
    check(page, "Werkrelatie-check")
    page.goto(f"{reading_room.url}/trajecten")
    page.get_by_text("afgesloten traject").click()
    page.locator("details .rows a").first.click()
    page.get_by_text("afgesloten op").wait_for()
    check(page, "Traject")
    page.goto(f"{reading_room.url}/trajecten/nieuw")
    page.get_by_role("button", name="Maak een code").click()
    page.get_by_role("alert").wait_for()
    check(page, "Maak een traject")
    page.goto(f"{reading_room.url}/reflectie")
    page.locator(".rows a").first.click()
    check(page, "Uw antwoorden")


def test_axe_finds_nothing_when_a_round_closes_under_the_hands_of_a_coach(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(**ONCE)
    enter(page, server, COACH)
    page.get_by_role("link", name="Begin met reflecteren").click()
    page.locator("fieldset").first.locator(".seg label").nth(1).click()
    page.get_by_text("Bewaard om").wait_for()
    with inside(server) as engine:
        moment = stamp(system_clock() - timedelta(minutes=1))
        engine.run("UPDATE round SET closes_at = :now WHERE closes_at > :now", {"now": moment})
    page.locator("fieldset").nth(1).locator(".seg label").nth(2).click()
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_text("Dit is niet meer bewaard").wait_for()
    check(page, "Deze ronde is gesloten")
    page.get_by_role("link", name="Bekijk wat er bewaard is").click()
    check(page, "Niet afgerond")
    come_in(page, server, TRUDE)
    page.goto(f"{server.url}/reflectie")
    page.locator("li", has_text="niet ingevuld").locator("a").last.click()
    check(page, "Niet ingevuld")


def test_axe_finds_nothing_once_a_coach_handed_in(server: Server, new_page: NewPage) -> None:
    page = new_page(**ONCE)
    come_in(page, server, JOOST)
    page.get_by_role("link", name="Verder met").click()
    page.goto(page.url.rpartition("/")[0] + "/afronden")
    late = page.context.new_page()
    late.goto(page.url)
    page.get_by_label("Helpen zonder overnemen").check()
    page.get_by_role("button", name="Rond af").click()
    check(page, "Klaar, dank u wel")
    late.get_by_role("button", name="Rond af").click()
    check(late, "Deze reflectie is al ingeleverd")
    page.get_by_role("button", name="Verbeteren").click()
    page.goto(page.url.rpartition("/")[0])
    page.get_by_text("U bent deze reflectie aan het verbeteren").wait_for()
    check(page, "Klaar, dank u wel")


def test_axe_finds_nothing_whatever_becomes_of_a_check(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(**ONCE)
    enter(page, server, COACH, "/trajecten")
    page.get_by_role("link", name="KV-7Q4M").click()
    case = page.url
    page.get_by_role("button", name="Werkrelatie-check: leerkracht").click()
    parent = new_page()
    parent.goto(str(page.locator("a[href*='/c/']").first.get_attribute("href")))
    parent.get_by_role("button", name="Nu niet").click()
    page.get_by_text("Wie zich bedenkt, kan nog antwoorden").wait_for()
    check(page, "Werkrelatie-check")
    page.get_by_role("button", name="Trek de link in").click()
    page.get_by_role("heading", name="Deze link werkt niet meer").wait_for()
    check(page, "Werkrelatie-check")
    page.goto(case)
    with inside(server) as engine:
        engine.run('UPDATE "case" SET closed_at = :now', {"now": stamp(system_clock())})
    page.get_by_role("button", name="Werkrelatie-check: leerkracht").click()
    page.get_by_role("heading", name="Dit traject is afgesloten").wait_for()
    check(page)


def test_axe_finds_nothing_while_a_lead_adds_someone(server: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(**ONCE)
    enter(page, server, LEAD, "/mensen/nieuw")
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("alert").wait_for()
    check(page, "Iemand toevoegen")
    page.get_by_label("Naam").fill("Wende Roelofs")
    page.get_by_label("Mailadres").fill("wende@example.org")
    page.get_by_label("trainer").check()
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_text("Wende Roelofs is toegevoegd").wait_for()
    check(page, "Mensen")
    page.get_by_role("link", name="Toon alle").click()
    page.get_by_role("link", name="Wende Roelofs").click()
    check(page, "Wende Roelofs")
    page.get_by_role("link", name="Noteer vertrek").click()
    check(page, "Vertrekt Wende Roelofs?")
    come_in(page, server, "wende@example.org")
    check(page, "Wende")
    page.goto(f"{server.url}/cohorten")
    check(page, "Cohorten")


def test_axe_finds_nothing_while_a_lead_adds_many_and_notes_an_assignment(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(**ONCE)
    enter(page, server, LEAD, "/mensen/importeren")
    page.get_by_text("Of plak de regels").click()
    page.get_by_label("Regels").fill("naam;mailadres;cohort\nWende;wende@example.org;\nFedde;fedde;winter\n")
    page.get_by_role("button", name="Bekijk de regels").click()
    check(page, "Nog niemand toegevoegd")
    lines = page.get_by_label("De regels, om te verbeteren")
    lines.fill(lines.input_value().replace("fedde;winter", "fedde@example.org;"))
    page.get_by_role("button", name="Kijk opnieuw").click()
    check(page, "2 regels zijn goed")
    page.get_by_role("button", name="Voeg 2 mensen toe").click()
    page.get_by_text("2 mensen zijn toegevoegd").wait_for()
    page.get_by_role("link", name="Toon alle").click()
    page.get_by_role("link", name=COACH).click()
    check(page, COACH)
    page.get_by_role("link", name="Bekijk of wijzig de opdracht").click()
    check(page, "Opdracht van")
    page.locator("main .card a").first.click()
    page.get_by_text("Taken als mediator").wait_for()
    check(page)


def test_axe_finds_nothing_when_something_went_wrong(server: Server, new_page: NewPage) -> None:
    page = new_page(**ONCE)
    with inside(server) as engine:
        people.add_person(
            engine, name="Wende", email="wende@example.org", roles=[Role.TRAINER], by=None, at=system_clock()
        )
    come_in(page, server, "wende@example.org")
    page.context.clear_cookies()
    page.get_by_role("button", name="English").click()
    check(page, "Uw antwoorden staan nog hier")
    for _ in range(61):
        with suppress(HTTPError):
            urllib.request.urlopen(f"{server.url}/inloggen/AAAAAAAAAAAAAAAAAAAAAA")
    page.goto(f"{server.url}/inloggen/AAAAAAAAAAAAAAAAAAAAAA")
    check(page, "Even wachten")
    come_in(page, server, "wende@example.org")
    with inside(server) as engine:
        engine.run("ALTER TABLE cohort RENAME TO elsewhere")
    page.goto(f"{server.url}/cohorten")
    check(page, "Hier ging iets mis")
