"""SQL of closing and handing over; a lead is told how many cases there are, and nothing else of them."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

# Who may take over a case at a school: a coach who is here and works there today.
_COACH_AT = """
  FROM person AS successor
  JOIN role_grant ON role_grant.person_id = successor.id AND role_grant.role = 'coach'
  JOIN works_at ON works_at.person_id = successor.id
    AND works_at.starts_on <= :today AND (works_at.ends_on IS NULL OR works_at.ends_on >= :today)
  WHERE successor.status <> 'left'
"""
_WITHOUT_COACH = """
  FROM "case" JOIN person AS coach ON coach.id = "case".coach_id AND coach.status = 'left'
  WHERE "case".closed_at IS NULL
"""


def close_case(engine: Engine, *, case_id: str, by: str, at: str) -> bool:
    """Close an open case of this coach."""
    closed = engine.run(
        'UPDATE "case" SET closed_at = :at WHERE id = :id AND coach_id = :by AND closed_at IS NULL',
        {"id": case_id, "by": by, "at": at},
    )
    return closed == 1


def insert_closing(engine: Engine, row: Mapping[str, Any]) -> None:
    """Keep how a case ended."""
    engine.insert("case_closing", row)


def closing(engine: Engine, case_id: str, *, scope: Scope) -> Row | None:
    """How a case of this coach ended."""
    return engine.one(
        """
        SELECT case_closing.outcome, case_closing.reason, case_closing.helped
        FROM case_closing JOIN "case" ON "case".id = case_closing.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def open_cases(engine: Engine, *, scope: Scope) -> list[Row]:
    """The cases this coach can hand over, by school."""
    return engine.rows(
        """
        SELECT "case".id, "case".code, "case".opened_at, school.id AS school_id, school.name AS school
        FROM "case" JOIN school ON school.id = "case".school_id
        WHERE "case".coach_id = :coach AND "case".closed_at IS NULL
        ORDER BY school.name, school.id, "case".code
        """,
        {"coach": scope.person_id},
    )


def successors(engine: Engine, *, today: str, scope: Scope) -> list[Row]:
    """Who works today at a school where this coach has open cases, but for the coach."""
    return engine.rows(
        f"""
        SELECT DISTINCT works_at.school_id, successor.id, successor.name {_COACH_AT}
          AND successor.id <> :coach AND works_at.school_id IN (
            SELECT school_id FROM "case" WHERE coach_id = :coach AND closed_at IS NULL)
        ORDER BY successor.name, successor.id
        """,  # noqa: S608 - _COACH_AT is a constant
        {"today": today, "coach": scope.person_id},
    )


def taken_over(engine: Engine, *, since: str, scope: Scope) -> list[Row]:
    """The open cases that came to this coach since a moment and about which no agreement was noted again."""
    return engine.rows(
        """
        SELECT "case".code, school.name AS school
        FROM "case" JOIN school ON school.id = "case".school_id
        WHERE "case".coach_id = :coach AND "case".closed_at IS NULL
          AND EXISTS (SELECT 1 FROM handover WHERE handover.case_id = "case".id
            AND handover.to_id = :coach AND handover.handed_at >= :since)
          AND NOT EXISTS (SELECT 1 FROM agreement WHERE agreement.case_id = "case".id
            AND agreement.ended_at IS NULL)
        ORDER BY "case".code
        """,
        {"coach": scope.person_id, "since": since},
    )


def without_coach(engine: Engine, *, scope: Scope) -> list[Row]:
    """How many open cases each school has whose coach left, for those who pass them on."""
    if not scope.can(Permission.PASS_ON_CASES):
        return []
    return engine.rows(
        f"""
        SELECT school.id, school.name, count(*) AS cases
        FROM school JOIN (SELECT "case".school_id {_WITHOUT_COACH}) AS left_behind
          ON left_behind.school_id = school.id
        GROUP BY school.id, school.name ORDER BY school.name, school.id
        """  # noqa: S608 - _WITHOUT_COACH is a constant
    )


def coaches(engine: Engine, *, today: str, scope: Scope) -> list[Row]:
    """Who works today at each school with cases whose coach left, for those who pass them on."""
    if not scope.can(Permission.PASS_ON_CASES):
        return []
    return engine.rows(
        f"""
        SELECT DISTINCT works_at.school_id, successor.id, successor.name {_COACH_AT}
          AND works_at.school_id IN (SELECT "case".school_id {_WITHOUT_COACH})
        ORDER BY successor.name, successor.id
        """,
        {"today": today},
    )


def left_behind(engine: Engine, *, school_id: str) -> list[Row]:
    """The open cases of a school whose coach left, each with that coach."""
    return engine.rows(
        f'SELECT "case".id, "case".coach_id {_WITHOUT_COACH} AND "case".school_id = :school',
        {"school": school_id},
    )


def change_coach(engine: Engine, row: Mapping[str, Any], *, today: str) -> bool:
    """Give an open case of one coach to another who works at its school today."""
    changed = engine.run(
        f"""
        UPDATE "case" SET coach_id = :to_id
        WHERE id = :case_id AND coach_id = :from_id AND coach_id <> :to_id AND closed_at IS NULL
          AND school_id IN (SELECT works_at.school_id {_COACH_AT} AND successor.id = :to_id)
        """,  # noqa: S608 - _COACH_AT is a constant
        {**row, "today": today},
    )
    return changed == 1


def insert_handover(engine: Engine, row: Mapping[str, Any]) -> None:
    """Keep that a case went from one coach to another."""
    engine.insert("handover", row)


def handed_over(engine: Engine, *, since: str, scope: Scope) -> list[Row]:
    """What this coach handed over since a moment: how many cases of which school to whom, newest first."""
    return engine.rows(
        """
        SELECT handover.handed_at, school.name AS school, successor.name AS successor, count(*) AS cases
        FROM handover
        JOIN "case" ON "case".id = handover.case_id
        JOIN school ON school.id = "case".school_id
        JOIN person AS successor ON successor.id = handover.to_id
        WHERE handover.from_id = :coach AND handover.handed_at >= :since
        GROUP BY handover.handed_at, school.id, school.name, successor.id, successor.name
        ORDER BY handover.handed_at DESC, school.name, successor.name
        """,
        {"coach": scope.person_id, "since": since},
    )
