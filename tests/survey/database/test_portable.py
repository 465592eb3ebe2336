"""SQL that SQLite takes and PostgreSQL would not, or would order otherwise."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STORES = sorted((ROOT / "survey").rglob("store.py"))
UNTYPED = re.compile(r"(?<!\w):\w+ IS (?:NOT )?NULL")
# Columns that may be empty and are sorted by: empty comes first in one database and last in the other.
# A talk may start at no known hour; an event always starts at one.
MAY_BE_EMPTY = re.compile(
    r"ORDER BY[^;]*?(?<!coalesce\()(?<!IS NULL, )"
    r"\b(?:talk\.starts_at|\w+\.(?:ended_at|closed_at|revoked_at))\b(?! IS)"
)


def texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("talk.starts_at", True),
        ("talk.day, talk.starts_at", True),
        ("round.closed_at", True),
        ("event.starts_at", False),
        ("coalesce(talk.starts_at, '24')", False),
        ("talk.starts_at IS NULL, talk.day", False),
    ],
)
def test_only_the_order_of_what_may_be_empty_is_found(order: str, found: bool) -> None:
    assert bool(MAY_BE_EMPTY.search(f"SELECT id FROM talk ORDER BY {order}")) is found


@pytest.mark.parametrize("path", STORES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize(
    ("pattern", "instead"),
    [(UNTYPED, "CAST(:name AS TEXT) IS NULL"), (MAY_BE_EMPTY, "coalesce(column, '')")],
    ids=["typed parameters", "order of what is empty"],
)
def test_every_database_reads_a_statement_alike(path: Path, pattern: re.Pattern[str], instead: str) -> None:
    found = [text for text in texts(path) if pattern.search(text)]
    assert not found, f"write {instead}: {found}"
