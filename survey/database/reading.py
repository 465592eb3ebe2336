"""An engine for a page of many parts: what was asked once is not asked again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from survey.database.engine import Engine, Row


class Reading:
    """Another engine, with its answers remembered until something is written through this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[tuple[str, tuple[tuple[str, Any], ...]], list[Row]] = {}

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of a query; each time rows of their own, so that nobody changes another's."""
        asked = sql, tuple(sorted((params or {}).items()))
        if asked not in self._known:
            self._known[asked] = self._engine.rows(sql, params)
        return [dict(row) for row in self._known[asked]]

    def one(self, sql: str, params: Mapping[str, Any] | None = None) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def run(self, sql: str, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Execute a statement, once or for each set of parameters; the number of rows touched."""
        self._known.clear()
        return self._engine.run(sql, params)

    def insert(self, table: str, row: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert one row or many rows that share their columns."""
        self._known.clear()
        self._engine.insert(table, row)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One act: it reads anew, and so does what comes after it."""
        self._known.clear()
        try:
            with self._engine.atomic():
                yield
        finally:
            self._known.clear()

    def wipe(self) -> None:
        """What the act at hand erases is to leave the journal too, once the act is stored."""
        self._engine.wipe()

    def compact(self) -> None:
        """Write the file anew, as deleted rows leave copies of themselves in it. Raises Busy or Full."""
        self._engine.compact()
