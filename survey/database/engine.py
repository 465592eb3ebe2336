"""The six verbs every store uses, whatever database answers them."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

Row = dict[str, Any]
MOST_AT_ONCE = 500  # ids in one question


class Refused(Exception):
    """A constraint of the schema said no: a duplicate, a missing parent, a value out of range."""


class Busy(Exception):
    """Another writer held the database for longer than the deadline."""


class Full(Exception):
    """The disk is full or cannot be written; nothing of this act was stored."""


class Engine(Protocol):
    """One connection. SQL is standard, with `:name` parameters; times are ISO text in UTC."""

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of a query."""

    def one(self, sql: str, params: Mapping[str, Any] | None = None) -> Row | None:
        """The first row of a query, or None."""

    def run(self, sql: str, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Execute a statement, once or for each set of parameters; the number of rows touched."""

    def insert(self, table: str, row: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert one row or many rows that share their columns."""

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One act: all of its writes or none. The outermost block takes the write lock first."""
        yield

    def wipe(self) -> None:
        """What the act at hand erases is to leave the journal too, once the act is stored."""

    def compact(self) -> None:
        """Write the file anew, as deleted rows leave copies of themselves in it. Raises Busy or Full."""


def new_key() -> str:
    """A UUIDv7 as 32 hex digits: unique without asking the database, ascending in time (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    value = milliseconds << 80 | 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return f"{value:032x}"


def listed(ids: Iterable[str]) -> tuple[str, dict[str, str]]:
    """These ids for a condition with IN: the names of parameters, and the parameters."""
    params = {f"p{number}": key for number, key in enumerate(ids)}
    return ", ".join(f":{name}" for name in params), params


def portions(ids: Iterable[str]) -> Iterator[list[str]]:
    """These ids, each once, in portions that one question can hold."""
    held = sorted(set(ids))
    for first in range(0, len(held), MOST_AT_ONCE):
        yield held[first : first + MOST_AT_ONCE]
