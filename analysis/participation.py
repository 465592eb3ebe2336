"""Participation per round: how many were due, started and submitted. Counts only, never an answer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct


class RoundCount(Struct, frozen=True):
    """One round: the day it opened and how many persons were due, had started and had submitted."""

    round: str
    moment: date
    due: int
    started: int
    submitted: int

    @property
    def unfinished(self) -> int:
        """Started and not yet submitted."""
        return self.started - self.submitted

    @property
    def not_started(self) -> int:
        return self.due - self.started


def participation(rows: Iterable[Mapping[str, Any]]) -> tuple[RoundCount, ...]:
    """Counts per round, earliest first, from one row per person due.

    A row has round, moment, started and submitted (bool); who submitted also started.
    """
    counts: dict[tuple[date, str], list[int]] = {}
    for row in rows:
        count = counts.setdefault((row["moment"], row["round"]), [0, 0, 0])
        submitted = bool(row["submitted"])
        for place, yes in enumerate((True, submitted or bool(row["started"]), submitted)):
            count[place] += yes
    return tuple(RoundCount(name, moment, *counts[moment, name]) for moment, name in sorted(counts))
