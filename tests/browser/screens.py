"""Takes the README's screenshots of the demo region: python -m tests.browser.screens [NAME ...]."""

import json
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from survey.demo import names
from tests.browser import install
from tests.browser.database import inside
from tests.demo_region import demo_database
from tests.server import Server, command, serving

TARGET = Path(__file__).parents[2] / "docs" / "screens"
PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
COACH, TRAINER, LEAD = names.COACH.name, names.TRAINER.name, names.LEAD.name


@dataclass(frozen=True)
class Shot:
    """One screenshot of what somebody sees."""

    name: str
    who: str
    path: str
    size: ViewportSize = field(default_factory=lambda: LAPTOP)
    scheme: Literal["light", "dark"] = "light"
    heading: str = ""  # to stand at the top


def main() -> None:
    """Write every screenshot anew, or only those with these names."""
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = demo_database(Path(folder) / "demo.db")
        with serving(path) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=install.find(), args=install.FLAGS)
            if not wanted or "checkin-phone" in wanted:
                _of_respondents(browser, server)
            for shot in _shots(server):
                if not wanted or shot.name in wanted:
                    _of_staff(browser, server, shot)
            browser.close()


def _shots(server: Server) -> tuple[Shot, ...]:
    with inside(server) as engine:
        signed = (
            "SELECT advice.id FROM advice JOIN school ON school.id = advice.school_id "
            "WHERE advice.signed_at IS NOT NULL AND school.name = :name"
        )
        advice = engine.rows(signed, {"name": names.SCHOOLS[0]})[0]["id"]
        released = "SELECT window_id FROM evaluation_release ORDER BY released_at DESC"
        window = engine.rows(released)[0]["window_id"]
    return (
        Shot("growth-phone-dark", COACH, "/groei", PHONE, "dark"),
        Shot("case-desktop", COACH, "/trajecten/KV-7Q4M"),
        Shot("cohort-desktop", TRAINER, "/cohorten"),
        Shot("agenda-phone", COACH, "/agenda", PHONE),
        Shot("compare-desktop", TRAINER, "/cohorten/vergelijk"),
        Shot("register-desktop", LEAD, "/inzet", heading="Scholen en uren"),
        Shot("evaluation-desktop", LEAD, f"/evaluatie/{window}/evaluation-teacher"),
        Shot("advice-desktop", LEAD, f"/advies/{advice}"),
    )


def _of_respondents(browser: Browser, server: Server) -> None:
    links = json.loads(command(server.environment, "demo-links"))
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)
    page.goto(f"{links['parent_check']}?taal=uk")
    _shoot(page, "checkin-phone")


def _of_staff(browser: Browser, server: Server, shot: Shot) -> None:
    scale = 2 if shot.size == PHONE else 1
    page = browser.new_page(viewport=shot.size, color_scheme=shot.scheme, device_scale_factor=scale)
    page.goto(f"{server.url}/demo")
    page.get_by_role("button", name=f"Ga verder als {shot.who}").click()
    page.goto(f"{server.url}{shot.path}")
    if page.locator("[data-figure]:visible").count():
        page.locator("[data-figure]:visible").first.scroll_into_view_if_needed()
        page.locator(".plot svg.main-svg").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
    if shot.heading:
        page.get_by_role("heading", name=shot.heading).evaluate(
            "one => scrollTo(0, scrollY + one.getBoundingClientRect().top - 16)"
        )
    _shoot(page, shot.name)


def _shoot(page: Page, name: str) -> None:
    page.screenshot(path=TARGET / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
