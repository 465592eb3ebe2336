"""A backup in the place of the database: exactly that backup, or nothing changed."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from survey.database import Engine, SqliteDatabase, restore
from survey.database.migrate import FOLDER, migrate
from survey.database.restore import NotRestored

AT = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
KEPT = "here.db.before-20261123T033000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """In it a database, here.db, that went on after a backup of it, copy.db; nobody has it open."""
    database = SqliteDatabase(tmp_path / "here.db", durable=False)
    migrate(database)
    with database.session() as engine:
        engine.insert("setting", {"name": "then", "value": ""})
        engine.backup(tmp_path / "copy.db")
        engine.insert("setting", [{"name": f"since {number}", "value": "x" * 500} for number in range(200)])
    database.close()
    return tmp_path


def names(path: Path) -> list[str]:
    database = SqliteDatabase(path, durable=False)
    with database.session() as engine:
        assert engine.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        found = [row["name"] for row in engine.rows("SELECT name FROM setting ORDER BY name")]
    database.close()
    return found


def back(folder: Path) -> Path | None:
    return restore.restore(folder / "copy.db", folder / "here.db", at=AT).kept


def test_it_is_what_it_was_and_what_stood_there_is_kept(folder: Path) -> None:
    assert back(folder) == folder / KEPT
    assert names(folder / "here.db") == ["then"]
    assert len(names(folder / KEPT)) == 201
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}
    assert set(modes) == {"here.db", "here.db.lock", "copy.db", KEPT}
    assert set(modes.values()) == {"0o600"}


@pytest.fixture
def killed(folder: Path) -> Path:
    """As a server leaves it that was killed: much stands in its journal only."""
    writing = SqliteDatabase(folder / "here.db")
    with writing.session() as engine:
        engine.run("UPDATE setting SET value = 'changed'")
        engine.insert("setting", {"name": "in the journal", "value": "x" * 9000})
        for name in ("here.db", "here.db-wal"):
            shutil.copyfile(folder / name, folder / f"left-{name}")
    writing.close()
    for name in ("here.db", "here.db-wal"):
        os.replace(folder / f"left-{name}", folder / name)
    return folder


def test_a_journal_that_was_left_behind_is_not_replayed_over_it(killed: Path) -> None:
    back(killed)
    assert names(killed / "here.db") == ["then"]
    assert "in the journal" in names(killed / KEPT)


def test_a_journal_without_its_database_is_not_either(killed: Path) -> None:
    (killed / "here.db").unlink()
    assert back(killed) is None
    assert names(killed / "here.db") == ["then"]


def test_on_a_new_machine_nothing_has_to_stand_there(folder: Path) -> None:
    assert restore.restore(folder / "copy.db", folder / "new" / "here.db", at=AT) == (None, False)
    assert names(folder / "new" / "here.db") == ["then"]


def test_a_damaged_database_is_kept_as_it_is(folder: Path) -> None:
    with (folder / "here.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 16384)
    back(folder)
    assert names(folder / "here.db") == ["then"]
    assert b"\xff" * 16384 in (folder / KEPT).read_bytes()


def also(engine: Engine) -> None:
    engine.run("INSERT INTO main.setting SELECT * FROM was.setting WHERE name || value LIKE 'since 7x%'")


def test_what_is_not_undone_is_brought_along(folder: Path) -> None:
    assert restore.restore(folder / "copy.db", folder / "here.db", at=AT, bring=also) == (folder / KEPT, True)
    assert names(folder / "here.db") == ["since 7", "then"]


def pointing_nowhere(engine: Engine) -> None:
    engine.run("INSERT INTO main.cohort_member (cohort_id, person_id, since) VALUES ('c', 'p', '2026-01-01')")


def of_another_version(engine: Engine) -> None:
    engine.run("INSERT INTO main.setting SELECT name, value FROM was.something_of_later")


@pytest.mark.parametrize("bring", [pointing_nowhere, of_another_version])
def test_what_cannot_be_brought_along_is_told_and_the_backup_stands_alone(
    folder: Path, bring: restore.Bring
) -> None:
    assert not restore.restore(folder / "copy.db", folder / "here.db", at=AT, bring=bring).brought
    assert names(folder / "here.db") == ["then"]


def test_of_a_damaged_database_nothing_is_brought_along(folder: Path) -> None:
    page = (folder / "here.db").read_bytes().index(b"x" * 500) // 4096
    with (folder / "here.db").open("r+b") as file:
        file.seek(page * 4096)
        file.write(b"\xff" * 4096)
    assert not restore.restore(folder / "copy.db", folder / "here.db", at=AT, bring=also).brought
    assert names(folder / "here.db") == ["then"]


def _sql(*statements: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        with dbapi2.connect(str(path)) as copy:
            for statement in statements:
                copy.execute(statement)
        copy.close()

    return change


HEAD = max(path.stem for path in FOLDER.glob("*.sql"))
UNFIT: dict[str, tuple[Callable[[Path], object], str]] = {
    "absent": (Path.unlink, "not a file"),
    "empty": (lambda copy: copy.write_bytes(b""), "not a whole database"),
    "no database": (lambda copy: copy.write_bytes(b"a letter to the school" * 99), "not a whole database"),
    "cut off": (lambda copy: os.truncate(copy, 100_000), "damaged|not a whole"),
    "of another program": (_sql("DROP TABLE migration"), "not a whole database"),
    "never migrated": (_sql("DELETE FROM migration"), "another version"),
    "newer": (_sql("INSERT INTO migration VALUES ('9999_later', 'f', 't')"), "another version"),
    "edited": (_sql(f"UPDATE migration SET fingerprint = 'f' WHERE name = '{HEAD}'"), "another version"),
    "with a gap": (_sql("DELETE FROM migration WHERE name LIKE '0002%'"), "another version"),
    "pointing nowhere": (
        _sql("INSERT INTO cohort_member (cohort_id, person_id, since) VALUES ('c', 'p', '2026-01-01')"),
        "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_is_no_whole_backup_of_this_version_or_an_older_is_refused(folder: Path, unfit: str) -> None:
    spoil, said = UNFIT[unfit]
    spoil(folder / "copy.db")
    before = (folder / "here.db").read_bytes()
    with pytest.raises(NotRestored, match=said):
        back(folder)
    assert (folder / "here.db").read_bytes() == before
    assert not (folder / KEPT).exists()


def test_a_backup_of_an_older_version_is_taken_and_can_be_migrated(folder: Path) -> None:
    early = folder / "early"
    early.mkdir()
    shutil.copy(min(FOLDER.glob("*.sql")), early)
    (folder / "copy.db").unlink()
    old = SqliteDatabase(folder / "copy.db", durable=False)
    migrate(old, early)
    old.close()
    back(folder)
    database = SqliteDatabase(folder / "here.db", durable=False)
    assert migrate(database)[-1] == HEAD
    database.close()


def test_the_database_is_no_backup_of_itself(folder: Path) -> None:
    with pytest.raises(NotRestored, match="not a file with a backup"):
        restore.restore(folder / "here.db", folder / "here.db", at=AT)


def test_while_somebody_has_it_open_nothing_is_restored(folder: Path) -> None:
    server = SqliteDatabase(folder / "here.db")
    with server.session() as engine:
        engine.rows("SELECT * FROM setting")
    with pytest.raises(NotRestored, match="in use"):
        back(folder)
    server.close()
    back(folder)
    assert names(folder / "here.db") == ["then"]


def test_something_else_in_its_place_has_to_be_moved_first(folder: Path) -> None:
    (folder / "here.db").write_bytes(b"a letter to the school" * 99)
    with pytest.raises(NotRestored, match="Move it away"):
        back(folder)


def test_a_restore_that_breaks_off_half_way_leaves_the_database_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = restore._keep

    def with_little_room(database: Any, place: Path, at: datetime) -> Path | None:
        kept = keep(database, place, at)
        database.execute("DELETE FROM setting WHERE name <> 'since 0'")
        database.execute("VACUUM")
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages}")
        return kept

    with dbapi2.connect(str(folder / "copy.db")) as copy:
        copy.executemany("INSERT INTO setting VALUES (?, ?)", [(f"much {n}", "y" * 3000) for n in range(300)])
    copy.close()
    monkeypatch.setattr(restore, "_keep", with_little_room)
    with pytest.raises(NotRestored, match="is as it was"):
        back(folder)
    assert names(folder / "here.db") == ["since 0"]
    assert len(names(folder / KEPT)) == 201
