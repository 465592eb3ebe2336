"""SQL of look-backs: whether a round asks for one, and what this coach answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row


def is_asked(engine: Engine, round_id: str) -> bool:
    """Whether this round has a look-back."""
    row = engine.one("SELECT lookback FROM round WHERE id = :round", {"round": round_id})
    return row is not None and bool(row["lookback"])


def given(engine: Engine, *, scope: Scope) -> list[Row]:
    """Every look-back of this person, with the round it was given in, newest round first."""
    return engine.rows(
        "SELECT f.round_id, l.about_round_id, l.item, l.value FROM lookback l "
        "JOIN reflection f ON f.id = l.reflection_id JOIN round r ON r.id = f.round_id "
        "WHERE f.person_id = :person ORDER BY r.opens_at DESC, l.item",
        {"person": scope.person_id},
    )


def put(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "INSERT INTO lookback (reflection_id, item, item_version, about_round_id, value, answered_at) "
        "VALUES (:reflection_id, :item, :item_version, :about_round_id, :value, :answered_at) "
        "ON CONFLICT (reflection_id, item) DO UPDATE SET item_version = excluded.item_version, "
        "about_round_id = excluded.about_round_id, value = excluded.value, "
        "answered_at = excluded.answered_at",
        rows,
    )


def remove(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run("DELETE FROM lookback WHERE reflection_id = :reflection_id AND item = :item", rows)
