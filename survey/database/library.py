"""Which SQLite there is, and which journal it keeps safe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _held_back(*names: str) -> Iterator[None]:
    """Keep optional imports of a library from loading: sqlite-utils pulls in pandas if it can."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)


with _held_back("pandas", "numpy"):
    from sqlite_utils import Database
    from sqlite_utils.utils import sqlite3

__all__ = ["VERSION", "Database", "DatabaseError", "journal", "sqlite3", "wal_is_safe"]

VERSION: str = sqlite3.sqlite_version
DatabaseError: type[Exception] = sqlite3.Error
_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug, which can lose committed transactions.

    Fixed in 3.51.3 and back-ported to 3.50.7 and 3.44.6 (release notes of SQLite).
    """
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return version >= (3, 51, 3)
    patch = _FIXED_BRANCHES.get(version[:2])
    return patch is not None and version[2] >= patch


def journal(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """(journal_mode, synchronous) that keeps every acknowledged commit on this engine."""
    return ("WAL", "FULL") if wal_is_safe(version) else ("TRUNCATE", "EXTRA")
