"""How a page is held to the rules of accessibility: two looks, every disclosure open, nothing found."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# As tall as most pages; `check` grows on. At the fold the sticky bar covers what lies there: a small target.
LOOKS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 5000}, "color_scheme": "light"},
    "desktop": {"viewport": {"width": 1280, "height": 5000}, "color_scheme": "dark"},
}
# The narrowest page in the colours that fail first: for what is met less often.
ONCE: dict[str, Any] = {**LOOKS["phone"], "color_scheme": "dark"}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def check(page: Page, heading: str = "") -> None:
    """Wait for the page with this heading, then fail with the rule and the place of each thing axe finds."""
    page.locator("h1", has_text=heading).wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    _grow(page)
    if page.locator("[data-figure]").count():
        page.locator(".plot svg.main-svg").first.wait_for()
    found = Axe().run(page, options=RULES).response["violations"]
    faults = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    assert not faults, f"{page.url}: {faults}"


def _grow(page: Page) -> None:
    height, seen = page.evaluate("document.documentElement.scrollHeight"), page.viewport_size
    if seen and seen["height"] < height:
        page.set_viewport_size({"width": seen["width"], "height": height})
