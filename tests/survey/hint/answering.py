"""A case whose people answer: each word of a line is one check, each digit the answer to one question."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from survey.access.permissions import Scope
from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from survey.hint import reports
from survey.hint.reports import Hint, State
from tests.conftest import BOTH_AGREE, Clock, Member, scope_of

SILENT = "-"
FIRST_ITEM = {"relationship": "w", "wellbeing": "u"}


@dataclass(frozen=True)
class Answering:
    """One open case of a coach."""

    app: Flask
    engine: SqliteEngine
    clock: Clock
    coach: Member
    code: str
    id: str

    @property
    def scope(self) -> Scope:
        return scope_of(self.coach)

    @property
    def page(self) -> str:
        return f"/trajecten/{self.code}"

    def ask(self, who: str, family: str = "relationship", version: str = "1.0") -> tuple[str, str]:
        """(link id, token) of a fresh check for someone."""
        kind, number = who.split("-")
        with self.app.app_context():
            informant = cases.add_informant(self.engine, case_id=self.id, who=Who(kind, int(number)))
            return checkins.ask(
                self.engine,
                informant_id=informant,
                form=f"{family}-{kind}",
                version=version,
                by=self.coach.id,
                at=self.clock(),
            )

    def answers(self, who: str, line: str, family: str = "relationship", version: str = "1.0") -> list[str]:
        """The links of checks two weeks apart, the last one now; "-" stays without an answer."""
        if who.startswith("pupil"):
            cases.note_agreement(
                self.engine, case_id=self.id, given=BOTH_AGREE, by=self.coach.id, at=self.clock()
            )
        return [self._answer(who, values, family, version) for values in line.split()]

    def _answer(self, who: str, values: str, family: str, version: str) -> str:
        self.clock.forward(days=14)
        link_id, token = self.ask(who, family, version)
        if values != SILENT:
            reply = {f"{FIRST_ITEM[family]}{n}": int(value) for n, value in enumerate(values, start=1)}
            with self.app.app_context():
                checkins.submit(self.engine, token=token, reply=reply, clock=self.clock)
        return link_id

    def hints(self, *, later: timedelta = timedelta(0)) -> list[Hint]:
        """Every hint as its coach reads it, `later` than now."""
        with self.app.app_context():
            catalog = self.app.extensions["catalog"]
            return reports.hints(self.engine, self.scope, self.id, catalog=catalog, at=self.clock() + later)

    def found(self, **more: timedelta) -> list[str]:
        """Which rules fired, oldest first, with the state that is not open."""
        return [
            hint.rule.value + ("" if hint.state is State.OPEN else f" {hint.state.value}")
            for hint in reversed(self.hints(**more))
        ]


def answering(app: Flask, engine: SqliteEngine, clock: Clock, coach: Member, school: str) -> Answering:
    """A case of this coach at a school."""
    code = cases.open_case(engine, school_id=school, by=coach.id, at=clock())
    (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
    return Answering(app, engine, clock, coach, code, row["id"])
