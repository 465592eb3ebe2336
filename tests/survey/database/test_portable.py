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
MAY_BE_EMPTY = re.compile(
    r"ORDER BY[^;]*?(?<!coalesce\()(?<!IS NULL, )\b\w+\.(?:starts_at|ended_at|closed_at|revoked_at)\b(?! IS)"
)


def texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", STORES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize(
    ("pattern", "instead"),
    [(UNTYPED, "CAST(:name AS TEXT) IS NULL"), (MAY_BE_EMPTY, "coalesce(column, '')")],
    ids=["typed parameters", "order of what is empty"],
)
def test_every_database_reads_a_statement_alike(path: Path, pattern: re.Pattern[str], instead: str) -> None:
    found = [text for text in texts(path) if pattern.search(text)]
    assert not found, f"write {instead}: {found}"
