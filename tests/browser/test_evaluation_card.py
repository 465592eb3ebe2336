"""The yearly evaluation on paper: a lead prints a card, a teacher answers on a phone without any script."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from survey.clock import local_day, system_clock
from survey.demo.store import TABLES
from tests.browser.database import inside
from tests.browser.pages import DESKTOP
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LEAD = "Gerard Wiemes"
OF_EVALUATION = re.compile(r"evaluation_|sealed_|ballot|named_|said_done")


def without_evaluation(server: Server) -> None:
    """No window is planned or open yet."""
    with inside(server) as engine:
        for table in reversed([name for name in TABLES if OF_EVALUATION.match(name)]):
            engine.run(f"DELETE FROM {table}")


def print_a_card(page: Page) -> str:
    """Plan a window from today on, and print one card for teachers of a school with two coaches."""
    today = local_day(system_clock())
    page.get_by_role("link", name="Plan een evaluatie").click()
    page.get_by_label("Eerste dag").fill(today.isoformat())
    page.get_by_label("Laatste dag").fill((today + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Plan deze evaluatie").click()
    page.get_by_role("row").filter(has_text=re.compile(" · .+, ")).first.get_by_role("link").click()
    cards = page.get_by_role("region", name="Of geef kaarten mee")
    cards.get_by_label("leerkrachten").check()
    cards.get_by_label("Hoeveel kaarten?").fill("1")
    cards.get_by_role("button", name="Maak de kaarten").click()
    expect(page.locator("svg.qr")).to_be_visible()
    found = page.get_by_text(re.compile(r"/e/[\w-]{22}$")).inner_text()
    return found.strip()


def test_a_teacher_answers_about_two_coaches_on_a_phone(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    without_evaluation(server)
    lead, teacher = new_page(viewport=DESKTOP), new_page(java_script_enabled=False)
    enter(lead, server, LEAD, "/evaluatie")
    teacher.goto(print_a_card(lead))
    for coach in range(2):
        expect(teacher.get_by_text("Uw antwoord is bewaard.")).to_have_count(coach)
        for number in range(7):
            teacher.locator("fieldset").nth(number).get_by_role("radio").nth(number % 6).check()
        teacher.get_by_label("Wat kan de coach volgend jaar anders doen?").fill("Vaker komen kijken.")
        teacher.get_by_role("button", name="Verstuur").click()
    expect(teacher.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert teacher.context.cookies() == []
    lead.goto(f"{server.url}/evaluatie")
    lead.get_by_role("link", name=re.compile("Bekijk de evaluatie")).click()
    row = lead.get_by_role("row", name=re.compile("^leerkrachten"))
    expect(row).to_contain_text("minder dan 5")
