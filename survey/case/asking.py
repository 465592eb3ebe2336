"""Whom a coach can ask in a case now, which check is due for each of them, and why."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from survey.access.permissions import Scope
from survey.case import informants, store
from survey.case.informants import Who
from survey.case.reports import Case
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, Dose, Doses, State
from survey.clock import local_day, moment
from survey.current import catalog
from survey.database import Engine, Row
from survey.questionnaire.definition import Choice
from survey.questionnaire.vocabulary import Family
from survey.talk import reports as talks
from survey.talk.actions import DONE, INCIDENT


class Lock(StrEnum):
    """Why someone cannot be asked anything."""

    AGREEMENT = "agreement"
    STOPPED = "stopped"


class Ask(Struct, frozen=True):
    """One check for one person: how soon it may be asked, and when it was answered last."""

    family: Family
    dose: Dose
    last: date | None


class Person(Struct, frozen=True):
    """Someone in a case: the check that is due, the other ones, their goal, and what waits for an answer."""

    who: Who
    is_usual: bool
    lock: Lock | None
    due: Ask | None
    others: Sequence[Ask]
    goal: Choice | None
    goals: Sequence[Choice]
    waiting: Asked | None

    @property
    def name(self) -> str:
        """As on screen."""
        return self.who.name

    @property
    def called(self) -> str:
        """At the start of a sentence."""
        return self.who.called


def doses(engine: Engine, scope: Scope, case_id: str, *, at: datetime) -> Doses:
    """How soon each person in a case may be asked again."""
    return checks.doses(engine, scope, case_id, incidents=talks.incidents(engine, scope, case_id), at=at)


def goal_of(engine: Engine, scope: Scope, case_id: str, who: Who) -> str | None:
    """The goal this person is asked about, if one was chosen that is still offered."""
    row = _rows(engine, scope, case_id).get(who)
    goal = _goal(row["goal"] if row else None, catalog().goals(who.kind))
    return goal.key if goal else None


def people(engine: Engine, scope: Scope, case: Case, *, at: datetime) -> list[Person]:
    """Everyone who was asked before and one of each kind, then whom else one can ask in a case like this."""
    known = _rows(engine, scope, case.id)
    asked = {who for who in known if who.kind in informants.offered(case.kind)}
    usual = {*informants.first(case.kind), *asked}
    further = [who for who in informants.further(known, case.kind) if who not in usual]
    return _persons(engine, scope, case, [*sorted(usual, key=informants.place), *further], at=at)


def stopped(engine: Engine, scope: Scope, case_id: str) -> list[tuple[Who, datetime]]:
    """Who asked to be asked nothing more, and when."""
    rows = _rows(engine, scope, case_id).items()
    return [(who, moment(row["stopped_at"])) for who, row in rows if row["stopped_at"]]


def informant_id(engine: Engine, scope: Scope, case_id: str, who: Who) -> str | None:
    """Whom other rooms know by this id; None for someone who was never asked anything."""
    row = _rows(engine, scope, case_id).get(who)
    return str(row["id"]) if row else None


def person(engine: Engine, scope: Scope, case: Case, who: Who, *, at: datetime) -> Person:
    """One person in a case, known or new."""
    return _persons(engine, scope, case, [who], at=at)[0]


def _persons(
    engine: Engine, scope: Scope, case: Case, people: Sequence[Who], *, at: datetime
) -> list[Person]:
    known = _rows(engine, scope, case.id)
    dose = doses(engine, scope, case.id, at=at)
    talked = _talked_today(engine, scope, case.id, at=at)
    waiting = {
        Who(one.kind, one.number): one
        for one in checks.asked_links(engine, scope, case.id, at=at)
        if one.state in {State.OPEN, State.DECLINED}
    }

    def made(who: Who) -> Person:
        row = known.get(who)
        asks = {family: _ask(family, row, dose) for family in Family}
        due = checks.due({family: ask.dose for family, ask in asks.items()}, talked_today=str(who) in talked)
        goals = catalog().goals(who.kind)
        return Person(
            who=who,
            is_usual=who.number == 1 or who in known,
            lock=_lock(case, who, row),
            due=asks[due] if due else None,
            others=[ask for family, ask in asks.items() if family is not due],
            goal=_goal(row["goal"] if row else None, goals),
            goals=goals,
            waiting=waiting.get(who),
        )

    return [made(who) for who in people]


def _ask(family: Family, row: Row | None, doses: Doses) -> Ask:
    informant_id = row["id"] if row else None
    return Ask(family, doses.of(informant_id, family), doses.last(informant_id, family))


def _lock(case: Case, who: Who, row: Row | None) -> Lock | None:
    if row and row["stopped_at"]:
        return Lock.STOPPED
    return Lock.AGREEMENT if who.kind == "pupil" and not case.agreed else None


def _goal(key: str | None, goals: Sequence[Choice]) -> Choice | None:
    return next((goal for goal in goals if goal.key == key), None)


def _talked_today(engine: Engine, scope: Scope, case_id: str, *, at: datetime) -> set[str]:
    """With whom a talk was held today: it is over, so what comes now comes at its end."""
    return {
        who
        for talk in talks.talks(engine, scope, case_id)
        if talk.state == DONE and talk.kind != INCIDENT and talk.day == local_day(at)
        for who in talk.with_
    }


def _rows(engine: Engine, scope: Scope, case_id: str) -> Mapping[Who, Row]:
    return {Who(row["kind"], row["number"]): row for row in store.informants(engine, case_id, scope=scope)}
