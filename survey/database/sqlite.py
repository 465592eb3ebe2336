"""SQLite behind the six verbs: safe journal mode, immediate write units, one connection per request."""

import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from survey.database.engine import Busy, Full, Refused, Row
from survey.database.files import made_whole, make_private
from survey.database.library import Database, journal, sqlite3

WRITE_DEADLINE = 10.0  # seconds
READ_TIMEOUT = 5000  # milliseconds
WIPE_TIMEOUT = 200  # milliseconds


def _translated(error: Exception) -> Exception:
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return Refused(text)
    if "locked" in text or "busy" in text:
        return Busy(text)
    if "full" in text or "readonly" in text or "disk I/O" in text or "unable to open" in text:
        return Full(text)
    return error


class SqliteEngine:
    """One SQLite connection with the six verbs of `Engine`; not shared between threads at the same time."""

    def __init__(self, connection: Any, write_lock: threading.Lock) -> None:
        self._connection = connection
        self._database = Database(connection, execute_plugins=False, strict=True)
        self._write_lock = write_lock
        self._depth = 0
        self._wipes = False

    def _execute(self, sql: str, params: Mapping[str, Any] | None) -> Any:
        try:
            return self._database.execute(sql, dict(params or {}))
        except sqlite3.Error as error:
            raise _translated(error) from error

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of a query, read to the end so that no checkpoint waits for us."""
        cursor = self._execute(sql, params)
        names = [column[0] for column in cursor.description]
        try:
            return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        except sqlite3.Error as error:
            raise _translated(error) from error

    def one(self, sql: str, params: Mapping[str, Any] | None = None) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def run(self, sql: str, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Execute a statement, once or for each set of parameters; the number of rows touched."""
        if params is None or isinstance(params, Mapping):
            return int(self._execute(sql, params).rowcount)
        with self.atomic():
            try:
                return int(self._connection.executemany(sql, params).rowcount)
            except sqlite3.Error as error:
                raise _translated(error) from error

    def insert(self, table: str, row: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert one row or many rows that share their columns."""
        rows = [row] if isinstance(row, Mapping) else row
        if not rows:
            return
        names = ", ".join(f'"{name}"' for name in rows[0])
        places = ", ".join(f":{name}" for name in rows[0])
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 - names come from code
        self.run(sql, rows[0] if len(rows) == 1 else rows)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All writes inside or none; nested blocks join the outermost, which takes the write lock first."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        with self._turn() as deadline:
            self._begin(deadline)
            self._depth = 1
            try:
                yield
                self._execute("COMMIT", None)
            except BaseException:
                self._wipes = False
                self.roll_back()
                raise
            finally:
                self._depth = 0
            if self._wipes:
                self._empty_journal()

    def wipe(self) -> None:
        """Let the journal forget too what this act erases; what is in its way delays that to the next act."""
        with self.atomic():
            self._wipes = True

    def _empty_journal(self) -> None:
        # secure_delete overwrites pages of the file; the journal keeps what they were until it is emptied.
        self._connection.execute(f"PRAGMA busy_timeout = {WIPE_TIMEOUT}")
        with suppress(sqlite3.Error):  # the act itself is stored
            found = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._wipes = bool(found[0])
        self._connection.execute(f"PRAGMA busy_timeout = {READ_TIMEOUT}")

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """The turn of this thread to write, and the moment at which waiting for it and for others ends."""
        deadline = time.monotonic() + WRITE_DEADLINE
        if not self._write_lock.acquire(timeout=WRITE_DEADLINE):
            raise Busy("the writers of this process had no turn left")
        try:
            yield deadline
        finally:
            self._write_lock.release()

    def _begin(self, deadline: float) -> None:
        self._in_turn("BEGIN IMMEDIATE", deadline)

    def _in_turn(self, statement: str, deadline: float) -> None:
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            _patiently(self._connection, statement, deadline)
        except sqlite3.Error as error:
            raise _translated(error) from error
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {READ_TIMEOUT}")

    def roll_back(self) -> None:
        """Undo the open act, if there is one."""
        if self._connection.in_transaction:
            self._connection.rollback()

    @contextmanager
    def restructuring(self) -> Iterator[None]:
        """One act in which tables are made anew: references are checked at its end. Raises Refused then."""
        self._execute("PRAGMA foreign_keys = OFF", None)
        try:
            with self.atomic():
                yield
                if broken := self.rows("PRAGMA foreign_key_check"):
                    tables = sorted({row["table"] for row in broken})
                    raise Refused(f"rows of {', '.join(tables)} point nowhere")
        finally:
            self._execute("PRAGMA foreign_keys = ON", None)

    def script(self, sql: str) -> None:
        """Run several statements of a migration inside the open transaction."""
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self._execute(statement, None)
                statement = ""
        if statement.strip():
            raise ValueError(f"unfinished statement: {statement.strip()[:80]}")

    def compact(self) -> None:
        """Write the file anew, as deleted rows leave copies of themselves in its pages.

        Readers go on meanwhile, writers wait. Raises Busy or Full, and then nothing changed.
        """
        with self._turn() as deadline:
            self._in_turn("VACUUM", deadline)
        self._wipes, deadline = True, time.monotonic() + WRITE_DEADLINE
        while self._wipes and time.monotonic() < deadline:
            self._empty_journal()

    def backup(self, target: Path) -> None:
        """A consistent copy of the live database without what was deleted, made while others write.

        Raises FileExistsError, and leaves nothing at the target when it breaks off.
        """
        with made_whole(target):
            self._execute("VACUUM INTO :target", {"target": str(target)})

    def close(self) -> None:
        """Close the connection; an act still open is undone."""
        self.roll_back()
        self._connection.close()


class SqliteDatabase:
    """The file and how to open it. Each request borrows one connection and gives it back.

    Idle connections stay open: closing the last one to a WAL file would checkpoint and sync it at the end
    of every request. The first is opened on first use, so nothing is open when the server forks.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path = path
        self._journal, self._synchronous = journal()
        if not durable:
            self._synchronous = "OFF"
        self._write_lock = threading.Lock()
        self._idle: list[SqliteEngine] = []

    @contextmanager
    def session(self) -> Iterator[SqliteEngine]:
        """An engine for one block of work."""
        engine = self.borrow()
        try:
            yield engine
        finally:
            self.give_back(engine)

    def borrow(self) -> SqliteEngine:
        """An engine nobody else uses until it is given back."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def give_back(self, engine: SqliteEngine) -> None:
        """Return an engine; an act still open is undone."""
        engine.roll_back()
        self._idle.append(engine)

    def close(self) -> None:
        """Close what is idle: at the end of a command or a test."""
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> SqliteEngine:
        with suppress(OSError):  # it is there, or SQLite says why it cannot be
            make_private(self.path)
        try:
            connection = sqlite3.connect(
                str(self.path), isolation_level=None, check_same_thread=False, cached_statements=256
            )
            deadline = time.monotonic() + WRITE_DEADLINE
            for pragma in self._pragmas():
                _patiently(connection, pragma, deadline)
        except sqlite3.Error as error:
            raise _translated(error) from error
        return SqliteEngine(connection, self._write_lock)

    def _pragmas(self) -> tuple[str, ...]:
        return (
            f"PRAGMA busy_timeout = {READ_TIMEOUT}",
            f"PRAGMA journal_mode = {self._journal}",
            f"PRAGMA synchronous = {self._synchronous}",
            "PRAGMA foreign_keys = ON",
            "PRAGMA trusted_schema = OFF",
            "PRAGMA secure_delete = ON",
        )


def _patiently(connection: Any, statement: str, deadline: float) -> None:
    """Retry with jitter: SQLite's own waiting ignores a switch to WAL and lengthens the tail of writers."""
    while True:
        try:
            connection.execute(statement).fetchall()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.0005, 0.004))  # noqa: S311 - jitter, not a secret
