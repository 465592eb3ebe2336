"""What an act erases for good is in no file of the database any more, the journal included."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.database import Refused, SqliteDatabase, SqliteEngine, sqlite
from survey.database.migrate import migrate

SECRET = "wat-niemand-meer-mag-lezen"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "data" / "wiped.db", durable=False)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def engine(database: SqliteDatabase) -> Iterator[SqliteEngine]:
    with database.session() as engine:
        engine.insert("setting", {"name": "a", "value": SECRET})
        yield engine


def found(database: SqliteDatabase) -> list[str]:
    """The files that still hold it."""
    return [path.name for path in database.path.parent.iterdir() if SECRET.encode() in path.read_bytes()]


def test_without_wiping_the_journal_still_holds_it(database: SqliteDatabase, engine: SqliteEngine) -> None:
    engine.run("DELETE FROM setting")
    assert found(database) == ["wiped.db-wal"]


@pytest.mark.parametrize("sql", ["DELETE FROM setting", "UPDATE setting SET value = ''"])
def test_what_an_act_wipes_is_gone_when_the_act_is_stored(
    database: SqliteDatabase, engine: SqliteEngine, sql: str
) -> None:
    with engine.atomic():
        engine.run(sql)
        with engine.atomic():
            engine.wipe()
        assert found(database)
    assert found(database) == []


def test_outside_an_act_it_is_gone_at_once(database: SqliteDatabase, engine: SqliteEngine) -> None:
    engine.run("DELETE FROM setting")
    engine.wipe()
    assert found(database) == []


def test_an_act_that_was_undone_wipes_nothing(database: SqliteDatabase, engine: SqliteEngine) -> None:
    with pytest.raises(Refused), engine.atomic():
        engine.run("DELETE FROM setting")
        engine.wipe()
        raise Refused
    assert engine.one("SELECT value FROM setting") == {"value": SECRET}


def test_a_reader_in_the_way_only_delays_it_until_the_next_act(
    database: SqliteDatabase, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WIPE_TIMEOUT", 1)
    with database.session() as reader:
        reader.run("BEGIN")
        reader.rows("SELECT * FROM setting")
        with engine.atomic():
            engine.run("DELETE FROM setting")
            engine.wipe()
        assert engine.rows("SELECT * FROM setting") == []
        assert found(database), "the reader still reads the old page"
        reader.roll_back()
    with engine.atomic():
        engine.insert("setting", {"name": "b", "value": ""})
    assert found(database) == []
