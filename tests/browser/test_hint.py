"""The loop around a check: a hint, the talk about it, the next check, and what became of it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import DESKTOP
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
CASE = "KV-7Q4M"


def ask_all_the_same(page: Page, who: str) -> str:
    """Ask this person for a relationship check before it is time, with a reason; the address of the link."""
    row = page.locator("li.ask", has=page.get_by_text(who, exact=True))
    row.get_by_text("Meer", exact=True).click()
    row.get_by_text("Werkrelatie-check: vanaf").click()
    row.get_by_label("Waarom nu toch?").first.select_option("last_talk")
    row.get_by_role("button", name="Vraag het toch").first.click()
    address = page.locator("a[href*='/c/']").first.get_attribute("href")
    assert address is not None
    return address


def test_a_coach_works_through_a_hint_until_it_is_as_usual_again(
    server: Server, new_page: NewPage, enter: Enter
) -> None:
    coach, parent = new_page(viewport=DESKTOP), new_page()
    enter(coach, server, "Marit Voss")
    open_hints = coach.get_by_role("region", name="Om samen te bespreken")
    expect(open_hints.get_by_text("Lager dan anders")).to_be_visible()
    open_hints.get_by_role("link", name=CASE).first.click()

    hint = coach.locator("article", has=coach.get_by_role("heading", name="Lager dan anders"))
    expect(hint).to_contain_text("De som was 9 van 16.")
    expect(hint).to_contain_text("ongeveer 1 op de 16")
    hint.get_by_text("Besproken? Noteer wat jullie afspraken").click()
    hint.get_by_label("We praten op een andere manier of plek").check()
    hint.get_by_role("button", name="Besproken").click()
    expect(coach.get_by_role("heading", name="Lager dan anders")).to_have_count(0)
    coach.get_by_text("eerdere aandachtspunten").click()
    earlier = coach.locator("li", has=coach.get_by_text("Lager dan anders"))
    expect(earlier.get_by_text("We praten op een andere manier of plek").first).to_be_visible()

    parent.goto(ask_all_the_same(coach, "Ouder"))
    for item in ("w1", "w2", "w3", "w4"):
        parent.locator(f"#{item}-4").check()
    parent.get_by_role("button", name="Verstuur").click()
    expect(parent.get_by_role("heading", name="Dank u wel")).to_be_visible()

    expect(coach.get_by_role("heading", name="Bespreek deze antwoorden samen")).to_be_visible(timeout=20_000)
    coach.goto(f"{server.url}/trajecten/{CASE}")
    coach.get_by_text("eerdere aandachtspunten").click()
    expect(earlier.get_by_text("Daarna was het weer zoals gewoon.").first).to_be_visible()
