"""A server whose time the test sets, with the mails it sends and people who sign in by them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page

from survey.clock import moment, stamp
from survey.database import Row, SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.questionnaire.files import FOLDER
from tests.browser.database import inside
from tests.browser.moved import create_app
from tests.browser.signing_in import sign_in
from tests.server import Server, start

APPLICATION = "tests.browser.moved:create_app()"


@dataclass
class Moved:
    """A server on a clock of the test."""

    server: Server
    told: Path
    _app: Flask | None = field(default=None, init=False)

    def at(self, when: datetime) -> str:
        """Move the clock, let the planning run and the mail go; returns the mails."""
        self.move(when)
        self.run("tick")
        return self.run("send-mail")

    def move(self, when: datetime) -> None:
        """Move the clock and do nothing else."""
        self.told.write_text(stamp(when), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """One of the commands, in the application since the last start; returns what it prints."""
        app = self._app = self._app or create_app(self.server.environment)
        done = app.test_cli_runner().invoke(args=arguments)
        app.extensions["database"].close()
        assert done.exit_code == 0, done.output
        return done.stdout

    def rows(self, sql: str) -> list[Row]:
        with inside(self.server) as engine:
            return engine.rows(sql)

    def enter(self, page: Page, email: str) -> None:
        """Be signed in at this moment, on the first page."""
        page.context.clear_cookies()
        sign_in(page, self.server, moment(self.told.read_text(encoding="utf-8")), email=email)
        page.goto(f"{self.server.url}/vandaag")

    def restart(self) -> None:
        """The server again, with the questionnaires as they are now."""
        self.server.stop()
        self._app = None
        environment = self.server.environment
        kept = {name: environment[name] for name in ("MOMENT", "FORMS", "PORT")}
        self.server = start(Path(environment["DATABASE"]), application=APPLICATION, **kept)


@contextmanager
def moved_server(folder: Path, begin: datetime, fill: Callable[[SqliteEngine], None]) -> Iterator[Moved]:
    """Serve a fresh database, filled and at this moment, until the block ends."""
    path, told, forms = folder / "year.db", folder / "moment", folder / "questionnaires"
    shutil.copytree(FOLDER, forms)
    told.write_text(stamp(begin), encoding="utf-8")
    database = SqliteDatabase(path)
    migrate(database)
    with database.session() as engine:
        fill(engine)
    database.close()
    made = Moved(start(path, application=APPLICATION, MOMENT=str(told), FORMS=str(forms)), told)
    yield made
    made.server.stop()
