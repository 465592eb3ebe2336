"""Pages that tests use one after the other: each finds its page as empty as a new one.

What stays are the scripts that the browser compiled: for a figure, that is most of the work of its page.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Request, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
LOOK = ("color_scheme", "reduced_motion")  # what a page can change; all else belongs to its context
NOISE = {"error", "warning"}
NOTHING = "http://127.0.0.1/nothing"  # of the same site: on another the browser starts anew


class Pages:
    """The pages of one browser that wait for a test, and what their consoles said."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._waiting: dict[str, list[Page]] = defaultdict(list)
        self._lent: list[tuple[str, Page]] = []
        self._seen: set[str] = set()
        self.noises: list[str] = []

    def lend(self, viewport: ViewportSize = PHONE, **options: Any) -> Page:
        """A page with this look; pages lent to one test share nothing."""
        look = {name: options.pop(name, None) for name in LOOK}
        kind = repr(sorted(options.items()))
        page = self._waiting[kind].pop() if self._waiting[kind] else self._new(**options)
        self._lent.append((kind, page))
        page.set_viewport_size(viewport)
        page.emulate_media(
            media="null",
            color_scheme=look["color_scheme"] or "light",
            reduced_motion=look["reduced_motion"] or "reduce",  # pages scroll at once: no test waits for it
        )
        return page

    def take_back(self) -> None:
        """Empty every page that is lent; one that cannot be emptied is not used again."""
        while self._lent:
            kind, page = self._lent.pop()
            try:
                self._empty(page)
            except Error:
                page.context.close()
            else:
                self._waiting[kind].append(page)
        self._seen.clear()
        self.noises.clear()

    def _new(self, **options: Any) -> Page:
        page = self._browser.new_context(locale="nl-NL", **options).new_page()
        page.context.set_default_timeout(15_000)
        page.on("console", lambda message: self._hear(message.text) if message.type in NOISE else None)
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("framenavigated", lambda frame: self._seen.add(origin(frame.url)))
        return page

    def _hear(self, noise: str) -> None:
        self.noises.append(noise)

    def _empty(self, page: Page) -> None:
        context = page.context
        for beside in context.pages:
            if beside is not page:
                beside.close()
        page.unroute_all()
        page.mouse.move(-1, -1)
        page.route(NOTHING, lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(NOTHING)
        page.unroute_all()
        context.clear_cookies()
        tools = context.new_cdp_session(page)
        for each in self._seen:
            tools.send("Storage.clearDataForOrigin", {"origin": each, "storageTypes": "all"})
        tools.detach()


def origin(url: str) -> str:
    """Where a page comes from, as browsers keep things apart."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@contextmanager
def asked_by(page: Page) -> Iterator[list[str]]:
    """The addresses a page asks for while the block runs."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    yield asked
    page.remove_listener("request", note)
