"""The rounds that are closed and who is in: what every number of a dashboard is made of. No pandas."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort import store as cohorts
from survey.cohort.numbers import store
from survey.cohort.rounds import DAYS_IN_A_MONTH, Cohort, Round
from survey.database import Engine, Row

TOGETHER = 5


class Ground(Struct, frozen=True):
    """A cohort with its closed rounds that someone submitted in, oldest first, and its members.

    `closings` names the round that closed last, also when nobody submitted in it.
    """

    cohort: Cohort
    rounds: tuple[Round, ...]
    submitted: tuple[int, ...]
    members: tuple[Row, ...]
    closings: str
    state: tuple[Any, ...]

    @property
    def experience(self) -> dict[str, str]:
        """How experienced each member was at the start, empty where nobody said."""
        return {row["person"]: row["experience"] or "" for row in self.members}

    def late(self, answered: Mapping[str, Set[str]]) -> dict[str, tuple[int, float]]:
        """Who came when rounds had been held: how many, and the months since the cohort started.

        Only of those who came together with others, at least five in each round that one of them `answered`:
        a point that was shown is moved by a group, or by nobody.
        """
        found = {row["person"]: self._missed(date.fromisoformat(row["since"])) for row in self.members}
        groups: dict[int, set[str]] = {}
        for person, (before, _) in found.items():
            groups.setdefault(before, set()).add(person)
        return {
            person: missed
            for person, missed in found.items()
            if missed[0] and _come_together(groups[missed[0]], answered)
        }

    def newest(self, enough: int) -> Round | None:
        """The newest round with so many submissions; else the newest of all."""
        full = [
            one for one, submitted in zip(self.rounds, self.submitted, strict=True) if submitted >= enough
        ]
        return next(reversed(full or self.rounds), None)

    def _missed(self, since: date) -> tuple[int, float]:
        before = sum(one.day < since for one in self.rounds)
        return before, (since - self.cohort.started_on).days / DAYS_IN_A_MONTH


def _come_together(group: Set[str], answered: Mapping[str, Set[str]]) -> bool:
    return all(len(group & persons) >= TOGETHER for persons in answered.values() if group & persons)


def ground(engine: Engine, scope: Scope, cohort: Cohort, at: datetime) -> Ground:
    """What is known of a cohort now; `state` differs whenever a number could."""
    rows = cohorts.closed_rounds(engine, scope, cohort_id=cohort.id, at=stamp(at))
    members = store.members(engine, scope, cohort_id=cohort.id)
    held = [row for row in rows if row["submitted"]]
    started = cohort.started_on.isoformat()
    return Ground(
        cohort,
        tuple(Round.of({**row, "started_on": started}) for row in held),
        tuple(row["submitted"] for row in held),
        tuple(members),
        rows[-1]["id"] if rows else "",
        (
            cohort.id,
            *((row["id"], row["version"], row["submitted"], row["newest"]) for row in held),
            *(tuple(row.values()) for row in members),
        ),
    )


def in_time(grounds: Sequence[Ground]) -> list[Round]:
    """The rounds of all these cohorts, oldest first."""
    return sorted((one for each in grounds for one in each.rounds), key=lambda one: one.opens_at)
