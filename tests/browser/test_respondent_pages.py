"""axe on what a respondent meets beside the form: reasons, stop, the ladder, the card, the way back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import LOOKS, check
from tests.browser.respondents import Case

NewPage = Callable[..., Page]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_from_the_ladder_to_stop_and_back(case: Case, new_page: NewPage, look: str) -> None:
    page = new_page(**LOOKS[look])
    address = f"{case.ask('parent', 'wellbeing', 'calm_start')}?hier=1"
    page.goto(address)
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_role("alert").wait_for()
    check(page, "Hoe gaat het nu?")
    page.get_by_role("link", name="العربية").click()
    page.locator("#goal-10").check()
    check(page, "Hoe gaat het nu?")
    page.get_by_role("button", name="Nu niet").click()
    check(page, "Nu niet")
    page.get_by_role("button", name="Ik praat er liever over").click()
    page.get_by_role("status").wait_for()
    check(page, "Nu niet")
    page.locator("main a.quiet").click()
    page.get_by_role("button", name="Stop met vragen").click()
    check(page, "Geen vragen meer")
    page.get_by_role("button", name="Toch wel vragen").click()
    expect(page.locator("fieldset")).to_have_count(5)
    assert page.url.endswith("taal=ar&hier=1")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_a_card(case: Case, new_page: NewPage, look: str) -> None:
    page = new_page(**LOOKS[look])
    case.forget_links()
    page.goto(case.card("pupil"))
    check(page, "Er staan korte vragen klaar.")
    page.get_by_role("button", name="Begin").click()
    for item in ("u1", "u2", "u3", "u4"):
        page.locator(f"#{item}-3").check()
    page.get_by_role("button", name="Verstuur").click()
    check(page, "Dank je wel")
    page.goto(f"{case.card('pupil')}?taal=ar")
    check(page, "Er staat nu niets klaar.")
    page.goto(f"{case.server.url}/k/nergens?taal=ti")
    check(page, "Deze kaart werkt niet meer.")


def test_stop_lies_well_below_not_now_and_is_large_enough(case: Case, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(case.ask("teacher"))
    boxes = [page.get_by_role("button", name=name).bounding_box() for name in ("Nu niet", "Stop met vragen")]
    not_now, stop = boxes
    assert not_now is not None
    assert stop is not None
    assert stop["y"] - (not_now["y"] + not_now["height"]) >= 16
    assert stop["height"] >= 48
    assert stop["width"] < not_now["width"] / 1.5
