"""Puts a backup in the place of the database: all of it or nothing, and what stood there is kept."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from survey.database.engine import Busy, Engine, Full, Refused
from survey.database.files import made_whole, make_private
from survey.database.library import sqlite3
from survey.database.migrate import alone, belongs
from survey.database.sqlite import SqliteEngine

Bring = Callable[[Engine], None]
"""Brings along, from the database that stood there (`was`), what a backup (`main`) does not undo."""


class NotRestored(Exception):
    """Why the database was left as it is, in a sentence."""


class Restored(NamedTuple):
    """Where what stood there is kept, if anything did, and whether something of it could be brought along."""

    kept: Path | None
    brought: bool


def restore(copy: Path, place: Path, *, at: datetime, bring: Bring | None = None) -> Restored:
    """Make the database at this place the same as a backup, but for what `bring` brings along.

    SQLite writes it in one transaction, so it is done or it is not. Over a file that is put there by hand
    the journal of the one before would be replayed. Raises NotRestored.
    """
    if not copy.is_file() or (place.exists() and copy.samefile(place)):
        raise NotRestored(f"{copy} is not a file with a backup.")
    with closing(_opened(copy, "?mode=ro")) as backup:
        _refuse_unfit(backup, copy)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(place), _to_ourselves(place) as database:
            try:
                kept = _keep(database, place, at)
                with _with_room_beside() as made:
                    brought = bool(kept and bring and _brought(backup, made, kept, bring))
                    (made if brought else backup).backup(database)
            except (sqlite3.Error, OSError, Busy, Full) as error:
                raise NotRestored(f"Copying broke off ({error}). The database is as it was.") from error
    return Restored(kept, brought)


@contextmanager
def _with_room_beside() -> Iterator[Any]:
    """An empty database that nobody else can see, gone when it is closed."""
    with closing(sqlite3.connect("", uri=True, isolation_level=None)) as made:
        yield made


def _brought(backup: Any, made: Any, kept: Path, bring: Bring) -> bool:
    """Make a copy of the backup with what is brought along; whether what stood there could be read."""
    backup.backup(made)
    for pragma in ("secure_delete", "foreign_keys"):
        made.execute(f"PRAGMA {pragma} = ON")
    made.execute("ATTACH :was AS was", {"was": f"{kept.resolve().as_uri()}?mode=ro"})
    try:
        bring(SqliteEngine(made, threading.Lock()))
    except (sqlite3.DatabaseError, Refused):  # damaged, of another version, or it does not fit the backup
        return False
    made.execute("DETACH was")
    made.execute("VACUUM")
    return True


def _opened(path: Path, options: str = "") -> Any:
    try:
        return sqlite3.connect(path.resolve().as_uri() + options, uri=True, isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raise NotRestored(f"{path} cannot be opened ({error}).") from error


def _refuse_unfit(backup: Any, copy: Path) -> None:
    engine = SqliteEngine(backup, threading.Lock())
    try:
        sound = engine.rows("PRAGMA integrity_check(1)") == [{"integrity_check": "ok"}]
        whole = sound and not engine.rows("PRAGMA foreign_key_check")
        known = whole and belongs(engine)
    except (sqlite3.Error, Busy, Full) as error:
        raise NotRestored(f"{copy} is not a whole database of Groeispiegel ({error}).") from error
    if not whole:
        raise NotRestored(f"{copy} is damaged.")
    if not known:
        raise NotRestored(f"{copy} was made by another version of Groeispiegel. Install that one first.")


@contextmanager
def _to_ourselves(place: Path) -> Iterator[Any]:
    """The database without a journal, while nobody else can open it."""
    if not place.exists():
        make_private(place)
    with closing(_opened(place)) as database:
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA journal_mode = DELETE").fetchall()
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")  # the lock stays
        except sqlite3.Error as error:
            in_use = "The database is in use. Stop the server and what runs by itself, and try again."
            away = f"{place} cannot be written ({error}). Move it away and try again."
            raise NotRestored(in_use if "locked" in str(error) else away) from error
        yield database


def _keep(database: Any, place: Path, at: datetime) -> Path | None:
    if not database.execute("PRAGMA page_count").fetchone()[0]:
        return None
    kept = place.with_name(f"{place.name}.before-{at:%Y%m%dT%H%M%S}")
    with made_whole(kept), closing(sqlite3.connect(str(kept))) as target:
        database.backup(target)  # as it is, also where it is damaged
    return kept
