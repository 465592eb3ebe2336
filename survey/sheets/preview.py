"""A table held against what there is: what is new, what changes, what stays and what is wrong."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from survey.fingerprint import fingerprint
from survey.sheets.reading import SMALL

Before = TypeVar("Before")
After = TypeVar("After")


class Change(NamedTuple):
    """Something that gets another value, in words; nothing is an empty text."""

    label: str
    before: str
    after: str


class Checked(Struct, Generic[Before, After], frozen=True):
    """One line: what was typed by column, what is wrong with it, and what it makes of what stands there."""

    number: int
    typed: Mapping[str, str]
    problems: tuple[str, ...] = ()
    before: Before | None = None
    after: After | None = None
    changes: tuple[Change, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """new, changed, same or wrong"""
        if self.problems:
            return "wrong"
        return "new" if self.before is None else "changed" if self.changes else "same"


class Preview(Struct, Generic[Before, After], frozen=True):
    """All lines of a table, and the columns nobody reads."""

    lines: tuple[Checked[Before, After], ...]
    unread: tuple[str, ...] = ()

    def of(self, *kinds: str) -> list[Checked[Before, After]]:
        """The lines of these kinds."""
        return [line for line in self.lines if line.kind in kinds]

    @property
    def to_write(self) -> list[Checked[Before, After]]:
        """The lines that change something."""
        return self.of("new", "changed")

    @property
    def is_fine(self) -> bool:
        """Whether nothing is wrong with any line."""
        return not any(line.problems for line in self.lines)

    @property
    def does_nothing(self) -> bool:
        """Whether all there is to say stands there already."""
        return all(line.kind == "same" for line in self.lines)

    @property
    def by_hand(self) -> bool:
        """Whether these are few enough to put right on the page."""
        return len(self.lines) <= SMALL.lines

    @property
    def fingerprint(self) -> str:
        """The mark of what the table says and what it does: another one when something changed meanwhile."""
        return fingerprint(
            *([*one.typed.items(), one.kind, *one.changes, *one.remarks] for one in self.lines)
        )


def each_once(
    lines: Iterable[Checked[Before, After]],
    key: Callable[[Checked[Before, After]], str],
    say: Callable[[int], str],
) -> tuple[Checked[Before, After], ...]:
    """The lines, with a problem more where an earlier line had the same key; `say` gets its number."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        about = key(line)
        earlier = first.setdefault(about, line.number)
        if about and earlier != line.number:
            line = replace(line, problems=(*line.problems, say(earlier)), after=None)
        found.append(line)
    return tuple(found)
