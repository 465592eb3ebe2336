"""Where things stand: the menu on phone and desktop, narrow pages, print, and calm for who asks for it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.pages import DESKTOP, PHONE
from tests.browser.signing_in import sign_in
from tests.server import Server

Enter = Callable[..., None]
NewPage = Callable[..., Page]
WHITE = "rgb(255, 255, 255)"
PAGES = {
    "Marit Voss": (
        "/vandaag",
        "/account",
        "/reflectie",
        "/groei",
        "/trajecten",
        "/trajecten/nieuw",
        "/agenda",
        "/opdracht",
        "/eigen-gegevens",
        "/mijn-inzet",
    ),
    "Ineke Tolhoek": ("/vandaag", "/cohorten", "/agenda", "/agenda/nieuw"),
    "Gerard Wiemes": (
        "/programma",
        "/inzet/plannen",
        "/inzet/plannen/nieuw",
        "/mensen",
        "/mensen/nieuw",
        "/mensen/importeren",
        "/mensen/cohorten",
        "/inzet",
        "/inzet/totalen",
        "/evaluatie/op-naam",
        "/advies",
        "/inzet/scholen",
        "/inzet/scholen/nieuw",
        "/inzet/scholen/importeren",
    ),
}

# Short words and labels of numbers that run on in the middle of a word, on the next line.
BROKEN = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode, piece = document.createRange();
    if (!parentElement.checkVisibility() || parentElement.closest("svg, textarea, select")) continue;
    for (const { 0: word, index } of data.matchAll(/[\\p{L}\\d@._]{2,30}/gu)) {
      piece.setStart(texts.currentNode, index);
      piece.setEnd(texts.currentNode, index + word.length);
      const lines = [...piece.getClientRects()].filter((each) => each.width);
      const tops = lines.map((each) => Math.round(each.top));
      if (new Set(tops).size > 1) found.push(word);
    }
  }
  const ink = document.createElement("canvas").getContext("2d");
  for (const cell of document.querySelectorAll(".stack .num[data-label]")) {
    ink.font = getComputedStyle(cell, "::before").font;
    const { offsetWidth, dataset: { label } } = cell;
    if (offsetWidth && ink.measureText(label).width > offsetWidth + 1) found.push(label);
  }
  return found;
}"""


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found is not None, f"nothing to see of {selector}"
    return found


def test_the_menu_is_a_bar_below_on_a_phone(reading_room: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(viewport=PHONE)
    enter(page, reading_room, "Marit Voss")
    for place in ("start", "end"):
        page.locator("main").evaluate(f"each => each.scrollIntoView({{block: '{place}'}})")
        menu = box(page, ".nav")
        assert (menu["x"], menu["width"]) == (0, PHONE["width"])
        assert menu["y"] + menu["height"] == pytest.approx(PHONE["height"], abs=1)
    sides = page.locator(".nav a").evaluate_all("all => all.map(each => [each.offsetTop, each.offsetHeight])")
    assert len({top for top, _ in sides}) == 1, "the entries stand side by side"
    assert min(height for _, height in sides) >= 44


def test_a_bar_on_a_phone_shows_five_places_and_the_rest_under_more(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=PHONE)
    enter(page, reading_room, "Gerard Wiemes")
    more = page.locator(".nav summary")
    shown = page.locator(".nav > ul > li > a, .nav summary")
    sides = shown.evaluate_all("all => all.map(each => [each.offsetWidth, each.offsetHeight])")
    assert len(sides) == 5
    assert min(width for width, _ in sides) >= 60
    assert min(height for _, height in sides) >= 44
    plan = page.get_by_role("link", name="Jaarplan")
    expect(plan).to_be_hidden()
    more.focus()
    page.keyboard.press("Enter")
    expect(plan).to_be_visible()
    lowest, bar = box(page, ".nav details ul"), box(page, ".nav")
    assert lowest["y"] + lowest["height"] <= bar["y"] + 1, "it lies above the bar"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".nav summary[aria-current]")).to_be_visible()
    assert page.url.endswith("/jaarplan")


