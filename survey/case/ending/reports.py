"""What coaches see of the end of a case, and what a lead sees of cases whose coach left: numbers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from msgspec import Struct

from survey.access.permissions import Scope
from survey.case.ending import store
from survey.clock import local_day, moment, stamp
from survey.database import Engine, Row

NEWS = timedelta(days=14)


class Closing(Struct, frozen=True):
    """How a case ended: keys of the lists outcome, scale_reason and helped."""

    outcome: str
    reason: str | None
    helped: str | None


class Coach(Struct, frozen=True):
    """Someone who can take over."""

    id: str
    name: str


class OpenCase(Struct, frozen=True):
    """A case that can be handed over."""

    id: str
    code: str
    opened_at: datetime


class Kept(Struct, frozen=True):
    """A school with the open cases of a coach there, and who can take them over."""

    school_id: str
    school: str
    cases: Sequence[OpenCase]
    successors: Sequence[Coach]


class HandedOver(Struct, frozen=True):
    """What was handed over: how many cases of a school, to whom and when."""

    at: datetime
    school: str
    successor: str
    cases: int


class TakenOver(Struct, frozen=True):
    """A case that came from another coach and has no agreement yet."""

    code: str
    school: str


class LeftBehind(Struct, frozen=True):
    """A school with open cases whose coach left: how many, and who works there now."""

    school_id: str
    school: str
    cases: int
    successors: Sequence[Coach]


def closing(engine: Engine, scope: Scope, case_id: str) -> Closing | None:
    """How a case of this coach ended."""
    row = store.closing(engine, case_id, scope=scope)
    return Closing(row["outcome"], row["reason"], row["helped"]) if row else None


def kept(engine: Engine, scope: Scope, *, at: datetime) -> list[Kept]:
    """The open cases of this coach, a school at a time, with who can take them over today."""
    coaches = store.successors(engine, today=local_day(at).isoformat(), scope=scope)
    rows = store.open_cases(engine, scope=scope)
    return [
        Kept(school_id, school, [_case(row) for row in found], _coaches(coaches, school_id))
        for (school_id, school), found in groupby(rows, key=lambda row: (row["school_id"], row["school"]))
    ]


def handed_over(engine: Engine, scope: Scope, *, at: datetime) -> list[HandedOver]:
    """What this coach handed over in the past two weeks, newest first."""
    rows = store.handed_over(engine, since=stamp(at - NEWS), scope=scope)
    return [
        HandedOver(moment(row["handed_at"]), row["school"], row["successor"], row["cases"]) for row in rows
    ]


def taken_over(engine: Engine, scope: Scope, *, at: datetime) -> list[TakenOver]:
    """For "Vandaag": the cases that came to this coach in the past two weeks, until agreement is noted."""
    rows = store.taken_over(engine, since=stamp(at - NEWS), scope=scope)
    return [TakenOver(row["code"], row["school"]) for row in rows]


def left_behind(engine: Engine, scope: Scope, *, at: datetime) -> list[LeftBehind]:
    """For the lead: the schools with open cases whose coach left. Numbers, and neither codes nor names."""
    coaches = store.coaches(engine, today=local_day(at).isoformat(), scope=scope)
    return [
        LeftBehind(row["id"], row["name"], row["cases"], _coaches(coaches, row["id"]))
        for row in store.without_coach(engine, scope=scope)
    ]


def _case(row: Row) -> OpenCase:
    return OpenCase(row["id"], row["code"], moment(row["opened_at"]))


def _coaches(rows: Sequence[Row], school_id: str) -> list[Coach]:
    return [Coach(row["id"], row["name"]) for row in rows if row["school_id"] == school_id]
