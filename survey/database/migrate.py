"""Brings a database to the newest schema: append-only SQL files, one transaction, one process at a time."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from survey.database.engine import Engine
from survey.database.sqlite import SqliteDatabase, SqliteEngine

FOLDER = Path(__file__).parent / "migrations"


class ChangedMigration(Exception):
    """A migration that has run was edited afterwards: add a new file instead."""


def migrate(database: SqliteDatabase, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing and return the names; safe when many processes start at once."""
    database.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(database.path), database.session() as engine:
        engine.run(
            "CREATE TABLE IF NOT EXISTS migration ("
            "name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
        )
        done = _applied(engine)
        _refuse_edits(done, folder)
        missing = [path for path in sorted(folder.glob("*.sql")) if path.stem not in done]
        if missing:
            with engine.restructuring():
                for path in missing:
                    _apply(engine, path)
        return [path.stem for path in missing]


def is_newest(engine: SqliteEngine) -> bool:
    """Whether nothing is left to migrate."""
    known = engine.one("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migration'")
    return known is not None and schema_version(engine) == max(path.stem for path in FOLDER.glob("*.sql"))


def schema_version(engine: Engine) -> str:
    """The name of the newest migration in this database; empty when none has run."""
    row = engine.one("SELECT name FROM migration ORDER BY name DESC LIMIT 1")
    return str(row["name"]) if row else ""


def belongs(engine: SqliteEngine) -> bool:
    """Whether the migrations of this version made this database, each of them up to the last that ran."""
    ran, known = _applied(engine), {path.stem: _fingerprint(path) for path in sorted(FOLDER.glob("*.sql"))}
    return bool(ran) and list(ran.items()) == list(known.items())[: len(ran)]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else migrates or restores this database meanwhile; waits for who does."""
    beside = path.with_name(path.name + ".lock")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _applied(engine: SqliteEngine) -> dict[str, str]:
    ran = engine.rows("SELECT name, fingerprint FROM migration ORDER BY name")
    return {row["name"]: row["fingerprint"] for row in ran}


def _refuse_edits(done: dict[str, str], folder: Path) -> None:
    for name, fingerprint in done.items():
        path = folder / f"{name}.sql"
        if not path.exists() or _fingerprint(path) != fingerprint:
            raise ChangedMigration(f"{path.name} was changed after it ran; undo that and add a new file")


def _apply(engine: SqliteEngine, path: Path) -> None:
    engine.script(path.read_text(encoding="utf-8"))
    applied_at = datetime.now(UTC).isoformat(timespec="seconds")
    engine.insert(
        "migration", {"name": path.stem, "fingerprint": _fingerprint(path), "applied_at": applied_at}
    )


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
