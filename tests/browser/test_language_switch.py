"""Another language on a check keeps what was chosen, and leaves nothing of it in the address."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import asked_by

CHOSEN = ("w1-3", "w3-0")


def test_what_was_chosen_goes_along_to_another_language(
    new_page: Callable[..., Page], fresh_check: Callable[[], str]
) -> None:
    page = new_page()
    with asked_by(page) as asked:
        page.goto(fresh_check())
        for answer in CHOSEN:
            page.locator(f".opt:has(#{answer})").click()
        for language in ("ar", "en"):
            page.locator(f"nav [hreflang={language}]").click()
            expect(page.locator("html")).to_have_attribute("lang", language)
            checked = page.locator(":checked").evaluate_all("radios => radios.map(radio => radio.id)")
            assert checked == list(CHOSEN)
            assert page.url.endswith(f"?taal={language}")
        page.go_back()
        expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert asked
    assert not [url for url in asked if "w1=" in url.partition("#")[0]]


def test_of_an_address_made_by_hand_only_answers_are_chosen(
    new_page: Callable[..., Page], fresh_check: Callable[[], str]
) -> None:
    page = new_page()
    address = fresh_check()
    page.goto(f"{address}?taal=nl#w1=9&q=1&w2=4&main=", referer=address)
    expect(page.locator("#w2-4")).to_be_checked()
    expect(page.locator(":checked")).to_have_count(1)
    assert page.url == f"{address}?taal=nl"


@pytest.mark.parametrize(
    "sender", ["", "https://elsewhere.example{path}", "{origin}/c/aaaaaaaaaaaaaaaaaaaaaa"]
)
def test_an_address_made_by_others_chooses_nothing(
    new_page: Callable[..., Page], fresh_check: Callable[[], str], sender: str
) -> None:
    page = new_page()
    address = fresh_check()
    origin, _, token = address.partition("/c/")
    page.goto(f"{address}#w1=4&w2=4", referer=sender.format(origin=origin, path=f"/c/{token}"))
    expect(page).to_have_url(address)
    expect(page.locator(":checked")).to_have_count(0)


def test_a_link_to_a_question_chooses_nothing(
    new_page: Callable[..., Page], fresh_check: Callable[[], str]
) -> None:
    page = new_page()
    address = fresh_check()
    page.goto(f"{address}#w3-0")
    expect(page.locator(":checked")).to_have_count(0)
    assert page.url == f"{address}#w3-0"
