"""SQL of reflections: rounds of a coach, revisions, answers, focus. Reads only what is the scope's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_ROUNDS = """
SELECT r.id, r.form, r.version, r.opens_at, r.closes_at, c.started_on, m.since, m.until
FROM cohort_member m
JOIN cohort c ON c.id = m.cohort_id
JOIN round r ON r.cohort_id = m.cohort_id
WHERE m.person_id = :person
"""
_REVISIONS = """
SELECT id, round_id, revision, open_line, saved_at, submitted_at
FROM reflection WHERE person_id = :person
"""


def rounds(engine: Engine, *, scope: Scope) -> list[Row]:
    """The rounds of the cohorts this person is or was in, earliest first."""
    return engine.rows(f"{_ROUNDS} ORDER BY r.opens_at, r.id", {"person": scope.person_id})


def round_of(engine: Engine, round_id: str, *, scope: Scope) -> Row | None:
    return engine.one(f"{_ROUNDS} AND r.id = :round", {"person": scope.person_id, "round": round_id})


def all_revisions(engine: Engine, *, scope: Scope) -> list[Row]:
    return engine.rows(f"{_REVISIONS} ORDER BY round_id, revision", {"person": scope.person_id})


def revisions(engine: Engine, round_id: str, *, scope: Scope) -> list[Row]:
    """The revisions of one round, oldest first."""
    return engine.rows(
        f"{_REVISIONS} AND round_id = :round ORDER BY revision",
        {"person": scope.person_id, "round": round_id},
    )


def old_wordings(engine: Engine, round_id: str, *, scope: Scope) -> list[Row]:
    """The items of a transition round that this person was drawn to be asked in the words of before."""
    return engine.rows(
        "SELECT t.item FROM transition t JOIN wording_draw d ON d.round_id = t.round_id "
        "WHERE t.round_id = :round AND d.person_id = :person AND d.wording = 'old'",
        {"round": round_id, "person": scope.person_id},
    )


def answers(engine: Engine, reflection_id: str, *, scope: Scope) -> list[Row]:
    return engine.rows(
        "SELECT a.item, a.value, a.code FROM reflection_answer a "
        "JOIN reflection f ON f.id = a.reflection_id "
        "WHERE a.reflection_id = :reflection AND f.person_id = :person",
        {"reflection": reflection_id, "person": scope.person_id},
    )


def focus(engine: Engine, reflection_id: str, *, scope: Scope) -> list[Row]:
    return engine.rows(
        "SELECT o.item, o.aim FROM focus o JOIN reflection f ON f.id = o.reflection_id "
        "WHERE o.reflection_id = :reflection AND f.person_id = :person",
        {"reflection": reflection_id, "person": scope.person_id},
    )


def submitted_answers(engine: Engine, *, scope: Scope) -> list[Row]:
    """Every answer of the latest submitted revision of each round of this person."""
    return engine.rows(
        "SELECT f.round_id, a.item, a.item_version, a.value, a.code FROM reflection f "
        "JOIN reflection_answer a ON a.reflection_id = f.id "
        "WHERE f.person_id = :person AND f.revision = "
        "(SELECT max(v.revision) FROM reflection v WHERE v.person_id = f.person_id "
        "AND v.round_id = f.round_id AND v.submitted_at IS NOT NULL)",
        {"person": scope.person_id},
    )


def newest_submitted(engine: Engine, form: str, *, scope: Scope) -> Row | None:
    """The newest reflection this person submitted on a form, with the round and version it is of."""
    return engine.one(
        "SELECT f.id, f.round_id, r.form, r.version FROM reflection f JOIN round r ON r.id = f.round_id "
        "WHERE f.person_id = :person AND r.form = :form AND f.submitted_at IS NOT NULL "
        "ORDER BY r.opens_at DESC, f.revision DESC LIMIT 1",
        {"person": scope.person_id, "form": form},
    )


def meetings(engine: Engine, profile: str, *, scope: Scope) -> list[Row]:
    """The meetings of cohorts on a profile at which this person was noted, earliest first."""
    return engine.rows(
        "SELECT DISTINCT e.id, e.kind, e.starts_at, a.state FROM attendance a "
        "JOIN event e ON e.id = a.event_id JOIN event_cohort b ON b.event_id = e.id "
        "JOIN cohort c ON c.id = b.cohort_id "
        "WHERE a.person_id = :person AND c.profile = :profile AND e.cancelled_at IS NULL "
        "ORDER BY e.starts_at, e.id",
        {"person": scope.person_id, "profile": profile},
    )


def insert_reflection(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("reflection", row)


def copy_answers(engine: Engine, *, source: str, target: str) -> None:
    engine.run(
        "INSERT INTO reflection_answer (reflection_id, item, item_version, value, code, answered_at) "
        "SELECT :target, item, item_version, value, code, answered_at "
        "FROM reflection_answer WHERE reflection_id = :source",
        {"source": source, "target": target},
    )


def copy_focus(engine: Engine, *, source: str, target: str) -> None:
    engine.run(
        "INSERT INTO focus (reflection_id, item, aim) "
        "SELECT :target, item, aim FROM focus WHERE reflection_id = :source",
        {"source": source, "target": target},
    )


def put_answers(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "INSERT INTO reflection_answer (reflection_id, item, item_version, value, code, answered_at) "
        "VALUES (:reflection_id, :item, :item_version, :value, :code, :answered_at) "
        "ON CONFLICT (reflection_id, item) DO UPDATE SET item_version = excluded.item_version, "
        "value = excluded.value, code = excluded.code, answered_at = excluded.answered_at",
        rows,
    )


def remove_answers(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "DELETE FROM reflection_answer WHERE reflection_id = :reflection_id AND item = :item",
        rows,
    )


def replace_focus(engine: Engine, reflection_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run("DELETE FROM focus WHERE reflection_id = :reflection", {"reflection": reflection_id})
    engine.insert("focus", rows)


def touch(engine: Engine, reflection_id: str, *, saved_at: str) -> None:
    engine.run(
        "UPDATE reflection SET saved_at = :at WHERE id = :reflection",
        {"reflection": reflection_id, "at": saved_at},
    )


def close(
    engine: Engine, reflection_id: str, *, open_line: str | None, saved_at: str, submitted_at: str | None
) -> None:
    """Write the private line, and the moment of submitting if it is final."""
    engine.run(
        "UPDATE reflection SET open_line = :line, saved_at = :saved, submitted_at = :submitted "
        "WHERE id = :reflection AND submitted_at IS NULL",
        {"reflection": reflection_id, "line": open_line, "saved": saved_at, "submitted": submitted_at},
    )
