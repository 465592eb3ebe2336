"""A test client that holds every page it fetches to the house rules."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import html5lib
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

ALLOWED = {"invalid-character-reference"}
FIRST_LINE = re.compile(r"(<(?:textarea|pre)\b[^>]*>)\n")  # begins what is typed, and is not part of it
INLINE = etree.XPath("//@style | //@*[starts-with(name(), 'on')]")
SCRIPTS = etree.XPath("//script[not(string(@src)) and not(@type = 'application/json')]")
CONTROLS = etree.XPath("//*[self::input or self::select or self::textarea][not(ancestor::label)]")
PLAIN = r"\w \n!#-%'-;=?-~–‘’“”…·€"  # what no parser stumbles over, wherever it stands
VALUES = re.compile(rf'(?<=[\w-]=")(?<!type=")[{PLAIN}]+(?=")')
WORDS = re.compile(rf'(?<=>)["{PLAIN}]+(?=<)')


class HouseClient(FlaskClient):
    """Checks each HTML page: valid, one h1, a title, unique ids, labels, no inline style or script."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        reply = super().open(*args, **kwargs)
        if reply.mimetype == "text/html" and reply.status_code not in {301, 302, 303}:
            check_page(reply.get_data(as_text=True))
        return reply


def check_page(text: str) -> None:
    """Raise AssertionError naming the house rule a page breaks."""
    faults = faults_of(shape(text))
    assert not faults, f"not valid HTML: {faults[:5]}"
    page = parsed(text)
    _one(page, "h1")
    title = _one(page, "title")
    assert (title.text or "").strip(), "the page has an empty title"
    assert page.get("lang"), "the page does not say its language"
    twice = {name for name, times in Counter(page.xpath("//@id")).items() if times > 1}
    assert not twice, f"ids used twice: {twice}"
    inline = [f"{found.attrname} on {found.getparent().tag}" for found in INLINE(page)]
    assert not inline, f"inline style or handlers: {inline}"
    assert not SCRIPTS(page), "inline script"
    _labelled(page)


def shape(page: str) -> str:
    """The page without its words: whether it is valid HTML hangs on its tags alone."""
    return WORDS.sub(lambda found: "x" if found[0].strip() else found[0], VALUES.sub("", page))


@lru_cache(maxsize=4096)  # a strict reading is slow, and thousands of pages have a few hundred shapes
def faults_of(page: str) -> tuple[str, ...]:
    """What a strict parser has against a page."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return tuple(code for _, code, _ in parser.errors if code not in ALLOWED)


def parsed(page: str) -> Any:
    """The tree of a page, read as any browser reads a valid one."""
    return etree.HTML(FIRST_LINE.sub(r"\1", page))


def every(tree: Any, name: str) -> Iterator[Any]:
    """All elements of a name, in the order of the page."""
    yield from tree.iter(name)


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _one(tree: Any, name: str) -> Any:
    found = tree.xpath(f"//{name}[not(ancestor::svg)]")
    assert len(found) == 1, f"a page has one {name}, this one has {len(found)}"
    return found[0]


def _labelled(page: Any) -> None:
    targets = set(page.xpath("//label/@for"))
    for control in CONTROLS(page):
        if control.get("type") in {"hidden", "submit", "button"}:
            continue
        named = control.get("id") in targets or control.get("aria-label")
        assert named, f"no label for {control.get('name')}"
