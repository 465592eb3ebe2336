"""Takes the README's screenshots of the demo region: python -m tests.browser.screens."""

import json
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser import install
from tests.demo_region import demo_database
from tests.server import Server, command, serving

TARGET = Path(__file__).parents[2] / "docs" / "screens"
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}


def main() -> None:
    """Write every screenshot anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = demo_database(Path(folder) / "demo.db")
        with serving(path) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=install.find(), args=install.FLAGS)
            _of_respondents(browser, server)
            _of_staff(browser, server, "Marit Voss", "/groei", "growth-phone-dark", PHONE, "dark")
            _of_staff(browser, server, "Marit Voss", "/trajecten/KV-7Q4M", "case-desktop", LAPTOP, "light")
            _of_staff(browser, server, "Ineke Tolhoek", "/cohorten", "cohort-desktop", LAPTOP, "light")
            _of_staff(browser, server, "Marit Voss", "/agenda", "agenda-phone", PHONE, "light")
            _of_staff(
                browser, server, "Ineke Tolhoek", "/cohorten/vergelijk", "compare-desktop", LAPTOP, "light"
            )
            browser.close()


def _of_respondents(browser: Browser, server: Server) -> None:
    links = json.loads(command(server.environment, "demo-links"))
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)
    page.goto(f"{links['parent_check']}?taal=uk")
    _shoot(page, "checkin-phone")


def _of_staff(
    browser: Browser,
    server: Server,
    who: str,
    path: str,
    name: str,
    size: ViewportSize,
    scheme: Literal["light", "dark"],
) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme, device_scale_factor=2 if size == PHONE else 1)
    page.goto(f"{server.url}/demo")
    page.get_by_role("button", name=f"Ga verder als {who}").click()
    page.goto(f"{server.url}{path}")
    if page.locator("[data-figure]").count():
        page.locator("[data-figure]").first.scroll_into_view_if_needed()
        page.locator(".plot svg.main-svg").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
    _shoot(page, name)


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=TARGET / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
