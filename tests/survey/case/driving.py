"""A case driven as its people drive it: opened, agreed to, asked in, answered, written in."""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from survey.access.tokens import token_hash
from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.conftest import BOTH_AGREE, Clock, Member


@dataclass(frozen=True)
class Case:
    """One case; every act is one of the coach who is given."""

    app: Flask
    engine: SqliteEngine
    clock: Clock
    id: str
    code: str

    @property
    def page(self) -> str:
        return f"/trajecten/{self.code}"

    def agree(self, coach: Member) -> None:
        cases.note_agreement(self.engine, case_id=self.id, given=BOTH_AGREE, by=coach.id, at=self.clock())

    def withdraw(self, coach: Member) -> None:
        cases.withdraw_agreement(self.engine, case_id=self.id, by=coach.id, at=self.clock())

    def informant(self, kind: str) -> str:
        return cases.add_informant(self.engine, case_id=self.id, who=Who(kind, 1))

    def ask(self, coach: Member, kind: str, family: str = "relationship") -> str:
        """The token of a fresh link to the first person of this kind; raises checkin.actions.MayNotAsk."""
        with self.app.app_context():
            form = self.app.extensions["catalog"].get(f"{family}-{kind}")
            _link, token = checkins.ask(
                self.engine,
                informant_id=self.informant(kind),
                form=form.form,
                version=form.version,
                by=coach.id,
                at=self.clock(),
            )
        return token

    def plan(self, coach: Member, day: date) -> str:
        """A planned talk with the parent."""
        return talks.plan(
            self.engine,
            case_id=self.id,
            kind="meeting",
            with_=["parent-1"],
            day=day,
            starts_at=None,
            by=coach.id,
            at=self.clock(),
        )

    def write(self, coach: Member, line: str, place: str = "question", about: str = "") -> None:
        """A private line of the coach."""
        talks.write_note(
            self.engine, case_id=self.id, place=place, about=about, line=line, by=coach.id, at=self.clock()
        )

    def rows(self, table: str) -> list[dict[str, object]]:
        """The rows of a table that hangs directly under a case."""
        return self.engine.rows(f'SELECT * FROM "{table}" WHERE case_id = :case', {"case": self.id})


def open_case(app: Flask, engine: SqliteEngine, clock: Clock, *, school: str, coach: Member) -> Case:
    """A case of this coach about one pupil."""
    code = cases.open_case(engine, school_id=school, by=coach.id, at=clock())
    found = engine.one('SELECT id FROM "case" WHERE code = :code', {"code": code})
    assert found
    return Case(app, engine, clock, str(found["id"]), code)


def replies(app: Flask, token: str, value: int = 3) -> dict[str, str]:
    """What a browser sends for the form of a link, the same button for every question."""
    with app.extensions["database"].session() as engine:
        link = engine.one(
            "SELECT form, version FROM checkin_link WHERE token_hash = :hash", {"hash": token_hash(token)}
        )
    assert link, "no such link"
    form = app.extensions["catalog"].get(link["form"], link["version"])
    return {item.key: str(value) for item in form.items}


def answer(app: Flask, visitor: FlaskClient, token: str, value: int = 3) -> int:
    """The status someone gets who answers a link."""
    return visitor.post(f"/c/{token}", data=replies(app, token, value)).status_code
