"""SQL of plans. Read by who keeps the register: to anyone else there are none."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_PLAN = """
SELECT hours_plan.id, hours_plan.name, hours_plan.school_year, hours_plan.budget, hours_plan.made_at,
  hours_plan.revision, hours_plan.adopted_at FROM hours_plan
"""


def _keeps(scope: Scope) -> bool:
    return scope.can(Permission.KEEP_REGISTER)


def plans(engine: Engine, scope: Scope) -> list[Row]:
    """Every plan with what it divides, the newest school year first, then by name."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT hours_plan.id, hours_plan.name, hours_plan.school_year, hours_plan.budget, "
        "hours_plan.adopted_at, coalesce(sum(hours_plan_line.quarters), 0) AS divided "
        "FROM hours_plan LEFT JOIN hours_plan_line ON hours_plan_line.plan_id = hours_plan.id "
        "GROUP BY hours_plan.id, hours_plan.name, hours_plan.school_year, hours_plan.budget, "
        "hours_plan.adopted_at ORDER BY hours_plan.school_year DESC, hours_plan.name"
    )


def plan(engine: Engine, plan_id: str, scope: Scope) -> Row | None:
    """One plan."""
    return engine.one(f"{_PLAN} WHERE hours_plan.id = :id", {"id": plan_id}) if _keeps(scope) else None


def lines(engine: Engine, plan_id: str, scope: Scope) -> list[Row]:
    """The places of a plan, by school and then by coach."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT hours_plan_line.id, hours_plan_line.school_id, school.name AS school, school.place, "
        "hours_plan_line.person_id, person.name AS coach, hours_plan_line.quarters FROM hours_plan_line "
        "JOIN school ON school.id = hours_plan_line.school_id "
        "LEFT JOIN person ON person.id = hours_plan_line.person_id WHERE hours_plan_line.plan_id = :plan "
        "ORDER BY school.name, school.place, school.id, person.name IS NULL, person.name, hours_plan_line.id",
        {"plan": plan_id},
    )


def roles(engine: Engine, plan_id: str, scope: Scope) -> list[Row]:
    """The roles in each place of a plan."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT hours_plan_role.line_id, hours_plan_role.role FROM hours_plan_role "
        "JOIN hours_plan_line ON hours_plan_line.id = hours_plan_role.line_id "
        "WHERE hours_plan_line.plan_id = :plan",
        {"plan": plan_id},
    )


def insert_plan(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("hours_plan", row)


def update_plan(engine: Engine, plan_id: str, changed: Mapping[str, Any]) -> None:
    """Write these columns of a plan, if any, and count the change."""
    columns = "".join(f"{name} = :{name}, " for name in changed)
    engine.run(
        f"UPDATE hours_plan SET {columns}revision = revision + 1 WHERE id = :id",  # noqa: S608 - names come from code
        {**changed, "id": plan_id},
    )


def delete_plan(engine: Engine, plan_id: str) -> None:
    engine.run("DELETE FROM hours_plan WHERE id = :id", {"id": plan_id})


def insert_lines(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("hours_plan_line", rows)


def update_lines(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write who is in these places, and their hours."""
    engine.run("UPDATE hours_plan_line SET person_id = :person_id, quarters = :quarters WHERE id = :id", rows)


def delete_lines(engine: Engine, ids: Collection[str]) -> None:
    engine.run("DELETE FROM hours_plan_line WHERE id = :id", [{"id": key} for key in ids])


def replace_roles(engine: Engine, of: Mapping[str, Collection[str]]) -> None:
    """Write the roles of these places in the place of those that stood there."""
    engine.run("DELETE FROM hours_plan_role WHERE line_id = :id", [{"id": key} for key in of])
    engine.insert(
        "hours_plan_role", [{"line_id": key, "role": role} for key, them in of.items() for role in them]
    )
