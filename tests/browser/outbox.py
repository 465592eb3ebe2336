"""A device without network: a page whose worker is ready, an answer on it, and what waits there."""

from playwright.sync_api import BrowserContext, Page, expect

KEEPS_PAGES = """(async () => {
  for (let tries = 0; tries < 300; tries++) {
    if (await caches.match("/c/bewaard", { ignoreSearch: true })) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
})()"""

# The next word of the browser that there is network is not passed on.
UNHEARD = "addEventListener('online', word => word.stopImmediatePropagation(), { capture: true, once: true })"


def opened(context: BrowserContext, address: str) -> Page:
    """A page on which the worker is ready, and has what it needs."""
    page = context.new_page()
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    assert page.evaluate(KEEPS_PAGES), "the worker kept nothing within 15 seconds"
    return page


def choose(page: Page, value: int = 3, questions: int = 4) -> None:
    """Answer the first questions alike, and send."""
    for number in range(1, questions + 1):
        page.locator(f"label:has(#w{number}-{value})").click()
    page.get_by_role("button", name="Verstuur").click()


def kept(page: Page) -> None:
    """Wait until the page says that the answer is kept here."""
    expect(page.get_by_role("heading", name="Bewaard op dit toestel")).to_be_visible()


def online(context: BrowserContext) -> None:
    """Give a device its network back at once, where the driver would tell pages before their worker."""
    for page in context.pages:
        page.evaluate(UNHEARD)
    context.set_offline(False)
    for page in context.pages:
        page.evaluate("dispatchEvent(new Event('online'))")


def waiting(page: Page) -> int:
    """How many answers wait on this device."""
    box = "database => database.transaction('outbox').objectStore('outbox').count()"
    count: int = page.evaluate(
        "new Promise(done => { const asked = indexedDB.open('groeispiegel', 1);"
        "asked.onupgradeneeded = () => asked.result.createObjectStore('outbox', { keyPath: 'path' });"
        f"asked.onsuccess = () => {{ const found = ({box})(asked.result);"
        "found.onsuccess = () => { asked.result.close(); done(found.result); }; }; })"
    )
    return count
