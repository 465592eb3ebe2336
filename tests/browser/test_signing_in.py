"""The two ways in, as people go them; all other tests come in at once."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.clock import system_clock
from tests.browser.signing_in import choose_persona, follow_a_link
from tests.server import Server

NewPage = Callable[..., Page]


def test_a_visitor_chooses_who_to_be(server: Server, new_page: NewPage) -> None:
    page = new_page()
    choose_persona(page, server, "Marit Voss")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Marit")


def test_a_link_in_a_mail_leads_in_after_one_button(server: Server, new_page: NewPage) -> None:
    page = new_page()
    follow_a_link(page, server, "joost.brem@veenrand.example", system_clock())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joost")
