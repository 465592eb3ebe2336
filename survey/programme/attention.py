"""What asks for attention this week, by what it is and by day; asks the rooms, keeps nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from survey.access.permissions import Scope
from survey.advice import reports as advices
from survey.clock import days_of_month, days_of_school_year, local_day, school_year, year_before
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import State, Window
from survey.placement import reports as placements
from survey.start_agreement import reports as agreements

DAY = timedelta(days=1)
SOON = timedelta(days=7)
WINDOW_SOON = timedelta(days=14)  # reminding people of a window takes a week
ADVICE_SOON = timedelta(days=92)  # advices are written and signed from May on


class Kind(StrEnum):
    """What something that asks for attention is."""

    NOT_CONTINUED = "not_continued"
    LOOK_BACK = "look_back"
    SIGNATURES = "signatures"
    REMARKS = "remarks"
    HOURS = "hours"
    OPENS = "opens"
    CLOSES = "closes"
    COUNT = "count"
    RELEASE = "release"
    ADVICE = "advice"


class Entry(NamedTuple):
    """One thing: its day, what it is about, how many, and the id its page is found by."""

    day: date
    about: str
    number: int = 1
    key: str = ""


class Matter(Struct, frozen=True):
    """Everything of one kind, the first day first."""

    kind: Kind
    entries: tuple[Entry, ...]

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(entry.number for entry in self.entries)


def matters(engine: Engine, scope: Scope, at: datetime) -> tuple[Matter, ...]:
    """What asks for attention, the kind with the first day first."""
    today = local_day(at)
    remarked = agreements.remarked(engine, scope)
    talked_of = {one.id for one in remarked}
    waiting = [one for one in agreements.waiting(engine, scope) if one.id not in talked_of]
    found = {
        Kind.NOT_CONTINUED: _not_continued(engine, scope, today),
        Kind.LOOK_BACK: _look_back(engine, scope, today),
        Kind.SIGNATURES: _agreements(waiting),
        Kind.REMARKS: _agreements(remarked),
        Kind.HOURS: _hours(engine, scope, today),
        **_windows(engine, scope, at),
        Kind.ADVICE: _advice(engine, scope, today),
    }
    held = [Matter(kind, tuple(sorted(entries))) for kind, entries in found.items() if entries]
    return tuple(sorted(held, key=lambda one: (one.entries[0].day, one.kind)))


def _not_continued(engine: Engine, scope: Scope, today: date) -> list[Entry]:
    return [
        Entry(days_of_school_year(one.school_year)[1], one.school, key=one.id)
        for one in placements.not_continued(engine, scope, today)
    ]


def _look_back(engine: Engine, scope: Scope, today: date) -> list[Entry]:
    """Now or soon; of a place that ends before that, now."""
    days = (today, today + SOON)
    found = {one.id: one for day in days for one in agreements.to_look_back(engine, scope, day)}
    return _agreements(found.values())


def _agreements(found: Iterable[agreements.Brief]) -> list[Entry]:
    return [Entry(one.day, one.school, key=one.placement_id) for one in found]


def _hours(engine: Engine, scope: Scope, today: date) -> list[Entry]:
    """By month that is over: of how many places no hours are written down; due from the day after it."""
    months = Counter(one.month for one in placements.due(engine, scope, today))
    return [Entry(days_of_month(month)[1] + DAY, month, number) for month, number in months.items()]


def _windows(engine: Engine, scope: Scope, at: datetime) -> dict[Kind, list[Entry]]:
    found: dict[Kind, list[Entry]] = {Kind.OPENS: [], Kind.CLOSES: [], Kind.COUNT: [], Kind.RELEASE: []}
    soon, released = local_day(at) + WINDOW_SOON, _released(engine, scope)
    for one in evaluation.windows(engine, scope):
        state, about = one.state(at), one.school_year
        if state is State.PLANNED and one.first_day <= soon:
            found[Kind.OPENS].append(Entry(one.first_day, about, key=one.id))
        elif state is State.OPEN and one.last_day <= soon:
            found[Kind.CLOSES].append(Entry(one.last_day, about, key=one.id))
        elif state is State.CLOSED:
            found[Kind.COUNT].append(Entry(one.last_day, about, key=one.id))
        elif state is State.COUNTED and (number := len(_asked(engine, scope, one) - released[one.id])):
            found[Kind.RELEASE].append(Entry(one.last_day, about, number, one.id))
    return found


def _asked(engine: Engine, scope: Scope, window: Window) -> set[str]:
    """The forms without a name that people of a window were asked to fill in."""
    response = evaluation.response(engine, scope, window.id)
    return {key for key in response if not evaluation.FORMS[key].is_named}


def _released(engine: Engine, scope: Scope) -> defaultdict[str, set[str]]:
    """By window the forms of which something is released."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in evaluation.released(engine, scope):
        found[one.window_id].add(one.form)
    return found


def _advice(engine: Engine, scope: Scope, today: date) -> list[Entry]:
    """The drafts of this school year and the one before, to be signed before the summer of theirs."""
    this = school_year(today)
    ends = {year: days_of_school_year(year)[1] for year in (year_before(this), this)}
    found = [
        Entry(day, year, advices.drafts(engine, scope, year))
        for year, day in ends.items()
        if day <= today + ADVICE_SOON
    ]
    return [entry for entry in found if entry.number]
