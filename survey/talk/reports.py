"""What a coach reads of talks and own lines, and what a line that is not saved yet may give away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import local_day, moment
from survey.database import Engine, Row
from survey.talk import store
from survey.talk.warnings import Kind, Warning, warnings

__all__ = [
    "Kind",
    "Talk",
    "Upcoming",
    "Warning",
    "incidents",
    "involved",
    "notes",
    "talk",
    "talk_about",
    "talks",
    "upcoming",
    "warnings",
]

LONGEST = 280  # characters of a private line, as the schema has it


class Talk(Struct, frozen=True):
    """One talk: planned, done or cancelled; `line` is the private line of the coach who reads.

    `noted_at`: when it was planned, or noted without having been planned.
    """

    id: str
    kind: str
    state: str
    day: date
    starts_at: time | None
    with_: tuple[str, ...]
    agreed: tuple[str, ...]
    line: str | None
    noted_at: datetime

    @property
    def starts(self) -> datetime | None:
        """Day and time on the wall clock, where a time was agreed."""
        return datetime.combine(self.day, self.starts_at) if self.starts_at else None

    def has_come(self, today: date) -> bool:
        """Whether it was planned for today or before and waits to be noted."""
        return self.state == "planned" and self.day <= today


class Upcoming(Struct, frozen=True):
    """A planned talk on "Vandaag": in which case, the day, and the time if one was agreed."""

    id: str
    code: str
    day: date
    starts_at: time | None

    @property
    def starts(self) -> datetime | None:
        """Day and time on the wall clock, where a time was agreed."""
        return datetime.combine(self.day, self.starts_at) if self.starts_at else None


def talks(engine: Engine, scope: Scope, case_id: str) -> list[Talk]:
    """Every talk and incident of a case of this coach, newest first."""
    with_ = _by_talk(store.who(engine, case_id, scope=scope), "who")
    agreed = _by_talk(store.agreed(engine, case_id, scope=scope), "choice")
    return [
        Talk(
            id=row["id"],
            kind=row["kind"],
            state=row["state"],
            day=date.fromisoformat(row["day"]),
            starts_at=_clock_time(row["starts_at"]),
            with_=tuple(with_[row["id"]]),
            agreed=tuple(agreed[row["id"]]),
            line=row["line"],
            noted_at=moment(row["noted_at"]),
        )
        for row in store.talks(engine, case_id, scope=scope)
    ]


def talk(engine: Engine, scope: Scope, case_id: str, talk_id: str) -> Talk | None:
    """One talk of a case of this coach."""
    return next((one for one in talks(engine, scope, case_id) if one.id == talk_id), None)


def talk_about(engine: Engine, scope: Scope, case_id: str, link_id: str) -> Talk | None:
    """The talk in which a check was talked about, once that was noted."""
    talk_id = store.talk_about(engine, case_id, link_id, scope=scope)
    return talk(engine, scope, case_id, talk_id) if talk_id else None


def upcoming(engine: Engine, scope: Scope, at: datetime) -> list[Upcoming]:
    """The planned talks of this coach that wait to be noted or are today or tomorrow, the oldest first."""
    tomorrow = local_day(at) + timedelta(days=1)
    return [
        Upcoming(row["id"], row["code"], date.fromisoformat(row["day"]), _clock_time(row["starts_at"]))
        for row in store.planned_until(engine, tomorrow.isoformat(), scope=scope)
    ]


def incidents(engine: Engine, scope: Scope, case_id: str) -> list[date]:
    """The days of incidents in a case of this coach, newest first."""
    return [one.day for one in talks(engine, scope, case_id) if one.kind == "incident"]


def involved(engine: Engine, scope: Scope, case_id: str) -> frozenset[str]:
    """With whom this coach talked in a case: parent-1, teacher-1, ib, …"""
    return frozenset(row["who"] for row in store.who(engine, case_id, scope=scope) if row["state"] == "done")


def notes(engine: Engine, scope: Scope, case_id: str) -> Mapping[tuple[str, str], str]:
    """The private lines this coach wrote in a case, by place and what they are about."""
    return {(row["place"], row["about"]): row["line"] for row in store.notes(engine, case_id, scope=scope)}


def _clock_time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _by_talk(rows: Iterable[Row], column: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["talk_id"]].append(row[column])
    return found
