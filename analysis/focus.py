"""The focus items of one coach: each answer on its own line, never in a score. Numbers only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct


class Answered(Struct, frozen=True):
    """One answer: its day, a level 1..5 or the code of an answer that is none, of a short round or not."""

    day: date
    level: int | None
    code: str | None
    is_short: bool


class FocusLine(Struct, frozen=True):
    """The answers to one focus item, oldest first; `before_break` older ones asked something else."""

    name: str
    answers: tuple[Answered, ...]
    before_break: int = 0

    @property
    def levels(self) -> int:
        """How many answers can be drawn."""
        return sum(answer.level is not None for answer in self.answers)


class Focus(Struct, frozen=True):
    """A line per focus item. Nothing is averaged: a level of one item moves by chance in 45 % of cases."""

    lines: tuple[FocusLine, ...]

    @property
    def is_line(self) -> bool:
        """Whether some item has two answers with a level."""
        return any(line.levels > 1 for line in self.lines)

    def days(self, *, short: bool) -> tuple[date, ...]:
        """The days of the full, or of the short rounds, oldest first."""
        found = {answer.day for line in self.lines for answer in line.answers if answer.is_short is short}
        return tuple(sorted(found))


def focus(names: Mapping[str, str], answers: Sequence[Mapping[str, Any]]) -> Focus:
    """The answers to these items, from full and short rounds, each on the line of its own item.

    `names`: by item what to call it, in the order to show. `answers`: dicts with item, day, value (a level
    1..5 or None), code, short (whether of a short round), and anchor (the version since which answers to the
    item compare). Answers before the newest anchor are counted and left out.
    """
    return Focus(
        tuple(_line(name, [row for row in answers if row["item"] == key]) for key, name in names.items())
    )


def _line(name: str, rows: Sequence[Mapping[str, Any]]) -> FocusLine:
    ordered = sorted(rows, key=lambda row: (row["day"], row["short"]))
    same = [row for row in ordered if row["anchor"] == ordered[-1]["anchor"]]
    marks = tuple(Answered(row["day"], row["value"], row["code"], row["short"]) for row in same)
    return FocusLine(name, marks, len(ordered) - len(same))
