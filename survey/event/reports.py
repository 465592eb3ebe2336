"""What people read of events: what comes, what was held, who was there, and what is brought along."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import local_day, moment, moment_or_none, stamp
from survey.database import Engine, Row
from survey.event import store
from survey.fingerprint import fingerprint
from survey.reflection.reports import focus_items

INTERVISION = "intervision"
SOON = timedelta(days=7)
STILL_TO_NOTE = timedelta(days=60)
A_FEW = 3  # from so many on a trainer reads how many coaches bring the same


class Cohort(NamedTuple):
    """A cohort an event is for."""

    id: str
    name: str
    profile: str


class Event(Struct, frozen=True):
    """One event as someone knows it who trains a cohort of it, or belongs to it."""

    id: str
    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime | None
    cancelled_at: datetime | None
    resumed_at: datetime | None
    trains: bool
    joins: bool
    cohorts: tuple[Cohort, ...]
    themes: frozenset[str]

    @property
    def day(self) -> date:
        """The day it begins, in the Netherlands."""
        return local_day(self.starts_at)

    @property
    def is_intervision(self) -> bool:
        return self.kind == INTERVISION

    def has_begun(self, at: datetime) -> bool:
        return self.starts_at <= at

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    @property
    def fingerprint(self) -> str:
        """The mark of what can be changed, as it is now."""
        row = {
            "kind": self.kind,
            "title": self.title,
            "place": self.place,
            "starts_at": stamp(self.starts_at),
            "ends_at": stamp(self.ends_at),
        }
        return fingerprint_of(row, [one.id for one in self.cohorts], self.themes)


class Attended(NamedTuple):
    """How many coaches a trainer expected at an event, noted, and noted as present."""

    expected: int
    noted: int
    present: int


class Guest(NamedTuple):
    """Someone an event was for; `state` is present, absent, or None while nothing is noted."""

    id: str
    name: str
    cohort: str
    state: str | None


class Subject(Struct, frozen=True):
    """A focus item that people bring to an intervision: how many, and who where the reader belongs to it.

    `people` is 0 where the reader is not to know how few they are.
    """

    item: str
    people: int
    names: tuple[str, ...] = ()


def upcoming(engine: Engine, scope: Scope, at: datetime) -> tuple[Event, ...]:
    """The events of this person that are not over, also when called off, the first one first."""
    return tuple(one for one in _events(engine, scope) if not one.is_over(at))


def held(engine: Engine, scope: Scope, at: datetime) -> tuple[Event, ...]:
    """The events of this person that are over and were held, the last one first."""
    found = [one for one in _events(engine, scope) if one.is_over(at) and one.cancelled_at is None]
    return tuple(reversed(found))


def soon(engine: Engine, scope: Scope, at: datetime) -> tuple[Event, ...]:
    """The events of this person in the coming week, also when called off."""
    return tuple(one for one in upcoming(engine, scope, at) if one.starts_at - at <= SOON)


def to_note(engine: Engine, scope: Scope, at: datetime) -> tuple[Event, ...]:
    """The events of the last two months of which this trainer noted nobody yet, the last one first."""
    counted = attended(engine, scope, at)
    waiting = {key for key, found in counted.items() if found.expected and not found.noted}
    found = [
        one
        for one in _events(engine, scope)
        if one.id in waiting and one.cancelled_at is None and at - one.starts_at <= STILL_TO_NOTE
    ]
    return tuple(reversed(found))


def event(engine: Engine, scope: Scope, event_id: str) -> Event | None:
    """One event, for who trains a cohort of it or belongs to it."""
    row = store.event(engine, event_id, scope=scope)
    return _read(engine, scope, [row])[0] if row else None


def trained(engine: Engine, scope: Scope) -> tuple[Cohort, ...]:
    """The cohorts for which this trainer can make an event."""
    return tuple(Cohort(row["id"], row["name"], row["profile"]) for row in store.trained(engine, scope))


def attended(engine: Engine, scope: Scope, at: datetime) -> Mapping[str, Attended]:
    """By event that has begun: how many coaches of this trainer were there."""
    return {
        row["id"]: Attended(row["expected"], row["noted"], row["present"])
        for row in store.counts(engine, scope=scope, at=stamp(at))
    }


def roll(engine: Engine, scope: Scope, event_id: str) -> tuple[Guest, ...]:
    """Who an event is for in the cohorts this trainer trains, cohort by cohort."""
    return tuple(
        Guest(row["id"], row["name"], row["cohort"], row["state"])
        for row in store.roll(engine, event_id, scope=scope)
    )


def own_attendance(engine: Engine, scope: Scope) -> Mapping[str, str]:
    """By event: whether this person was noted as present or absent."""
    return {row["event_id"]: row["state"] for row in store.own_attendance(engine, scope=scope)}


def own_focus(engine: Engine, scope: Scope, event: Event, *, at: datetime) -> Mapping[str, bool]:
    """The focus items this coach can bring to an intervision, and whether each is brought.

    Those of the newest reflection, and what was brought before from an older one.
    """
    chosen = {
        row["item"]
        for row in store.brought(engine, event.id, at=stamp(at), scope=scope)
        if row["person_id"] == scope.person_id
    }
    profiles = dict.fromkeys(one.profile for one in event.cohorts)
    focus = [item for profile in profiles for item in focus_items(engine, scope, profile)]
    return {item: item in chosen for item in dict.fromkeys([*focus, *sorted(chosen)])}


def agenda(engine: Engine, scope: Scope, event: Event, *, at: datetime) -> tuple[Subject, ...]:
    """What people bring to an intervision to come, what most bring first.

    Who belonged to it when it was brought sees who; who only trains a cohort of it sees how many, from
    three on. After it nobody sees anything.
    """
    if event.joins:
        names: dict[str, list[str | None]] = defaultdict(list)
        for row in store.brought(engine, event.id, at=stamp(at), scope=scope):
            names[row["item"]].append(row["name"])
        found = [Subject(item, len(who), tuple(filter(None, who))) for item, who in names.items()]
    else:
        rows = store.how_many_bring(engine, event.id, at=stamp(at), scope=scope)
        found = [Subject(row["item"], row["people"] if row["people"] >= A_FEW else 0) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.people, one.item)))


def fingerprint_of(row: Mapping[str, object], cohort_ids: Iterable[str], themes: Iterable[str]) -> str:
    """The mark of an event as it is stored."""
    told = [row[name] for name in ("kind", "title", "place", "starts_at", "ends_at")]
    return fingerprint(told, sorted(cohort_ids), sorted(themes))


def mark_of_roll(states: Mapping[str, str | None]) -> str:
    """The mark of what was noted by person; of whom nothing was noted yet changes nothing."""
    return fingerprint(sorted((key, state) for key, state in states.items() if state))


def _events(engine: Engine, scope: Scope) -> list[Event]:
    return _read(engine, scope, store.events(engine, scope=scope))


def _read(engine: Engine, scope: Scope, rows: Collection[Row]) -> list[Event]:
    cohorts, themes = defaultdict[str, list[Cohort]](list), defaultdict[str, set[str]](set)
    for row in store.cohort_names(engine, scope=scope):
        cohorts[row["event_id"]].append(Cohort(row["id"], row["name"], row["profile"]))
    for row in store.themes(engine, scope=scope):
        themes[row["event_id"]].add(row["competency"])
    return [
        Event(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            place=row["place"],
            starts_at=moment(row["starts_at"]),
            ends_at=moment(row["ends_at"]),
            changed_at=moment_or_none(row["changed_at"]),
            cancelled_at=moment_or_none(row["cancelled_at"]),
            resumed_at=moment_or_none(row["resumed_at"]),
            trains=bool(row["trains"]),
            joins=bool(row["joins"]),
            cohorts=tuple(cohorts[row["id"]]),
            themes=frozenset(themes[row["id"]]),
        )
        for row in rows
    ]
