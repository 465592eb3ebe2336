"""An advice and a start agreement on paper: the document alone, whole, in ink."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.database import inside
from tests.browser.pages import DESKTOP
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
LEAD = "Gerard Wiemes"
WHITE, PAPER, SHEET = "rgb(255, 255, 255)", 794, 1009  # CSS pixels of A4: its width, what it holds in height
DOCUMENTS = {
    "/advies/{}": "SELECT id FROM advice WHERE signed_at IS NOT NULL AND school_id IS NOT NULL",
    "/advies/{0}": "SELECT id FROM advice WHERE signed_at IS NULL AND school_id IS NOT NULL",
    "/inzet/{}/startafspraak": "SELECT placement_id AS id FROM start_agreement WHERE state = 'signed'",
}


@pytest.mark.parametrize("address", list(DOCUMENTS), ids=["signed advice", "draft of an advice", "agreement"])
def test_a_document_prints_without_menu_and_buttons(
    reading_room: Server, new_page: NewPage, enter: Enter, address: str
) -> None:
    with inside(reading_room) as engine:
        key = engine.rows(DOCUMENTS[address])[0]["id"]
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    enter(page, reading_room, LEAD, address.format(key))
    shown = page.locator(".doc").inner_text()
    page.set_viewport_size({"width": PAPER, "height": 1123})
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".doc").first).to_be_visible()
    assert page.locator(".doc").inner_text() == shown, "nothing of it is missing"
    for away in (".nav", ".top", ".foot", ".acts", ".btn", "button", "form"):
        assert page.locator(f"{away}:visible").count() == 0, away
    for part in ("body", ".doc"):
        expect(page.locator(part).first).to_have_css("background-color", WHITE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_every_figure_of_an_outcome_fits_on_a_sheet(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    released = "SELECT window_id FROM evaluation_release ORDER BY released_at DESC"
    with inside(reading_room) as engine:
        window = engine.rows(released)[0]["window_id"]
    page = new_page(viewport=DESKTOP)
    enter(page, reading_room, LEAD, f"/evaluatie/{window}/evaluation-teacher")
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
        plot.locator("svg.main-svg").first.wait_for()
    page.emulate_media(media="print")
    heights = page.locator(".plot").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert len(heights) == 2
    assert max(heights) < SHEET, "else it is cut in two"
    assert heights[0] < 0.65 * SHEET, "it stands under the heading, on the first sheet"
