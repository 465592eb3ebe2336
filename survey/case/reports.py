"""What coaches see of their cases: the list, one case with its people and checks, and what is new."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from survey.access.permissions import Scope
from survey.case import informants, store
from survey.case.agreement.rules import Given
from survey.case.ending.reports import left_behind as left_behind
from survey.case.ending.reports import taken_over as taken_over
from survey.case.hints import noticed
from survey.case.informants import Who
from survey.checkin import reports as checkins
from survey.clock import day_or_none, local_day, moment, moment_or_none
from survey.database import Engine, Row
from survey.questionnaire.vocabulary import Family
from survey.talk import reports as talks


class School(Struct, frozen=True):
    """A school where the coach works."""

    id: str
    name: str


class Line(Struct, frozen=True):
    """A case in the list, and the day something last happened in it."""

    code: str
    school: str
    kind: str
    theme: str | None
    opened_at: datetime
    closed_at: datetime | None
    active_on: date


class Agreement(Struct, frozen=True):
    """What was noted about the parents' agreement: when and by whom, and when and why it ended if it did."""

    id: str
    given: Given
    noted_at: datetime
    noted_by: str
    ended_at: datetime | None
    ended_because: str | None


class Case(Struct, frozen=True):
    """One case of the coach: who gave the signal, what it is about, and what was noted about the agreement.

    `taken_over_at` is set when another coach had it before; `agreements` come newest first.
    """

    id: str
    code: str
    school: str
    profile: str
    kind: str
    signalled_by: str | None
    signalled_on: date | None
    theme: str | None
    opened_at: datetime
    closed_at: datetime | None
    taken_over_at: datetime | None
    agreements: Sequence[Agreement]

    @property
    def agreement(self) -> Agreement | None:
        """What was noted last, also when it ended."""
        return self.agreements[0] if self.agreements else None

    @property
    def in_force(self) -> Agreement | None:
        """What was noted and did not end."""
        return self.agreement if self.agreement and self.agreement.ended_at is None else None

    @property
    def stopped(self) -> Agreement | None:
        """What ended last and has to be asked for again: a new note is of that day or later."""
        ended = (one for one in self.agreements if one.ended_at and one.ended_because != "noted_again")
        return max(ended, key=lambda one: str(one.ended_at), default=None)

    @property
    def agreed(self) -> bool:
        """Whether everyone whose word counts agrees now that the pupil is asked."""
        return self.in_force is not None and self.in_force.given.allows


class Informant(Struct, frozen=True):
    """Someone in a case and their checks, newest first."""

    id: str
    who: Who
    checks: Sequence[checkins.Check]


class Recent(Struct, frozen=True):
    """A check on "Vandaag": whom it is of, what became of it, and since when."""

    code: str
    link_id: str
    who: str
    family: Family
    state: str
    at: datetime


def schools(engine: Engine, scope: Scope, *, at: datetime) -> list[School]:
    """Where this coach works today."""
    rows = store.schools(engine, today=local_day(at).isoformat(), scope=scope)
    return [School(row["id"], row["name"]) for row in rows]


def cases(engine: Engine, scope: Scope) -> list[Line]:
    """The cases of this coach, the liveliest first."""
    rows = store.cases(engine, scope=scope)
    rows.sort(key=lambda row: (_active_on(row), row["answered_at"] or row["opened_at"]), reverse=True)
    return [_line(row) for row in rows]


def case(engine: Engine, scope: Scope, code: str) -> Case | None:
    """One case of this coach; None for another's as for none."""
    row = store.case(engine, code, scope=scope)
    if row is None:
        return None
    return Case(
        id=row["id"],
        code=row["code"],
        school=row["school"],
        profile=row["profile"],
        kind=row["kind"],
        signalled_by=row["signalled_by"],
        signalled_on=day_or_none(row["signalled_on"]),
        theme=row["theme"],
        opened_at=moment(row["opened_at"]),
        closed_at=moment_or_none(row["closed_at"]),
        taken_over_at=moment_or_none(row["taken_over_at"]),
        agreements=[_agreement(noted) for noted in store.agreements(engine, row["id"], scope=scope)],
    )


def people(engine: Engine, scope: Scope, case_id: str) -> list[Informant]:
    """Everyone asked in a case, with their checks; each person stands alone, never averaged."""
    checks = checkins.checks(engine, scope, case_id)
    found = [
        Informant(
            row["id"],
            Who(row["kind"], row["number"]),
            [check for check in checks if check.informant_id == row["id"]],
        )
        for row in store.informants(engine, case_id, scope=scope)
    ]
    return sorted(found, key=lambda person: informants.place(person.who))


def known(engine: Engine, scope: Scope, case_id: str) -> list[Who]:
    """Everyone who was asked something in a case, or whom the coach was about to ask."""
    return [Who(row["kind"], row["number"]) for row in store.informants(engine, case_id, scope=scope)]


def to_talk_about(engine: Engine, scope: Scope, *, at: datetime) -> list[noticed.Block]:
    """For "Vandaag": the hints in all open cases that wait to be talked about, newest first."""
    return noticed.waiting(engine, scope, at=at)


def recent(engine: Engine, scope: Scope, at: datetime) -> list[Recent]:
    """For "Vandaag": checks that wait for an answer, then the newest answers."""
    found = [*checkins.waiting(engine, scope, at=at), *checkins.news(engine, scope, at=at)]
    return [_recent(asked) for asked in found]


def upcoming(engine: Engine, scope: Scope, at: datetime) -> list[talks.Upcoming]:
    """For "Vandaag": planned talks that are over, of today and of tomorrow, the oldest first."""
    return talks.upcoming(engine, scope, at)


def _recent(asked: checkins.Asked) -> Recent:
    return Recent(
        code=asked.code,
        link_id=asked.link_id,
        who=Who(asked.kind, asked.number).name,
        family=asked.family,
        state=asked.state,
        at=asked.answered_at or asked.created_at,
    )


def _line(row: Row) -> Line:
    return Line(
        code=row["code"],
        school=row["school"],
        kind=row["kind"],
        theme=row["theme"],
        opened_at=moment(row["opened_at"]),
        closed_at=moment_or_none(row["closed_at"]),
        active_on=_active_on(row),
    )


def _active_on(row: Row) -> date:
    answered = local_day(row["answered_at"] or row["opened_at"])
    return max(answered, day_or_none(row["talked_on"]) or answered)


def _agreement(row: Row) -> Agreement:
    given = Given(
        age_band=row["age_band"],
        first_parent=row["first_parent"],
        second_parent=row["second_parent"],
        pupil=row["pupil"],
        agreed_on=date.fromisoformat(row["agreed_on"]),
    )
    return Agreement(
        id=row["id"],
        given=given,
        noted_at=moment(row["noted_at"]),
        noted_by=row["noted_by"],
        ended_at=moment_or_none(row["ended_at"]),
        ended_because=row["ended_because"],
    )
