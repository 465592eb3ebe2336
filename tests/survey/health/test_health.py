"""What a monitor reads."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pysqlite3 import dbapi2

from survey import VERSION
from survey.database import SqliteDatabase, sqlite
from survey.database.migrate import FOLDER


def test_a_healthy_application_says_what_it_runs_on(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert reply.status_code == 200
    assert reply.json is not None
    assert reply.json["status"] == "ok"
    assert reply.json["version"] == VERSION
    assert reply.json["schema"] == max(path.stem for path in FOLDER.glob("*.sql"))
    assert reply.json["sqlite"] == dbapi2.sqlite_version


def test_a_database_that_cannot_be_written_is_unhealthy(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", 0.05)
    other = SqliteDatabase(app.config["SETTINGS"].DATABASE)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.session() as engine, engine.atomic():
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    reply = client.get("/healthz")
    done.set()
    thread.join()
    other.close()
    assert reply.status_code == 503


def test_an_unmigrated_database_is_unhealthy(app: Flask, client: FlaskClient) -> None:
    with app.extensions["database"].session() as engine:
        engine.run("DROP TABLE setting")
    assert client.get("/healthz").status_code == 503
