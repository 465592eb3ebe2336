"""What was deleted is in no byte of the file any more, nor in a copy of it."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.database import Busy, Full, SqliteDatabase, SqliteEngine, sqlite
from survey.database.migrate import migrate

DELETED = "wat-niemand-meer-mag-lezen"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "data" / "compact.db", durable=False)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def engine(database: SqliteDatabase) -> Iterator[SqliteEngine]:
    """Names of very different length were written in any order, so that pages split, and many deleted."""
    chance = random.Random(7)
    names = [
        f"{chance.getrandbits(64):x} {DELETED if number % 5 < 2 else ''} {'x' * chance.randrange(40, 700)}"
        for number in range(700)
    ]
    with database.session() as engine:
        with engine.atomic():
            for name in names:
                engine.insert("setting", {"name": name, "value": ""})
        with engine.atomic():
            engine.run(f"DELETE FROM setting WHERE name LIKE '%{DELETED}%'")
            engine.wipe()
        yield engine


def holding(folder: Path) -> set[str]:
    """The files in which a deleted name can still be read."""
    return {path.name for path in folder.iterdir() if DELETED.encode() in path.read_bytes()}


def test_pages_keep_what_was_deleted_until_the_file_is_compacted(
    database: SqliteDatabase, engine: SqliteEngine
) -> None:
    assert holding(database.path.parent) == {"compact.db"}, "or there is nothing to compact for"
    engine.compact()
    assert holding(database.path.parent) == set()
    assert database.path.stat().st_mode & 0o777 == 0o600


def test_a_backup_does_not_take_it_along(
    database: SqliteDatabase, engine: SqliteEngine, tmp_path: Path
) -> None:
    (tmp_path / "copies").mkdir()
    with database.session() as writer, writer.atomic():
        writer.insert("setting", {"name": "of somebody who writes meanwhile", "value": ""})
        engine.backup(tmp_path / "copies" / "copy.db")
    assert holding(tmp_path / "copies") == set()
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.db"]


def test_who_reads_reads_on_and_who_asks_again_finds_all(
    database: SqliteDatabase, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", 0.05)
    monkeypatch.setattr(sqlite, "WIPE_TIMEOUT", 1)
    with database.session() as reader:
        reader.run("BEGIN")
        before = reader.rows("SELECT name FROM setting")
        engine.compact()
        assert reader.rows("SELECT name FROM setting") == before
        reader.roll_back()
        assert reader.rows("SELECT name FROM setting") == before


def test_a_writer_waits_for_its_turn(database: SqliteDatabase, engine: SqliteEngine) -> None:
    with database.session() as writer, writer.atomic():
        writer.insert("setting", {"name": "first", "value": ""})
        compacting = threading.Thread(target=engine.compact)
        compacting.start()
    compacting.join()
    assert holding(database.path.parent) == set()
    assert engine.one("SELECT count(*) AS n FROM setting") == {"n": 421}


def test_whose_turn_never_comes_changes_nothing(
    database: SqliteDatabase, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", 0.05)
    other = SqliteDatabase(database.path)
    with other.session() as writer, writer.atomic(), pytest.raises(Busy):
        engine.compact()
    other.close()
    engine.compact()
    assert holding(database.path.parent) == set()


def test_a_backup_that_breaks_off_leaves_nothing(
    engine: SqliteEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(_engine: SqliteEngine, _sql: str, params: dict[str, str]) -> None:
        Path(params["target"] + "-journal").write_bytes(b"half")
        raise Full("disk I/O error")

    monkeypatch.setattr(SqliteEngine, "_execute", breaks_off)
    with pytest.raises(Full):
        engine.backup(tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
