"""A table to hand out: what it holds, what its columns mean, and its rows, read one after the other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

Cell = str | int | float | None
Rows = Iterable[Sequence[Cell]]


class Column(Struct, frozen=True):
    """One column; `refers` names the table whose key it holds."""

    name: str
    meaning: str = ""
    kind: Literal["TEXT", "INTEGER"] = "TEXT"
    refers: str = ""


class Table(Struct, frozen=True):
    """One table; `rows` reads it anew each time, `key` names the columns that tell its rows apart.

    `expected` counts its rows where that is known beforehand, for who waits; 0 where it is not.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[], Rows]
    key: tuple[str, ...] = ()
    expected: Callable[[], int] = int

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def plain(name: str, header: Iterable[str], rows: Rows, meaning: str = "") -> Table:
    """A table whose rows are at hand and whose columns need no more words than their names."""
    return Table(name, meaning, tuple(Column(each) for each in header), lambda: rows)
