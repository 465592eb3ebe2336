"""The promise of twenty seconds: from the tap on a link to the thanks, on a slow phone, by a reader."""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tests.bench.effort import Effort
from tests.bench.prepare import open_links
from tests.bench.report import Line
from tests.server import serving

# How the scripted reader takes the time; printed with the results.
GREETING = 3.0  # title, intro and who sees it: three short sentences, skimmed
WORDS_A_SECOND = 4.0  # every question is read in full: 240 words a minute
CHOOSING = 1.0  # the five answers, and the press; also for the last button
SLOWER_CPU = 4
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Reader:
    """Someone who answers a form; `in_a_hurry` counts the pauses instead of taking them."""

    page: Page
    in_a_hurry: bool
    paused: float = 0.0

    def pause(self, seconds: float) -> None:
        """Read or choose for so long."""
        if self.in_a_hurry:
            self.paused += seconds
        else:
            self.page.wait_for_timeout(1000 * seconds)

    def answer(self, question: Locator) -> None:
        """Read the question and tap the fourth answer."""
        said = question.locator("legend").evaluate("legend => legend.lastChild.textContent")
        self.pause(len(said.split()) / WORDS_A_SECOND + CHOOSING)
        question.locator("label").nth(3).click(force=True)  # without looking first whether it moves

    def take(self, url: str) -> float:
        """The seconds from the tap on the link to the thanks."""
        begun = time.perf_counter()
        self.page.goto(url, wait_until="commit")
        self.page.locator("fieldset").last.wait_for()
        self.pause(GREETING)
        self.page.wait_for_load_state()  # nobody taps what is not painted yet
        for question in self.page.locator("fieldset").all():
            self.answer(question)
        self.pause(CHOOSING)
        self.page.locator("form .btn").first.click(no_wait_after=True)
        self.page.locator("h1", has_text="Dank u wel").wait_for()
        return time.perf_counter() - begun + self.paused


def measure(folder: Path, effort: Effort, browser: Browser) -> list[Line]:
    """A line for the four questions after a talk, and one for how it goes with the goal as a fifth."""
    what = "tap on the link to thanks, slow 3G and 4 × slower CPU"
    four = _seconds(folder / "four.db", "relationship-parent", None, effort, browser)
    five = _seconds(folder / "five.db", "wellbeing-parent", "calm_start", effort, browser)
    return [
        Line(what, f"{four:.1f} s", "–", "≤ 20 s", four <= 20),
        Line(f"{what}, with a goal as fifth question", f"{five:.1f} s", "–", "≤ 25 s", five <= 25),
    ]


def _seconds(path: Path, form: str, goal: str | None, effort: Effort, browser: Browser) -> float:
    tokens = open_links(path, effort.openings, form=form, goal=goal)
    with serving(path, application="tests.bench.far:create_app()") as far:
        taken = [_once(browser, f"{far.url}/c/{token}", effort.in_a_hurry) for token in tokens]
    return median(taken)


def _once(browser: Browser, url: str, in_a_hurry: bool) -> float:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    if not in_a_hurry:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    taken = Reader(page, in_a_hurry).take(url)
    context.close()
    return taken
