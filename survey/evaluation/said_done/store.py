"""SQL of "you said, we did": points of a form in their order, each in one or more languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_POINTS = """
SELECT said_done.id, said_done.published_at, words.language, words.said, words.done
FROM said_done JOIN said_done_words AS words ON words.said_done_id = said_done.id
WHERE said_done.window_id = :window AND said_done.form = :form
"""
_IN_ORDER = "ORDER BY said_done.position, words.language"


def points(engine: Engine, window_id: str, form: str, *, scope: Scope) -> list[Row]:
    """Every point of a form in each of its languages, also those nobody else reads yet, for the lead."""
    sql = f"{_POINTS} AND :reads = 1 {_IN_ORDER}"
    reads = int(scope.can(Permission.RUN_EVALUATION))
    return engine.rows(sql, {"window": window_id, "form": form, "reads": reads})


def published(engine: Engine, window_id: str, form: str) -> list[Row]:
    """What everybody may read."""
    sql = f"{_POINTS} AND said_done.published_at IS NOT NULL {_IN_ORDER}"
    return engine.rows(sql, {"window": window_id, "form": form})


def last_position(engine: Engine, window_id: str, form: str) -> int:
    sql = "SELECT max(position) AS last FROM said_done WHERE window_id = :window AND form = :form"
    row = engine.one(sql, {"window": window_id, "form": form})
    return int(row["last"] or 0) if row else 0


def insert(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("said_done", row)


def take_back(engine: Engine, point_id: str) -> None:
    """Nobody else reads this point until it is published again."""
    engine.run("UPDATE said_done SET published_at = NULL WHERE id = :id", {"id": point_id})


def replace_words(engine: Engine, point_id: str, rows: Sequence[Mapping[str, str]]) -> None:
    """The words of a point in every language it has from now on."""
    engine.run("DELETE FROM said_done_words WHERE said_done_id = :id", {"id": point_id})
    engine.insert("said_done_words", rows)


def delete(engine: Engine, point_id: str) -> None:
    engine.run("DELETE FROM said_done WHERE id = :id", {"id": point_id})


def publish(engine: Engine, window_id: str, form: str, *, at: str) -> int:
    """Let everybody read every point of a form; how many that were not published."""
    sql = (
        "UPDATE said_done SET published_at = :at "
        "WHERE window_id = :window AND form = :form AND published_at IS NULL"
    )
    return engine.run(sql, {"window": window_id, "form": form, "at": at})
