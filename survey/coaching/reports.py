"""What a coach reads of the coaching in a case: the phases gone through, and the levels looked at."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import moment
from survey.coaching import store
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.profile import Phase, Profile


class Entry(Struct, frozen=True):
    """One phase and since when; `phase` is None when the profile of today no longer has it."""

    id: str
    key: str
    phase: Phase | None
    day: date
    noted_at: datetime


class Coaching(Struct, frozen=True):
    """The coaching in a case: all phases of the profile, those gone through (oldest first), levels by day."""

    phases: tuple[Phase, ...]
    entries: tuple[Entry, ...]
    examined: Mapping[str, date]

    @property
    def current(self) -> Entry | None:
        """Where it is now: the phase entered last."""
        return self.entries[-1] if self.entries else None


def cycle(engine: Engine, scope: Scope, case_id: str, profile: Profile) -> Coaching | None:
    """The coaching in a case of this coach; None for a profile that knows no cycle."""
    if profile.cycle is None:
        return None
    phases = {phase.key: phase for phase in profile.cycle.phases}
    entries = tuple(
        Entry(
            row["id"],
            row["phase"],
            phases.get(row["phase"]),
            date.fromisoformat(row["entered_on"]),
            moment(row["noted_at"]),
        )
        for row in store.entries(engine, case_id, scope=scope)
    )
    levels = store.levels(engine, case_id, scope=scope)
    examined = {row["level"]: date.fromisoformat(row["examined_on"]) for row in levels}
    return Coaching(profile.cycle.phases, entries, examined)


def current(engine: Engine, scope: Scope, *, catalog: Catalog) -> Mapping[str, tuple[Phase, int]]:
    """By the code of each case of this coach the phase it is in now, and how many phases there are."""
    found = {}
    for row in store.entries_of_all(engine, scope=scope):
        cycle = catalog.profile(row["profile"]).cycle
        phases = {phase.key: phase for phase in cycle.phases} if cycle else {}
        if row["phase"] in phases:
            found[row["code"]] = phases[row["phase"]], len(phases)
    return found
