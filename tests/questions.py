"""What is asked of the database, to count it."""

import pytest

from survey.database import Row, SqliteEngine


def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question to the database from now on."""
    seen, rows = list[str](), SqliteEngine.rows

    def counted(engine: SqliteEngine, sql: str, params: Row | None = None) -> list[Row]:
        seen.append(sql)
        return rows(engine, sql, params)

    monkeypatch.setattr(SqliteEngine, "rows", counted)
    return seen
