"""The commands an operator uses on any installation."""

import gc
import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from survey.cli import gunicorn_options
from survey.config import BadSetting, Settings
from survey.database import SqliteDatabase, SqliteEngine, files
from tests.commands import run
from tests.conftest import Member

IN_USE = "The database is in use. Stop the server and what runs by itself, and try again."


def test_config_prints_every_setting_with_its_sentence_and_no_secret(app: Flask) -> None:
    _, printed = run(app, "config")
    for name in Settings.__dataclass_fields__:
        assert f"{name}=" in printed
    assert app.config["SETTINGS"].SECRET_KEY not in printed
    assert "SECRET_KEY=(set)" in printed


def test_a_backup_is_a_whole_database(app: Flask, ana: Member, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert run(app, "backup", str(target))[0] == 0
    copy = SqliteDatabase(target)
    with copy.session() as engine:
        assert engine.one("SELECT name FROM person") == {"name": "Ana"}
        assert engine.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
    copy.close()


def test_a_backup_never_overwrites(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("something of someone")
    assert run(app, "backup", str(target))[0] == 1
    assert target.read_text() == "something of someone"


@pytest.mark.parametrize("target", ["nowhere/copy.db", "copy.db"])
def test_a_backup_that_breaks_off_says_why_and_leaves_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    def breaks_off(_path: Path) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(files, "_to_disk", breaks_off)
    code, said = run(app, "backup", str(tmp_path / target))
    assert code == 1
    assert said.startswith("Error: No copy was made: ")
    assert not (tmp_path / target).exists()


def test_a_backup_is_restored_when_nobody_has_the_database_open(
    app: Flask, ana: Member, engine: SqliteEngine, tmp_path: Path
) -> None:
    copy, elsewhere = tmp_path / "copy.db", tmp_path / "elsewhere.db"
    assert run(app, "backup", str(copy))[0] == 0
    engine.run("UPDATE person SET name = 'since'")
    assert run(app, "restore", str(copy)) == (1, f"Error: Nothing was restored. {IN_USE}\n")
    assert engine.one("SELECT name FROM person") == {"name": "since"}
    engine.backup(elsewhere)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], DATABASE=elsewhere)
    code, said = run(app, "restore", str(copy))
    assert code == 0
    assert f"{elsewhere} is again what it was when {copy} was made.\nWhat stood there is kept in" in said
    assert "Next: migrate, then retention, and do again what people have asked since" in said
    with closing(sqlite3.connect(elsewhere)) as restored:
        assert restored.execute("SELECT name FROM person").fetchall() == [("Ana",)]


def test_what_is_no_backup_is_not_restored(app: Flask, tmp_path: Path) -> None:
    absent = tmp_path / "absent.db"
    code, said = run(app, "restore", str(absent))
    assert (code, said) == (1, f"Error: Nothing was restored. {absent} is not a file with a backup.\n")


def test_a_worker_that_stops_leaves_no_journal(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "worked.db")
    with database.session() as engine:
        engine.run("CREATE TABLE work (id TEXT) STRICT")
    assert (tmp_path / "worked.db-wal").stat().st_size
    try:
        server = import_module("survey.server")
    finally:
        gc.enable()
    application = SimpleNamespace(extensions={"database": database})
    server.worker_exit(None, SimpleNamespace(app=SimpleNamespace(wsgi=lambda: application)))
    assert [path.name for path in tmp_path.iterdir()] == ["worked.db"]


def test_migrate_says_what_it_applied(app: Flask, engine: SqliteEngine) -> None:
    assert run(app, "migrate") == (0, "")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have taken the place of this process."""
    commands: list[list[str]] = []
    monkeypatch.setattr("survey.cli.os.execv", lambda _path, command: commands.append(command))
    return commands


def test_serving_says_where_and_names_no_demo_that_is_not_there(app: Flask, started: list[list[str]]) -> None:
    assert run(app, "serve") == (0, "Groeispiegel runs on http://localhost\n")
    assert [command[1:3] for command in started] == [["-m", "gunicorn"]]


def test_serving_without_a_database_says_what_to_do(app: Flask, started: list[list[str]]) -> None:
    app.config["SETTINGS"].DATABASE.write_bytes(b"")
    code, said = run(app, "serve")
    assert code == 1
    assert "First run: flask --app app migrate" in said
    assert started == []


def test_the_server_writes_no_addresses_to_a_log(app: Flask) -> None:
    options = gunicorn_options(app.config["SETTINGS"])
    assert "--access-logfile" not in options
    assert options[options.index("--log-level") + 1] == "error"


PRODUCTION = {
    "BASE_URL": "https://groeispiegel.example",
    "SECRET_KEY": "x" * 32,
    "SMTP_HOST": "mail.example",
    "MAIL_FROM": "Groeispiegel <mail@school.example>",
}


def test_a_complete_production_setting_is_accepted() -> None:
    settings = Settings.from_environment(PRODUCTION)
    assert settings.https
    assert not settings.local


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "at least 32"),
        ({"SMTP_HOST": ""}, "SMTP_HOST is not set"),
        ({"BASE_URL": "http://groeispiegel.example"}, "https://"),
        ({"BASE_URL": "groeispiegel.example"}, "must start with"),
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "-1"}, "whole number"),
        ({"SESSION_HOURS": "abc"}, "SESSION_HOURS='abc' cannot be used: must be a whole number"),
        ({"MAIL_FROM": ""}, "MAIL_FROM is not set"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM must hold a mail address"),
        ({"SMTP_SECURITY": "maybe"}, "SMTP_SECURITY"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_starts(change: dict[str, str], said: str) -> None:
    with pytest.raises(BadSetting, match=said):
        Settings.from_environment({**PRODUCTION, **change})


def test_on_this_machine_a_random_secret_is_made_once(tmp_path: Path) -> None:
    settings = Settings.from_environment({"DATABASE": str(tmp_path / "data" / "g.db")})
    secret = settings.secret()
    assert len(secret) == 64
    assert settings.secret() == secret
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0
