"""SQL of short rounds: those of a coach's cohorts, and what this coach answered in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_ROUNDS = """
SELECT r.id, r.opens_at, r.closes_at, c.profile, m.since, m.until
FROM cohort_member m
JOIN cohort c ON c.id = m.cohort_id
JOIN micro_round r ON r.cohort_id = m.cohort_id
WHERE m.person_id = :person
"""


def rounds(engine: Engine, *, scope: Scope) -> list[Row]:
    """The short rounds of the cohorts this person is or was in, earliest first."""
    return engine.rows(f"{_ROUNDS} ORDER BY r.opens_at, r.id", {"person": scope.person_id})


def round_of(engine: Engine, round_id: str, *, scope: Scope) -> Row | None:
    return engine.one(f"{_ROUNDS} AND r.id = :round", {"person": scope.person_id, "round": round_id})


def answers(engine: Engine, *, scope: Scope) -> list[Row]:
    """Everything this person answered in short rounds, earliest first."""
    return engine.rows(
        "SELECT a.micro_round_id, r.opens_at, a.form, a.item, a.item_version, a.value, a.code "
        "FROM micro_answer a JOIN micro_round r ON r.id = a.micro_round_id "
        "WHERE a.person_id = :person ORDER BY r.opens_at, r.id, a.item",
        {"person": scope.person_id},
    )


def put_answers(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "INSERT INTO micro_answer "
        "(micro_round_id, person_id, form, item, item_version, value, code, answered_at) "
        "VALUES (:micro_round_id, :person_id, :form, :item, :item_version, :value, :code, :answered_at) "
        "ON CONFLICT (micro_round_id, person_id, item) DO UPDATE SET form = excluded.form, "
        "item_version = excluded.item_version, value = excluded.value, code = excluded.code, "
        "answered_at = excluded.answered_at",
        rows,
    )


def remove_answers(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "DELETE FROM micro_answer "
        "WHERE micro_round_id = :micro_round_id AND person_id = :person_id AND item = :item",
        rows,
    )
