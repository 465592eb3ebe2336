"""What the database leaves on disk is for the account it runs under, and what is deleted is gone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.database import SqliteDatabase
from survey.database.migrate import migrate


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A shell that lets everyone read new files."""
    before = os.umask(0o000)
    yield
    os.umask(before)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "data" / "private.db")
    migrate(database)
    yield database
    database.close()


def _modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in sorted(folder.iterdir())}


def test_every_file_of_a_database_is_for_its_owner_only(database: SqliteDatabase) -> None:
    with database.session() as engine, engine.atomic():
        engine.insert("setting", {"name": "a", "value": "b"})
        modes = _modes(database.path.parent)
    assert {"private.db", "private.db.lock"} < set(modes), "and what the journal needs"
    assert set(modes.values()) == {"0o600"}, modes


def test_a_new_folder_for_it_is_for_its_owner_only(database: SqliteDatabase) -> None:
    assert database.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_backup_is_for_its_owner_only(database: SqliteDatabase, tmp_path: Path) -> None:
    target = tmp_path / "copies"
    target.mkdir()
    with database.session() as engine:
        engine.backup(target / "copy.db")
    assert _modes(target) == {"copy.db": "0o600"}


def test_a_backup_never_takes_the_place_of_a_file(database: SqliteDatabase, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("something of someone")
    with database.session() as engine, pytest.raises(FileExistsError):
        engine.backup(target)
    assert target.read_text() == "something of someone"


def test_what_is_deleted_is_wiped_from_the_file(database: SqliteDatabase) -> None:
    secret = "wat-niemand-meer-mag-lezen"
    with database.session() as engine:
        engine.insert("setting", {"name": "a", "value": secret})
        engine.run("DELETE FROM setting")
        engine.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert secret.encode() not in database.path.read_bytes()
