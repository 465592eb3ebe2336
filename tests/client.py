"""A test client that holds every page it fetches to the house rules."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"
ALLOWED = {"invalid-character-reference"}


class HouseClient(FlaskClient):
    """Checks each HTML page: valid, one h1, a title, unique ids, labels, no inline style or script."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        reply = super().open(*args, **kwargs)
        if reply.mimetype == "text/html" and reply.status_code not in {301, 302, 303}:
            check_page(reply.get_data(as_text=True))
        return reply


def check_page(text: str) -> None:
    """Raise AssertionError naming the house rule a page breaks."""
    tree, faults = _read(text)
    assert not faults, f"not valid HTML: {faults[:5]}"
    elements = list(tree.iter())
    _one(elements, "h1")
    title = _one(elements, "title")
    assert (title.text or "").strip(), "the page has an empty title"
    root = elements[0]
    assert root.get("lang"), "the page does not say its language"
    ids = [element.get("id") for element in elements if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    _no_inline(elements)
    _labelled(elements, tree)


@lru_cache(maxsize=64)  # a page is often checked, then looked at, and many look alike: reading is slow
def _read(page: str) -> tuple[Any, list[str]]:
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(page)
    return tree, [code for _, code, _ in parser.errors if code not in ALLOWED]


def parsed(page: str) -> Any:
    """The tree of a page, to look at only."""
    return _read(page)[0]


def every(tree: Any, name: str) -> Iterator[Any]:
    """All elements of a name, in the order of the page."""
    yield from tree.iter(f"{XHTML}{name}")


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _one(elements: list[Any], name: str) -> Any:
    found = [element for element in elements if element.tag == f"{XHTML}{name}"]
    assert len(found) == 1, f"a page has one {name}, this one has {len(found)}"
    return found[0]


def _no_inline(elements: list[Any]) -> None:
    for element in elements:
        assert element.get("style") is None, f"inline style on {element.tag}"
        handlers = [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        assert not handlers, f"inline handlers {handlers} on {element.tag}"
        data = element.get("type") == "application/json"
        if element.tag == f"{XHTML}script" and not data:
            assert element.get("src"), "inline script"


def _labelled(elements: list[Any], tree: Any) -> None:
    wrapped = {
        id(control)
        for label in tree.iter(f"{XHTML}label")
        for control in label.iter()
        if control.tag in {f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea"}
    }
    targets = {label.get("for") for label in tree.iter(f"{XHTML}label")}
    for element in elements:
        if element.tag not in {f"{XHTML}input", f"{XHTML}select", f"{XHTML}textarea"}:
            continue
        if element.get("type") in {"hidden", "submit", "button"}:
            continue
        named = id(element) in wrapped or element.get("id") in targets or element.get("aria-label")
        assert named, f"no label for {element.get('name')}"
