"""A portfolio: own growth, what someone works on and took part in, to show to whom they choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from survey.export.reports import BuiltChart, Drawing

Cells = tuple[str, ...]


class Part(Struct, frozen=True):
    """Growth on one profile: the finding with its lines, every sentence then and now, and focus points.

    `blocks`, `levels` and `rounds` are the names that the drawing needs. A focus point has its aim, and a
    round its line, only where the coach asked for own words.
    """

    key: str
    title: str
    first_round: date
    last_round: date
    chart: BuiltChart | None
    drawing: Drawing | None
    blocks: Mapping[str, str]
    levels: Mapping[int, str]
    rounds: Sequence[str]
    sentences: Mapping[str, Sequence[Cells]]
    focus: Sequence[tuple[str, str]]
    lines: Sequence[tuple[date, str]]


class Work(Struct, frozen=True):
    """What someone was asked to do at a school in a school year."""

    school_year: str
    school: str
    roles: Sequence[str]
    tasks: Sequence[str]


class Portfolio(Struct, frozen=True):
    """All of it, and of whom. An event is its moment, its kind and its title."""

    name: str
    made_on: date
    parts: Sequence[Part]
    events: Sequence[Cells]
    assignments: Sequence[Work]
