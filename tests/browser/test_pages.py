"""A page that another test used is as empty as a new one."""

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.browser.pages import DESKTOP, PHONE, Pages
from tests.browser.signing_in import sign_in
from tests.server import Server

LEAVE = """Promise.all([
  caches.open("left"),
  new Promise(done => { indexedDB.open("left", 1).onsuccess = done; }),
  localStorage.setItem("left", "here"),
  sessionStorage.setItem("left", "here"),
]).then(() => 0)"""
KEPT = """Promise.all([
  caches.keys(), indexedDB.databases(), Object.keys(localStorage), Object.keys(sessionStorage),
  navigator.serviceWorker.getRegistrations().then(all => all.map(each => each.scope)),
])"""
WORKER = "navigator.serviceWorker.ready.then(() => 0)"
SEEN = "[matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]"


def test_the_next_test_finds_nothing_of_the_one_before(
    browser: Browser, reading_room: Server, fresh_check: Callable[[], str]
) -> None:
    pages = Pages(browser)
    page = pages.lend(viewport=DESKTOP, color_scheme="dark")
    sign_in(page, reading_room, name="Marit Voss")
    page.goto(fresh_check())
    page.evaluate(WORKER)
    page.evaluate(LEAVE)
    page.evaluate("console.error('left')")
    assert pages.noises == ["left"]
    pages.take_back()
    assert pages.noises == []
    assert pages.lend() is page
    assert page.context.cookies() == []
    page.goto(f"{reading_room.url}/inloggen")
    assert page.evaluate(KEPT) == [[], [], [], [], []]
    assert page.evaluate(SEEN) == [False, PHONE["width"]]
    page.context.close()


def test_pages_of_one_test_share_nothing(browser: Browser, reading_room: Server) -> None:
    pages = Pages(browser)
    first, second = pages.lend(), pages.lend()
    sign_in(first, reading_room, name="Marit Voss")
    assert second.context.cookies() == []
    for page in (first, second):
        page.context.close()
