"""A coach notes a talk on a phone without JavaScript, and decides about a line that names someone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]


def test_a_line_with_a_name_is_kept_only_after_a_second_decision(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, server, "Marit Voss", "/trajecten")
    page.locator(".rows a").first.click()
    page.get_by_role("link", name="Noteer een gesprek").click()
    page.get_by_label("Ouder", exact=True).check()
    page.get_by_label("We passen het doel aan").check()
    line = page.get_by_label("Een regel voor uzelf")
    line.fill("Bel Samira op 06-12345678")
    page.get_by_role("button", name="Bewaar het gesprek").click()
    expect(page.get_by_text("Staat hier een telefoonnummer? ‘06-12345678’")).to_be_visible()
    expect(line).to_have_value("Bel Samira op 06-12345678")
    expect(page.get_by_label("We passen het doel aan")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Toch bewaren").click()
    expect(page.get_by_role("heading", name="Gesprek op school met ouder")).to_be_visible()
    expect(page.get_by_role("heading", name="Uw eigen regel")).to_be_visible()
