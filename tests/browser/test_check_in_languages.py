"""All six check-ins in every language: the same taps store the same values, and Arabic is mirrored."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.respondents import Case

NewPage = Callable[..., Page]
SEVEN = ("nl", "en", "ar", "uk", "pl", "tr", "ti")
TAPS = (3, 0, 4, 1)
GOAL = 10
# Which form, its goal, the languages it is offered in.
FORMS = [
    ("parent", "relationship", None, SEVEN),
    ("pupil", "relationship", None, SEVEN),
    ("teacher", "relationship", None, ("nl", "en")),
    ("parent", "wellbeing", "calm_start", SEVEN),
    ("pupil", "wellbeing", "likes_school", SEVEN),
    ("teacher", "wellbeing", None, ("nl", "en")),
]


def start_of(page: Page, selector: str) -> float:
    """How far something lies from the side where the page starts to be read by a Dutch reader."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"]


@pytest.mark.parametrize(("kind", "family", "goal", "languages"), FORMS)
def test_the_same_taps_store_the_same_values_in_every_language(
    case: Case, new_page: NewPage, kind: str, family: str, goal: str | None, languages: tuple[str, ...]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    letter = "w" if family == "relationship" else "u"
    asked = {f"{letter}{number}": value for number, value in enumerate(TAPS, start=1)}
    asked |= {"goal": GOAL} if goal else {}
    for language in languages:
        address = case.ask(kind, family, goal)
        page.goto(f"{address}?taal={language}")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        expect(page.locator("fieldset, .bar i")).to_have_count(2 * len(asked))
        small = "all => all.map(each => each.offsetHeight).filter(height => height < 48)"
        assert page.locator("label, main button").evaluate_all(small) == []
        mirrored = start_of(page, "#q1 svg >> nth=0") > start_of(page, "#q1 input >> nth=0")
        assert mirrored is (language == "ar")
        if goal:
            assert (start_of(page, "#goal-0") > start_of(page, "#goal-5")) is (language == "ar")
        for item, value in asked.items():
            page.locator(f"label:has(#{item}-{value})").click()
        page.locator("form .btn").first.click()
        page.wait_for_function("!document.querySelector('form input')")
        assert case.stored(address) == asked, language
