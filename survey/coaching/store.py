"""SQL of phase entries and factor levels: written in open cases of their coach, read by that coach alone."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_KEPT = '"case".coach_id = :by AND "case".closed_at IS NULL'
_IN_A_KEPT_CASE = f'case_id IN (SELECT "case".id FROM "case" WHERE {_KEPT})'  # noqa: S608 - a constant


def insert_entry(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Add a phase entry to an open case of this coach; how many that were."""
    sql = f"""
    INSERT INTO phase_entry (id, case_id, phase, entered_on, noted_at)
    SELECT :id, "case".id, :phase, :entered_on, :noted_at FROM "case" WHERE "case".id = :case_id AND {_KEPT}
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def entry_on(engine: Engine, *, case_id: str, phase: str, day: str, by: str) -> str | None:
    """The entry of this phase on this day, in an open case of this coach."""
    sql = f"""
    SELECT id FROM phase_entry
    WHERE case_id = :case AND phase = :phase AND entered_on = :day AND {_IN_A_KEPT_CASE}
    """  # noqa: S608 - a constant of this module
    row = engine.one(sql, {"case": case_id, "phase": phase, "day": day, "by": by})
    return str(row["id"]) if row else None


def remove_entry(engine: Engine, entry_id: str, *, case_id: str, by: str) -> int:
    """Drop a phase entry of an open case of this coach; how many that were."""
    sql = f"DELETE FROM phase_entry WHERE id = :id AND case_id = :case AND {_IN_A_KEPT_CASE}"  # noqa: S608
    return engine.run(sql, {"id": entry_id, "case": case_id, "by": by})


def put_level(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Note the first day a level was looked at, in an open case of this coach; how many that were."""
    sql = f"""
    INSERT INTO factor_level (case_id, level, examined_on)
    SELECT "case".id, :level, :examined_on FROM "case" WHERE "case".id = :case_id AND {_KEPT}
    ON CONFLICT (case_id, level) DO UPDATE SET level = excluded.level
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def remove_level(engine: Engine, *, case_id: str, level: str, by: str) -> None:
    """A level was not looked at after all, in an open case of this coach."""
    sql = f"DELETE FROM factor_level WHERE case_id = :case AND level = :level AND {_IN_A_KEPT_CASE}"  # noqa: S608
    engine.run(sql, {"case": case_id, "level": level, "by": by})


def entries(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """The phases a case of this coach went through, oldest first."""
    return engine.rows(
        """
        SELECT phase_entry.id, phase_entry.phase, phase_entry.entered_on, phase_entry.noted_at
        FROM phase_entry JOIN "case" ON "case".id = phase_entry.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach
        ORDER BY phase_entry.entered_on, phase_entry.noted_at, phase_entry.id
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def entries_of_all(engine: Engine, *, scope: Scope) -> list[Row]:
    """The phases all cases of this coach went through, oldest first."""
    return engine.rows(
        """
        SELECT "case".code, "case".profile, phase_entry.phase
        FROM phase_entry JOIN "case" ON "case".id = phase_entry.case_id
        WHERE "case".coach_id = :coach
        ORDER BY phase_entry.entered_on, phase_entry.noted_at, phase_entry.id
        """,
        {"coach": scope.person_id},
    )


def levels(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """The levels looked at in a case of this coach, and since when."""
    return engine.rows(
        """
        SELECT factor_level.level, factor_level.examined_on
        FROM factor_level JOIN "case" ON "case".id = factor_level.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach
        """,
        {"case": case_id, "coach": scope.person_id},
    )
