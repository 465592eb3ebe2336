"""A small case whose people can be asked for any check, beside the server that answers them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from app import create_app
from survey.access.permissions import Role
from survey.access.tokens import token_hash
from survey.case import actions as cases
from survey.case.agreement.rules import Given
from survey.checkin import actions, store
from survey.clock import local_day, moment, stamp
from survey.config import Settings
from survey.database import SqliteDatabase
from survey.database.migrate import migrate
from survey.people import actions as people
from tests.browser.database import inside
from tests.server import Server, serving, start


@dataclass
class Case:
    """One case with a parent, a pupil and a teacher, and the server on its database."""

    server: Server
    app: Flask

    def ask(self, kind: str = "parent", family: str = "relationship", goal: str | None = None) -> str:
        """The address of a fresh link."""
        with self.app.app_context(), inside(self.server) as engine:
            coach = engine.rows('SELECT coach_id FROM "case"')[0]["coach_id"]
            at, form = datetime.now(UTC), f"{family}-{kind}"
            _link, token = actions.ask(
                engine, informant_id=kind, form=form, version="1.0", by=coach, at=at, goal=goal
            )
        return f"{self.server.url}/c/{token}"

    def card(self, kind: str) -> str:
        """The address of a fresh card."""
        with self.app.app_context(), inside(self.server) as engine:
            coach = engine.rows('SELECT coach_id FROM "case"')[0]["coach_id"]
            made = actions.make_card(engine, informant_id=kind, by=coach, at=datetime.now(UTC))
        return made.address

    def stored(self, address: str) -> dict[str, int]:
        """The answer to a link by item, the goal among them; empty while there is none."""
        with inside(self.server) as engine:
            (link,) = engine.rows(
                "SELECT id FROM checkin_link WHERE token_hash = :hash",
                {"hash": token_hash(address.rpartition("/")[2])},
            )
            return store.answer(engine, link_id=link["id"])

    def answered_since(self, address: str) -> float:
        """The seconds since a link was answered, by the clock of this machine."""
        with inside(self.server) as engine:
            (row,) = engine.rows(
                "SELECT answered_at FROM checkin JOIN checkin_link ON checkin_link.id = checkin.link_id "
                "WHERE token_hash = :hash",
                {"hash": token_hash(address.rpartition("/")[2])},
            )
        return abs((datetime.now(UTC) - moment(row["answered_at"])).total_seconds())

    def answers(self) -> int:
        """How many answers there are in all."""
        with inside(self.server) as engine:
            return len(engine.rows("SELECT id FROM checkin"))

    def take_back(self) -> None:
        """Every link that waits for an answer ends."""
        with inside(self.server) as engine:
            actions.end_all(engine, case_id="case", at=datetime.now(UTC))

    def forget_links(self) -> None:
        """Nobody was asked anything."""
        with inside(self.server) as engine:
            engine.run("DELETE FROM checkin_link")

    def restart(self) -> None:
        """The server is there again, at the same address."""
        path = Path(self.server.environment["DATABASE"])
        self.server = start(path, PORT=self.server.environment["PORT"])


@contextlib.contextmanager
def small_case(path: Path) -> Iterator[Case]:
    """Serve a fresh database with this case until the block ends."""
    database = SqliteDatabase(path, durable=False)
    migrate(database)
    with database.session() as engine:
        at = datetime.now(UTC)
        coach = people.add_person(
            engine, name="Ana", email="ana@example.org", roles=[Role.COACH], by=None, at=at
        )
        engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
        case = {"id": "case", "code": "KV-7Q4M", "coach_id": coach, "school_id": "s", "opened_at": stamp(at)}
        engine.insert("case", case)
        for kind in ("parent", "pupil", "teacher"):
            engine.insert("informant", {"id": kind, "case_id": "case", "kind": kind, "number": 1})
        both = Given("under_12", "yes", "yes", None, local_day(at))
        cases.note_agreement(engine, case_id="case", given=both, by=coach, at=at)
    database.close()
    with serving(path) as server:
        app = create_app({"SETTINGS": Settings.from_environment(server.environment)})
        made = Case(server, app)
        yield made
        app.extensions["database"].close()
        made.server.stop()
