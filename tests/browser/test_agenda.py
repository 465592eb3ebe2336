"""A trainer and coaches around meetings: axe on each page, and all of it without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from survey.clock import local_day, system_clock
from tests.browser.axe import LOOKS, check
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_around_a_meeting(
    reading_room: Server, new_page: NewPage, enter: Enter, look: str
) -> None:
    page = new_page(**LOOKS[look])
    enter(page, reading_room, "Tjalling Roosjen", "/agenda")
    page.get_by_role("link", name="Intervisie").first.click()
    check(page, "Intervisie")
    page.get_by_role("link", name="Wijzig de bijeenkomst").click()
    check(page, "Bijeenkomst wijzigen")
    page.goto(f"{reading_room.url}/agenda")
    page.locator("summary").first.click()
    page.locator("details[open] a").first.click()
    page.get_by_role("link", name="Bekijk of verbeter").click()
    check(page, "Wie was er?")


def test_a_trainer_plans_an_intervision_and_a_coach_brings_something(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    trainer, coach = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    enter(trainer, server, "Ineke Tolhoek", "/agenda")
    trainer.get_by_role("link", name="Nieuwe bijeenkomst").click()
    trainer.get_by_label("Waar gaat het over?").fill("Hoe zeg ik nee?")
    trainer.get_by_label("Wat is het?").select_option(label="Intervisie")
    trainer.get_by_label("Op welke dag?").fill((local_day(system_clock()) + timedelta(days=3)).isoformat())
    trainer.get_by_label("Van", exact=True).fill("13:00")
    trainer.get_by_label("Tot", exact=True).fill("15:00")
    trainer.get_by_label("januari 2025").check()
    trainer.get_by_role("button", name="Zet in de agenda").click()
    expect(trainer.get_by_text("Nog niemand neemt iets mee.")).to_be_visible()
    enter(coach, server, "Marit Voss")
    coach.get_by_role("link", name="Hoe zeg ik nee?").click()
    coach.locator("[name=item]").first.check()
    coach.get_by_role("button", name="Bewaar wat ik meeneem").click()
    expect(coach.locator(".rows", has_text="Marit Voss")).to_be_visible()
    trainer.reload()
    expect(trainer.get_by_role("heading", name="Waar het over kan gaan")).to_be_visible()
    expect(trainer.get_by_text("Nog niemand neemt iets mee.")).to_have_count(0)
    expect(trainer.get_by_text("1 coach", exact=True)).to_have_count(0)
    expect(trainer.get_by_text("Marit")).to_have_count(0)
