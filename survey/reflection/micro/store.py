"""SQL of short rounds: those of a coach's cohorts, and what this coach answered in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row


def rounds(engine: Engine, *, scope: Scope) -> list[Row]:
    """The short rounds of the cohorts this person is or was in, earliest first."""
    return engine.rows(
        "SELECT r.id, r.opens_at, r.closes_at, c.profile, m.since, m.until FROM cohort_member m "
        "JOIN cohort c ON c.id = m.cohort_id JOIN micro_round r ON r.cohort_id = m.cohort_id "
        "WHERE m.person_id = :person ORDER BY r.opens_at, r.id",
        {"person": scope.person_id},
    )


def answers(engine: Engine, *, scope: Scope) -> list[Row]:
    """Everything this person answered in short rounds."""
    return engine.rows(
        "SELECT micro_round_id, item, value, code FROM micro_answer WHERE person_id = :person",
        {"person": scope.person_id},
    )


def answers_over_time(engine: Engine, form: str, *, scope: Scope) -> list[Row]:
    """Every answer of this person on a form, of full (short 0) and of short rounds (short 1), oldest first.

    For the line of a single item alone: no score is made of these.
    """
    return engine.rows(
        "SELECT r.opens_at, a.item, a.item_version, a.value, a.code, 0 AS short FROM reflection f "
        "JOIN round r ON r.id = f.round_id JOIN reflection_answer a ON a.reflection_id = f.id "
        "WHERE f.person_id = :person AND r.form = :form AND f.revision = "
        "(SELECT max(v.revision) FROM reflection v WHERE v.person_id = f.person_id "
        "AND v.round_id = f.round_id AND v.submitted_at IS NOT NULL) "
        "UNION ALL "
        "SELECT r.opens_at, m.item, m.item_version, m.value, m.code, 1 AS short FROM micro_answer m "
        "JOIN micro_round r ON r.id = m.micro_round_id "
        "WHERE m.person_id = :person AND m.form = :form ORDER BY opens_at, item",
        {"person": scope.person_id, "form": form},
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
