"""Migrations: append-only, all or nothing, safe when everything starts at once."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from survey.database import SqliteDatabase
from survey.database.migrate import FOLDER, ChangedMigration, migrate, schema_version

HEAD = max(path.stem for path in FOLDER.glob("*.sql"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "new" / "fresh.db")
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text("CREATE TABLE first (id TEXT PRIMARY KEY) STRICT;\n")
    return folder


def tables(database: SqliteDatabase) -> set[str]:
    with database.session() as engine:
        return {row["name"] for row in engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_blank_database_reaches_the_newest_schema(database: SqliteDatabase) -> None:
    assert migrate(database)[-1] == HEAD
    with database.session() as engine:
        assert schema_version(engine) == HEAD
        assert engine.rows("PRAGMA foreign_key_check") == []


def test_migrating_twice_changes_nothing(database: SqliteDatabase) -> None:
    migrate(database)
    assert migrate(database) == []


def test_a_database_in_which_nothing_ran_has_no_version(database: SqliteDatabase, tmp_path: Path) -> None:
    migrate(database, tmp_path / "none")
    with database.session() as engine:
        assert schema_version(engine) == ""


def test_a_new_file_is_applied_to_an_old_database(database: SqliteDatabase, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0002_second.sql").write_text("CREATE TABLE second (id TEXT) STRICT;\n")
    assert migrate(database, folder) == ["0002_second"]
    assert {"first", "second"} <= tables(database)


def test_an_edited_migration_is_refused(database: SqliteDatabase, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE other (id TEXT) STRICT;\n")
    with pytest.raises(ChangedMigration, match="0001_first"):
        migrate(database, folder)


def test_a_broken_migration_leaves_nothing_behind(database: SqliteDatabase, folder: Path) -> None:
    (folder / "0002_broken.sql").write_text("CREATE TABLE half (id TEXT) STRICT;\nCREATE TABEL x;\n")
    with pytest.raises(dbapi2.OperationalError):
        migrate(database, folder)
    assert not {"first", "half"} & tables(database)


def test_an_unfinished_statement_is_refused(database: SqliteDatabase, folder: Path) -> None:
    (folder / "0001_first.sql").write_text("CREATE TABLE first (id TEXT)")
    with pytest.raises(ValueError, match="unfinished"):
        migrate(database, folder)


def test_every_table_is_strict(database: SqliteDatabase) -> None:
    migrate(database)
    with database.session() as engine:
        loose = engine.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0")
    assert {row["name"] for row in loose} <= {"sqlite_schema", "sqlite_temp_schema", "sqlite_sequence"}


def _start(path: Path, queue: "multiprocessing.Queue[int]") -> None:
    database = SqliteDatabase(path)
    queue.put(len(migrate(database)))
    database.close()


def test_eight_processes_start_at_once_and_one_migrates(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    processes = [context.Process(target=_start, args=(tmp_path / "busy.db", queue)) for _ in range(8)]
    for process in processes:
        process.start()
    applied = sorted(queue.get(timeout=30) for _ in processes)
    for process in processes:
        process.join(30)
    assert applied == [0] * 7 + [len(list(FOLDER.glob("*.sql")))]
