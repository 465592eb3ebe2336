"""Every text of the code can be found for translation: the extractor does not look inside f-strings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLAIN = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
NAMES = PLAIN | {f"lazy_{name}" for name in PLAIN}
NAMED = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")


def hidden(source: str) -> list[int]:
    """The lines on which a text to translate stands inside an f-string."""
    if not NAMED.search(source):
        return []
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    return sorted({call.lineno for string in strings for call in _texts(string)})


def _texts(string: ast.JoinedStr) -> Iterator[ast.Call]:
    for node in ast.walk(string):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if name in NAMES:
                yield node


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('f"{_(1)}"', [1]),
        ("x = 1\nf'{a} {ngettext(1, 2, 3)!s:>9}'", [2]),
        ('f"{f(babel.gettext(1))}"', [1]),
        ('_("%(n)s", n=f"{n}")', []),
        ('f"{n}" + _("a")', []),
    ],
)
def test_a_text_inside_an_f_string_is_seen(source: str, lines: list[int]) -> None:
    assert hidden(source) == lines


@pytest.mark.parametrize("room", ["survey", "analysis"])
def test_no_text_is_hidden_inside_an_f_string(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sorted((ROOT / room).rglob("*.py"))
        if (lines := hidden(path.read_text(encoding="utf-8")))
    }
    assert found == {}
