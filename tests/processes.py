"""Fresh processes for tests of several at once: one builds the application, the others are its children."""

import multiprocessing
from datetime import datetime
from functools import cache
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

from flask import Flask

from app import create_app
from survey.config import Settings
from survey.database import SqliteDatabase
from tests.server import SECRET

fresh = multiprocessing.get_context("forkserver")
fresh.set_forkserver_preload(
    [
        "survey.notice.topics",
        "tests.survey.notice.test_at_once",
        "tests.survey.mail.test_outbox",
        "tests.processes_ready",
    ]
)


@cache
def built() -> Flask:
    """The application, still without settings, clock and database of a test."""
    return create_app({"SETTINGS": Settings.from_environment({"SECRET_KEY": SECRET}), "TESTING": True})


def application(settings: Settings, at: datetime) -> Flask:
    """The application of this process, with these settings, at this moment."""
    app = built()
    app.config.update(SETTINGS=settings, SECRET_KEY=settings.secret(), CLOCK=lambda: at)
    app.extensions["database"] = SqliteDatabase(settings.DATABASE, durable=False)
    return app


def tick(settings: Settings, at: datetime, together: Barrier, said: "SimpleQueue[str]") -> None:
    """One tick, as the command does it, at the same moment as the others."""
    app = application(settings, at)
    together.wait(30)
    done = app.test_cli_runner().invoke(args=["tick"])
    said.put(done.output)
    raise SystemExit(done.exit_code)
