"""An answer without network: kept on the device, sent exactly once, told when it came too late, or wiped."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.axe import LOOKS, check
from tests.browser.outbox import choose, kept, online, opened, waiting
from tests.browser.respondents import Case

Context = Callable[..., BrowserContext]
ELSEWHERE = "http://elsewhere.example/"
# Of each registration: the worker at work, one that comes, one that waits to take over.
WORKERS = (
    "navigator.serviceWorker.getRegistrations().then(all => all.map("
    "({ active, installing, waiting }) => [active.state, installing?.state, waiting?.state]))"
)
KEPT = {"w1": 3, "w2": 3, "w3": 3, "w4": 3}


@pytest.fixture
def case(case: Case) -> Iterator[Case]:
    """The server of all these tests; running again for the next one."""
    yield case
    if case.server.process.poll() is not None:
        case.restart()


@pytest.fixture
def device(context: Context) -> Context:
    """A device on which pages scroll at once, so that no test waits for it."""
    return lambda **options: context(reduced_motion="reduce", **options)


def test_an_answer_without_network_is_sent_exactly_once(case: Case, device: Context) -> None:
    phone, other = device(), device()
    address = case.ask()
    page, elsewhere = opened(phone, address), opened(other, address)
    before = case.answers()
    case.server.stop()
    choose(page)
    kept(page)
    page.close()
    page = phone.new_page()
    page.goto(address)
    kept(page)
    case.restart()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert (case.stored(address), case.answers()) == (KEPT, before + 1)
    choose(elsewhere, value=0)
    expect(elsewhere.get_by_role("heading", name="Deze link werkt niet meer")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert (case.stored(address), case.answers(), waiting(page)) == (KEPT, before + 1, 0)


def test_two_people_on_one_device_are_kept_apart_and_both_sent(case: Case, device: Context) -> None:
    phone = device()
    first, second = case.ask(), case.ask("pupil")
    pages = [opened(phone, first), opened(phone, second)]
    phone.set_offline(True)
    for page, value in zip(pages, (1, 4), strict=True):
        page.clock.set_fixed_time(datetime(2001, 1, 1, tzinfo=UTC))  # the clock of a phone says nothing
        choose(page, value)
        kept(page)
    assert waiting(pages[0]) == 2
    for page in pages:
        page.close()
    online(phone)
    page = phone.new_page()
    page.goto(first)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    page.goto(second)
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    assert case.stored(first) == dict.fromkeys(KEPT, 1)
    assert case.stored(second) == dict.fromkeys(KEPT, 4)
    assert case.answered_since(first) < 120
    assert waiting(page) == 0


def test_of_two_tabs_the_last_choice_is_the_one_that_is_kept(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    first, second = opened(phone, address), opened(phone, address)
    phone.set_offline(True)
    for page, value in ((first, 0), (second, 2)):
        choose(page, value)
        kept(page)
    assert waiting(second) == 1
    online(phone)
    expect(second.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert case.stored(address) == dict.fromkeys(KEPT, 2)


def test_an_answer_that_came_too_late_is_told_and_dropped(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    before = case.answers()
    phone.set_offline(True)
    choose(page)
    kept(page)
    case.take_back()
    online(phone)
    for _ in range(5):  # every look tells the same
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Uw antwoord is niet verstuurd.")).to_be_visible()
    expect(page.get_by_text("Er is nu geen internet.")).to_be_hidden()
    check(page)
    page.goto(address)
    expect(page.get_by_role("heading", name="Deze link werkt niet meer")).to_be_visible()
    assert (case.answers(), waiting(page)) == (before, 0)


def test_an_answer_that_misses_one_comes_back_with_the_others(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    phone.set_offline(True)
    choose(page, questions=3)
    kept(page)
    online(phone)
    page.get_by_role("button", name="Terug").click()
    expect(page.locator(":checked")).to_have_count(3)
    page.locator("label:has(#w4-3)").click()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert case.stored(address) == KEPT


def test_a_replayed_queue_stores_no_second_answer(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    choose(page)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    before = case.answers()
    page.add_script_tag(url="/static/outbox.js")
    path, body = f"'{address}'.replace(location.origin, '')", "w1=3&w2=3&w3=3&w4=3"
    for _ in range(2):
        page.evaluate(f"keep({path}, '{address}', '{body}').then(flush)")
    assert (case.answers(), waiting(page)) == (before, 0)
    page.evaluate(f"keep({path}, '{address}', '{body.replace('=3', '=0')}').then(flush)")
    assert page.evaluate(f"find({path}).then(found => found.state)") == "answered"
    page.goto(address)
    expect(page.get_by_role("heading", name="Op deze vragen was al een antwoord.")).to_be_visible()
    assert case.stored(address) == KEPT


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_the_server_is_too_busy_for_stays(case: Case, device: Context, status: int) -> None:
    phone, address = device(service_workers="block"), case.ask()
    page = phone.new_page()
    page.goto(address)
    page.add_script_tag(url="/static/outbox.js")
    phone.route(address, lambda route: route.fulfill(status=status))
    path, body = f"'{address}'.replace(location.origin, '')", "w1=3&w2=3&w3=3&w4=3"
    page.evaluate(f"keep({path}, '{address}', '{body}').then(flush)")
    assert (waiting(page), case.stored(address)) == (1, {})
    phone.unroute(address)
    page.evaluate("flush()")
    assert (waiting(page), case.stored(address)) == (0, KEPT)


@pytest.mark.parametrize("look", LOOKS)
def test_wiping_takes_what_waits_also_without_network(case: Case, device: Context, look: str) -> None:
    phone, address = device(**LOOKS[look]), case.ask("pupil")
    page = opened(phone, f"{address}?taal=ar")
    before = case.answers()
    phone.set_offline(True)
    page.locator("form .btn").nth(1).click()
    page.locator("h1", has_text="Bewaard op dit toestel").wait_for()
    check(page)
    page.locator("details .btn").click()
    page.locator("h1", has_text="De vragen staan hier niet meer.").wait_for()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    online(phone)
    page.goto(address)
    expect(page.locator("fieldset")).to_have_count(4)
    assert (waiting(page), case.answers()) == (0, before)


def test_wiping_with_network_leaves_nothing_but_a_page_that_says_so(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    choose(page)
    page.get_by_text("Haal deze vragen van dit toestel", exact=True).click()
    page.get_by_role("button", name="Ja, haal ze weg").click()
    expect(page.get_by_role("heading", name="De vragen staan hier niet meer.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


@pytest.mark.parametrize(
    "content",
    [
        '<a href="{wipe}">Kijk</a>',
        '<form method="post" action="{wipe}"><button>Kijk</button></form>',
        '<form method="post" action="{address}"><input name="nu_niet" value="1"><button>Kijk</button></form>',
    ],
    ids=["link to wipe", "form to wipe", "form to answer"],
)
def test_another_site_reaches_nothing_of_what_waits(case: Case, device: Context, content: str) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    phone.set_offline(True)
    choose(page)
    kept(page)
    html = content.format(wipe=f"{address.rpartition('/')[0]}/wis", address=address)
    phone.route(ELSEWHERE, lambda route: route.fulfill(body=html, content_type="text/html"))
    other = phone.new_page()
    other.goto(ELSEWHERE)
    with other.expect_event("requestfailed"):
        other.get_by_text("Kijk").click()
    other.close()
    assert waiting(page) == 1
    online(phone)
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()
    assert case.stored(address) == KEPT


def test_a_link_that_brings_answers_along_fills_in_nothing(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, f"{address}#w1=4&w2=4&w3=4&w4=4")
    expect(page.locator(":checked")).to_have_count(0)
    assert page.url == address
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(":checked")).to_have_count(0)


def test_not_now_without_network_is_kept_too(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, f"{address}?hier=1")
    phone.set_offline(True)
    page.get_by_role("button", name="Nu niet").click()
    kept(page)
    expect(page.get_by_text("Geef het toestel terug").filter(visible=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Geef het toestel terug")).to_be_hidden()
    online(phone)
    expect(page.get_by_text("Wilt u zeggen waarom?")).to_be_visible()
    expect(page.get_by_role("link", name="Geef het toestel terug")).to_be_visible()


def test_a_device_is_given_back_where_only_the_answer_finds_no_way(case: Case, device: Context) -> None:
    phone, address = device(service_workers="block"), case.ask()
    page = phone.new_page()
    page.goto(f"{address}?hier=1")
    page.add_script_tag(url="/static/outbox.js")
    page.evaluate(f"keep('/c/bewaard', '{address}', 'w1=3&w2=3&w3=3&w4=3')")
    phone.route(address, lambda route: route.fulfill(status=503))
    page.goto(f"{case.server.url}/c/bewaard?hier=1")
    expect(page.get_by_role("link", name="Geef het toestel terug")).to_be_visible()
    expect(page.get_by_text("Geef het toestel terug").filter(visible=True)).to_have_count(1)


def test_whoever_goes_through_the_languages_waits_for_nothing(case: Case, device: Context) -> None:
    phone, address = device(), case.ask()
    page = opened(phone, address)
    for language in ("en", "ar", "uk", "nl"):
        page.goto(f"{address}?taal={language}")
        assert page.evaluate(WORKERS) == [["activated", None, None]], "a page waits for a worker that changes"
    assert len(phone.service_workers) == 1
    page.get_by_role("button", name="Nu niet").click()
    expect(page.get_by_text("Wilt u zeggen waarom?")).to_be_visible()
    assert page.evaluate(WORKERS) == [["activated", None, None]]


def test_the_page_that_waits_speaks_the_language_of_the_answer(case: Case, device: Context) -> None:
    phone, address = device(), case.ask("pupil")
    page = opened(phone, address)
    opened(phone, f"{address}?taal=tr").close()
    page.goto(f"{address}?taal=tr")
    phone.set_offline(True)
    page.locator("form .btn").nth(1).click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "tr")
