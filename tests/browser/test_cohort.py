"""Journey D as far as it goes: a trainer looks at participation and growth of the own cohorts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import DESKTOP, PHONE
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_trainer_reads_the_curve_and_chooses_another_cohort(
    reading_room: Server, new_page: NewPage, enter: Enter, viewport: dict[str, int]
) -> None:
    page = new_page(viewport=viewport)
    enter(page, reading_room, "Ineke Tolhoek")
    page.get_by_role("link", name="Cohorten").first.click()
    expect(page.locator("figcaption").first).to_contain_text("Het cohort groeide ongeveer")
    expect(page.locator(".plot svg.main-svg").first).to_be_visible()
    other = page.locator(".chips a:not([aria-current])").first
    name = other.inner_text()
    other.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_grey_mean_appears_only_when_asked_for(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    enter(page, reading_room, "Ineke Tolhoek", "/cohorten")
    legend = page.locator("figure").first.locator(".legend")
    expect(legend).not_to_contain_text("gemiddelde van wie antwoordde")
    page.get_by_role("link", name="Toon ook het gewone gemiddelde").click()
    expect(legend).to_contain_text("gemiddelde van wie antwoordde")
    page.get_by_role("link", name="Verberg het gewone gemiddelde").click()
    expect(legend).not_to_contain_text("gemiddelde van wie antwoordde")


def test_a_trainer_works_without_javascript(reading_room: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, reading_room, "Ineke Tolhoek", "/cohorten")
    expect(page.locator("figcaption").first).to_contain_text("Het cohort")
    page.get_by_text("Toon cijfers").first.click()
    expect(page.locator("figure tbody tr").first).to_be_visible()
