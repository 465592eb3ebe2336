"""The verbs, write units under contention, and what a refusal looks like."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from survey.database import Busy, Full, Refused, SqliteDatabase, SqliteEngine, new_key, portions, sqlite
from survey.database.library import journal, wal_is_safe


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "engine.db")
    with database.session() as engine:
        engine.run("CREATE TABLE parent (id TEXT PRIMARY KEY, n INTEGER CHECK (n < 100)) STRICT")
        engine.run("CREATE TABLE child (parent_id TEXT NOT NULL REFERENCES parent (id)) STRICT")
    yield database
    database.close()


@pytest.fixture
def engine(database: SqliteDatabase) -> Iterator[SqliteEngine]:
    with database.session() as engine:
        yield engine


def count(engine: SqliteEngine) -> int:
    row = engine.one("SELECT count(*) AS n FROM parent")
    assert row is not None
    return int(row["n"])


def test_an_inserted_row_comes_back(engine: SqliteEngine) -> None:
    engine.insert("parent", {"id": "a", "n": 1})
    assert engine.one("SELECT * FROM parent WHERE id = :id", {"id": "a"}) == {"id": "a", "n": 1}


def test_no_row_is_none(engine: SqliteEngine) -> None:
    assert engine.one("SELECT * FROM parent") is None


def test_many_rows_go_in_as_one_act(engine: SqliteEngine) -> None:
    with pytest.raises(Refused):
        engine.insert("parent", [{"id": "a", "n": 1}, {"id": "b", "n": 100}])
    assert count(engine) == 0


def test_no_rows_is_no_act(engine: SqliteEngine) -> None:
    engine.insert("parent", [])
    assert count(engine) == 0


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("parent", {"id": "a", "n": 100}),
        ("child", {"parent_id": "nobody"}),
        ("parent", {"id": "a", "n": "many"}),
    ],
)
def test_the_schema_refuses(engine: SqliteEngine, table: str, row: dict[str, object]) -> None:
    with pytest.raises(Refused):
        engine.insert(table, row)
    assert count(engine) == 0


def test_a_duplicate_is_refused_by_the_database(engine: SqliteEngine) -> None:
    engine.insert("parent", {"id": "a", "n": 1})
    with pytest.raises(Refused):
        engine.insert("parent", {"id": "a", "n": 2})


def test_a_misspelt_table_is_an_error_and_not_a_new_table(engine: SqliteEngine) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        engine.insert("parnet", {"id": "a"})


def test_an_act_that_fails_half_way_leaves_nothing(engine: SqliteEngine) -> None:
    with pytest.raises(RuntimeError), engine.atomic():
        engine.insert("parent", {"id": "a", "n": 1})
        raise RuntimeError
    assert count(engine) == 0


def test_a_nested_act_belongs_to_the_outer_one(engine: SqliteEngine) -> None:
    with pytest.raises(RuntimeError), engine.atomic():
        with engine.atomic():
            engine.insert("parent", {"id": "a", "n": 1})
        raise RuntimeError
    assert count(engine) == 0


def test_a_returned_connection_forgets_its_open_act(database: SqliteDatabase) -> None:
    engine = database.borrow()
    engine.run("BEGIN IMMEDIATE")
    engine.insert("parent", {"id": "a", "n": 1})
    database.give_back(engine)
    with database.session() as again:
        assert count(again) == 0


def test_a_writer_that_waits_too_long_is_told_so(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", 0.05)
    other = SqliteDatabase(database.path)
    with database.session() as engine, other.session() as late, engine.atomic():
        with pytest.raises(Busy), late.atomic():
            pass
    other.close()


def test_writers_behind_one_that_waits_do_not_wait_longer(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", deadline := 0.8)
    other = SqliteDatabase(database.path)
    waits: list[float] = []

    def write() -> None:
        started = time.monotonic()
        with database.session() as engine, pytest.raises(Busy), engine.atomic():
            pass
        waits.append(time.monotonic() - started)

    with other.session() as holder, holder.atomic():
        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    other.close()
    assert len(waits) == 4
    assert max(waits) < 2 * deadline, "one deadline for the queue and the file together"


def test_a_full_disk_is_told_apart(engine: SqliteEngine) -> None:
    pages = engine.one("PRAGMA page_count")
    assert pages is not None
    engine.run(f"PRAGMA max_page_count = {pages['page_count']}")
    with pytest.raises(Full), engine.atomic():
        engine.insert("parent", [{"id": f"{n:0200}", "n": 1} for n in range(500)])
    assert count(engine) == 0


def _add(path: Path, times: int) -> None:
    database = SqliteDatabase(path, durable=False)
    with database.session() as engine:
        for _ in range(times):
            with engine.atomic():
                row = engine.one("SELECT n FROM parent WHERE id = 'sum'")
                assert row is not None
                engine.run("UPDATE parent SET n = :n WHERE id = 'sum'", {"n": row["n"] + 1})
    database.close()


def test_eight_processes_read_then_write_without_losing_one(database: SqliteDatabase) -> None:
    with database.session() as engine:
        engine.run("CREATE TABLE big (id TEXT)")
        engine.insert("parent", {"id": "sum", "n": 0})
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_add, args=(database.path, 12)) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * 8
    with database.session() as engine:
        assert engine.one("SELECT n FROM parent WHERE id = 'sum'") == {"n": 96}


def test_threads_of_one_process_queue_for_the_write_lock(database: SqliteDatabase) -> None:
    def write(name: str) -> None:
        with database.session() as engine:
            for number in range(10):
                with engine.atomic():
                    engine.insert("parent", {"id": f"{name}{number}", "n": 1})

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as engine:
        assert count(engine) == 40


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_where_its_reset_bug_is_fixed(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    assert journal(version) == (("WAL", "FULL") if safe else ("TRUNCATE", "EXTRA"))


def test_an_unfixed_engine_really_runs_on_the_fall_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "journal", lambda: ("TRUNCATE", "EXTRA"))
    database = SqliteDatabase(tmp_path / "old.db")
    with database.session() as engine:
        assert engine.one("PRAGMA journal_mode") == {"journal_mode": "truncate"}
        assert engine.one("PRAGMA synchronous") == {"synchronous": 3}
    database.close()


def test_every_connection_is_durable_and_checks_foreign_keys(engine: SqliteEngine) -> None:
    assert engine.one("PRAGMA journal_mode") == {"journal_mode": "wal"}
    assert engine.one("PRAGMA synchronous") == {"synchronous": 2}
    assert engine.one("PRAGMA foreign_keys") == {"foreign_keys": 1}


def test_keys_are_unique_and_ascend() -> None:
    keys = [new_key() for _ in range(2000)]
    assert len(set(keys)) == 2000
    assert [key[:12] for key in keys] == sorted(key[:12] for key in keys)
    assert {key[12] for key in keys} == {"7"}
    assert {key[16] for key in keys} <= set("89ab")


@pytest.mark.parametrize(("ids", "sizes"), [(0, []), (1, [1]), (500, [500]), (1001, [500, 500, 1])])
def test_many_ids_come_once_each_in_portions_that_one_question_can_hold(ids: int, sizes: list[int]) -> None:
    wanted = [f"{number:04}" for number in range(ids)]
    found = list(portions([*reversed(wanted), *wanted]))
    assert [len(each) for each in found] == sizes
    assert [key for each in found for key in each] == wanted