def test_a_column_at_the_side_has_room_for_every_line(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    enter(page, reading_room, "Gerard Wiemes")
    expect(page.locator(".nav summary")).to_be_hidden()
    lefts = page.locator(".nav a").evaluate_all("all => all.map(each => each.getBoundingClientRect().x)")
    assert len(lefts) > 5
    assert len(set(lefts)) == 1
    page.get_by_role("link", name="Jaarplan").click()
    assert page.url.endswith("/jaarplan")


def test_a_long_list_shows_twenty_on_a_phone_until_asked_for_all(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    enter(page, reading_room, "Gerard Wiemes", "/mensen")
    rows, everyone = page.locator("tbody tr"), page.get_by_role("link", name="Toon alle")
    expect(rows.filter(visible=True)).to_have_count(20)
    everyone.click()
    expect(rows.filter(visible=False)).to_have_count(0)
    expect(rows.nth(20)).to_be_in_viewport()
    expect(everyone).to_be_hidden()
    page.set_viewport_size(DESKTOP)
    page.goto(f"{reading_room.url}/mensen")
    expect(rows.filter(visible=False)).to_have_count(0)


def test_the_menu_is_a_column_at_the_side_on_a_desktop(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP)
    enter(page, reading_room, "Marit Voss")
    menu, main, top = (box(page, selector) for selector in (".nav", "main", ".top"))
    assert menu["x"] == 0
    assert menu["x"] + menu["width"] <= main["x"]
    assert menu["y"] >= top["y"] + top["height"]
    lefts = page.locator(".nav a").evaluate_all("all => all.map(each => [each.offsetLeft, each.offsetTop])")
    assert len({left for left, _ in lefts}) == 1, "the entries stand below each other"
    assert len({down for _, down in lefts}) == len(lefts)


@pytest.mark.parametrize("person", PAGES)
def test_no_page_of_staff_scrolls_sideways_at_320_pixels(
    reading_room: Server, new_page: NewPage, person: str
) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    sign_in(page, reading_room, name=person)
    for path in PAGES[person]:
        page.goto(f"{reading_room.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if page.locator("[data-figure]").count():
            page.locator(".plot").first.scroll_into_view_if_needed()
            page.locator(".plot svg.main-svg").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
        assert page.evaluate(BROKEN) == [], page.url


def test_no_page_of_a_coach_at_work_scrolls_sideways_at_320_pixels(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    enter(page, reading_room, "Marit Voss")
    page.get_by_role("link", name="Begin met reflecteren").click()
    block = page.url
    page.goto(f"{reading_room.url}/trajecten")
    page.locator(".rows a").first.click()
    for address in (block, block.replace("attitude", "afronden"), page.url):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def test_the_growth_page_prints_without_menu_in_light_colours_with_its_figure(
    reading_room: Server, new_page: NewPage, enter: Enter
) -> None:
    page = new_page(viewport=DESKTOP, color_scheme="dark")
    enter(page, reading_room, "Marit Voss", "/groei")
    page.locator(".plot svg.main-svg").first.wait_for()
    words = ".plot svg text.xtitle, .plot svg .xtick text"
    ink = "([selector]) => getComputedStyle(document.querySelector(selector)).fill"
    in_the_dark = page.evaluate(ink, [words])
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".nav")).to_be_hidden()
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".foot")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", WHITE)
    expect(page.locator(".plot svg.main-svg").first).to_be_visible()
    page.wait_for_function(f"before => ({ink})(['{words}']) !== before", arg=in_the_dark)
    light = page.evaluate(ink, [words])
    assert max(int(part) for part in light.removeprefix("rgb(").removesuffix(")").split(",")) < 128, light
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize(("motion", "steps"), [("no-preference", "smooth"), ("reduce", "auto")])
def test_the_form_glides_on_unless_someone_asked_for_calm(
    fresh_check: Callable[[], str], new_page: NewPage, motion: str, steps: str
) -> None:
    page = new_page(reduced_motion=motion)
    page.goto(fresh_check())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == steps
    page.locator("#q1 .opt").first.click()
    expect(page.locator("#q2 .opt").last).to_be_in_viewport()


def test_nothing_on_a_page_moves_by_itself(reading_room: Server, new_page: NewPage, enter: Enter) -> None:
    page = new_page(reduced_motion="reduce")
    enter(page, reading_room, "Marit Voss")
    moving = "document.getAnimations().length"
    page.goto(f"{reading_room.url}/groei")
    page.locator(".plot").first.scroll_into_view_if_needed()
    page.locator(".plot svg.main-svg").first.wait_for()
    assert page.evaluate(moving) == 0
