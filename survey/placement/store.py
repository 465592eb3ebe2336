"""SQL of placements. Read by who keeps the register, and by the coach they are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row, listed

COLUMNS = """
placement.id, placement.school_id, school.name AS school, school.place, school.municipality,
school_count.pupils, placement.school_year, placement.person_id, person.name AS coach, placement.status,
placement.starts_on, placement.ends_on, placement.employer, placement.click_on,
placement.hours_agreed, placement.agreed_because, placement.agreed_note,
placement.hours_needed, placement.needed_because, placement.needed_note,
placement.wish, placement.wish_note, placement.end_reason, placement.follows, placement.revision
"""
COUNTED = """
FROM placement JOIN school ON school.id = placement.school_id
LEFT JOIN school_count ON school_count.school_id = placement.school_id
  AND school_count.school_year = placement.school_year
"""
JOINED = f"{COUNTED} LEFT JOIN person ON person.id = placement.person_id"
MAY = "(:every = 1 OR placement.person_id = :own)"  # all for who keeps the register, a coach own ones
_IN_PERIOD = "placement.starts_on <= :last AND (placement.ends_on IS NULL OR placement.ends_on >= :first)"
_WRITTEN_ON = """
SELECT 1 AS yes FROM hours_log WHERE placement_id = :id
UNION ALL SELECT 1 FROM start_agreement WHERE placement_id = :id
"""


def readable(scope: Scope) -> dict[str, Any]:
    """What a reader may read of placements, for the condition MAY: all, own ones, or none."""
    own = scope.person_id if scope.can(Permission.SEE_OWN_PLACEMENTS) else ""
    return {"every": int(scope.can(Permission.KEEP_REGISTER)), "own": own}


def _placements(engine: Engine, scope: Scope, where: str, order: str, **params: str) -> list[Row]:
    """The placements that a reader may read, of those that are asked for."""
    return engine.rows(
        f"SELECT {COLUMNS} {JOINED} WHERE {where} AND {MAY} ORDER BY {order}",
        {**params, **readable(scope)},
    )


def one(engine: Engine, placement_id: str, scope: Scope) -> Row | None:
    """One placement."""
    return next(iter(_placements(engine, scope, "placement.id = :id", "placement.id", id=placement_id)), None)


def of_year(engine: Engine, school_year: str, scope: Scope) -> list[Row]:
    """Every placement of a school year, by school."""
    order = "school.name, placement.starts_on, placement.id"
    return _placements(engine, scope, "placement.school_year = :year", order, year=school_year)


def schools_of_year(engine: Engine, school_year: str, scope: Scope) -> list[Row]:
    """The schools with a placement in a school year."""
    return engine.rows(
        "SELECT school.id, school.name, school.place FROM school WHERE school.id IN "  # noqa: S608 - a constant
        f"(SELECT placement.school_id FROM placement WHERE placement.school_year = :year AND {MAY})",
        {"year": school_year, **readable(scope)},
    )


def everywhere(engine: Engine, scope: Scope) -> list[Row]:
    """Every placement."""
    return _placements(engine, scope, "1 = 1", "placement.id")


def of_person(engine: Engine, person_id: str, scope: Scope) -> list[Row]:
    """Every placement of someone, the newest first."""
    order = "placement.starts_on DESC, school.name, placement.id"
    return _placements(engine, scope, "placement.person_id = :person", order, person=person_id)


def of_school(engine: Engine, school_id: str, scope: Scope) -> list[Row]:
    """Every placement at a school, the newest first."""
    order = "placement.starts_on DESC, placement.id"
    return _placements(engine, scope, "placement.school_id = :school", order, school=school_id)


def running_over(engine: Engine, first: str, scope: Scope) -> list[Row]:
    """Placements from before a school year that nobody ended or continued, by school."""
    where = "placement.school_year < :year AND placement.ends_on IS NULL AND placement.status <> 'ended'"
    return _placements(engine, scope, where, "school.name, placement.id", year=first)


def works_at(engine: Engine, school_id: str, day: str, scope: Scope) -> list[Row]:
    """Who works at a school on a day, by name."""
    if not scope.can(Permission.KEEP_REGISTER):
        return []
    return engine.rows(
        "SELECT DISTINCT person.id AS person_id, person.name FROM works_at "
        "JOIN person ON person.id = works_at.person_id WHERE works_at.school_id = :school "
        "AND works_at.starts_on <= :day AND (works_at.ends_on IS NULL OR works_at.ends_on >= :day) "
        "ORDER BY person.name, person.id",
        {"school": school_id, "day": day},
    )


def schools_with_a_coach(engine: Engine, day: str, scope: Scope) -> list[str]:
    """The schools where a coach works on a day, also in a place that is to end or runs on."""
    if not scope.can(Permission.KEEP_REGISTER):
        return []
    rows = engine.rows(
        "SELECT DISTINCT school_id FROM placement WHERE person_id IS NOT NULL "
        "AND status IN ('active', 'ended') AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)",
        {"day": day},
    )
    return [row["school_id"] for row in rows]


def is_coach(engine: Engine, person_id: str) -> bool:
    """Whether someone coaches and is here."""
    sql = (
        "SELECT 1 AS yes FROM person JOIN role_grant ON role_grant.person_id = person.id "
        "WHERE person.id = :person AND role_grant.role = 'coach' AND person.status <> 'left'"
    )
    return engine.one(sql, {"person": person_id}) is not None


def coaches(engine: Engine, scope: Scope) -> list[Row]:
    """Who coaches and is here, by name."""
    if not scope.can(Permission.KEEP_REGISTER):
        return []
    return engine.rows(
        "SELECT person.id, person.name FROM person JOIN role_grant ON role_grant.person_id = person.id "
        "WHERE role_grant.role = 'coach' AND person.status <> 'left' ORDER BY person.name, person.id"
    )


def everyone(engine: Engine, scope: Scope) -> list[Row]:
    """Who coaches or ever had a placement, also who left; with mail addresses."""
    if not scope.can(Permission.KEEP_REGISTER):
        return []
    return engine.rows(
        "SELECT id, name, email FROM person "
        "WHERE id IN (SELECT person_id FROM role_grant WHERE role = 'coach') "
        "OR id IN (SELECT person_id FROM placement) ORDER BY name, id"
    )


def schools(engine: Engine, scope: Scope) -> list[Row]:
    """The schools that take part or ever had a placement, with BRIN number and branch as one code."""
    if not scope.can(Permission.KEEP_REGISTER):
        return []
    return engine.rows(
        "SELECT id, name, place, coalesce(brin || branch, '') AS code, "
        "CASE WHEN takes_part = 1 AND closed_on IS NULL THEN 1 ELSE 0 END AS takes_part FROM school "
        "WHERE takes_part = 1 OR id IN (SELECT school_id FROM placement) ORDER BY name, place, id"
    )


def by_ids(engine: Engine, ids: list[str], scope: Scope) -> list[Row]:
    """These placements."""
    held, params = listed(ids)
    return _placements(engine, scope, f"placement.id IN ({held})", "placement.id", **params)


def names(engine: Engine, ids: list[str], scope: Scope) -> list[Row]:
    """The names of these persons and schools."""
    if not ids or not scope.can(Permission.KEEP_REGISTER):
        return []
    held, params = listed(ids)
    people = f"SELECT id, name FROM person WHERE id IN ({held})"  # noqa: S608 - names of parameters
    return engine.rows(f"{people} UNION SELECT id, name FROM school WHERE id IN ({held})", params)  # noqa: S608


def logs_of_year(engine: Engine, school_year: str, scope: Scope) -> list[Row]:
    """The months written down of every placement of a school year."""
    return engine.rows(
        "SELECT hours_log.placement_id, hours_log.month, hours_log.hours FROM hours_log "  # noqa: S608 - a constant
        "JOIN placement ON placement.id = hours_log.placement_id "
        f"WHERE placement.school_year = :year AND {MAY} "
        "ORDER BY hours_log.placement_id, hours_log.month",
        {"year": school_year, **readable(scope)},
    )


def logs_since(engine: Engine, month: str, scope: Scope) -> list[Row]:
    """Which months from one on were written down, of every placement."""
    return engine.rows(
        "SELECT hours_log.placement_id, hours_log.month FROM hours_log "  # noqa: S608 - a constant
        "JOIN placement ON placement.id = hours_log.placement_id "
        f"WHERE hours_log.month >= :month AND {MAY}",
        {"month": month, **readable(scope)},
    )


def logs_of(engine: Engine, placement_id: str, scope: Scope) -> list[Row]:
    """The months written down of one placement, in order."""
    return engine.rows(
        "SELECT hours_log.month, hours_log.hours, hours_log.noted_at, person.name AS noted_by FROM hours_log "  # noqa: S608 - a constant
        "JOIN placement ON placement.id = hours_log.placement_id "
        "LEFT JOIN person ON person.id = hours_log.noted_by "
        f"WHERE hours_log.placement_id = :id AND {MAY} "
        "ORDER BY hours_log.month",
        {"id": placement_id, **readable(scope)},
    )


def changes_of(engine: Engine, placement_id: str, scope: Scope) -> list[Row]:
    """What was changed of a placement, the newest first."""
    return engine.rows(
        "SELECT placement_change.at, changer.name AS changed_by, placement_change.field, "  # noqa: S608 - a constant
        "placement_change.before, placement_change.after FROM placement_change "
        "JOIN placement ON placement.id = placement_change.placement_id "
        "LEFT JOIN person AS changer ON changer.id = placement_change.changed_by "
        f"WHERE placement_change.placement_id = :id AND {MAY} "
        "ORDER BY placement_change.at DESC, placement_change.id DESC",
        {"id": placement_id, **readable(scope)},
    )


def at_school_in(engine: Engine, *, school_id: str, first: str, last: str, scope: Scope) -> list[Row]:
    """Placements at a school that share a day with a period."""
    where = f"placement.school_id = :school AND {_IN_PERIOD}"
    return _placements(engine, scope, where, "placement.starts_on", school=school_id, first=first, last=last)


def of_coach_in(engine: Engine, *, person_id: str, first: str, last: str, scope: Scope) -> list[Row]:
    """Placements of someone that share a day with a period."""
    where = f"placement.person_id = :person AND {_IN_PERIOD}"
    return _placements(engine, scope, where, "placement.starts_on", person=person_id, first=first, last=last)


def followed_by(engine: Engine, placement_id: str, scope: Scope) -> Row | None:
    """The placement that goes on from this one."""
    found = _placements(engine, scope, "placement.follows = :id", "placement.starts_on", id=placement_id)
    return next(iter(found), None)


def carries(engine: Engine, placement_id: str) -> bool:
    """Whether hours, a start agreement or a next placement hang on this one."""
    sql = f"{_WRITTEN_ON} UNION ALL SELECT 1 FROM placement WHERE follows = :id"  # noqa: S608 - a constant
    return engine.one(sql, {"id": placement_id}) is not None


def is_written_on(engine: Engine, placement_id: str) -> bool:
    """Whether a coach wrote down hours here, or a start agreement was begun."""
    return engine.one(_WRITTEN_ON, {"id": placement_id}) is not None


def written_on(engine: Engine, scope: Scope) -> frozenset[str]:
    """The placements that hours or a start agreement hang on, by id."""
    if not scope.can(Permission.KEEP_REGISTER):
        return frozenset()
    rows = engine.rows(
        "SELECT placement_id AS id FROM hours_log UNION SELECT placement_id FROM start_agreement"
    )
    return frozenset(row["id"] for row in rows)


def delete(engine: Engine, placement_id: str) -> None:
    engine.run("DELETE FROM placement WHERE id = :id", {"id": placement_id})


def insert(engine: Engine, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    engine.insert("placement", rows)


def update(engine: Engine, placement_id: str, changed: Mapping[str, Any]) -> None:
    """Write these columns of a placement, and count the change."""
    columns = ", ".join(f"{name} = :{name}" for name in changed)
    engine.run(
        f"UPDATE placement SET {columns}, revision = revision + 1 WHERE id = :id",  # noqa: S608 - names come from code
        {**changed, "id": placement_id},
    )


def insert_changes(engine: Engine, rows: list[dict[str, Any]]) -> None:
    engine.insert("placement_change", rows)


def write_hours(engine: Engine, row: Mapping[str, Any]) -> None:
    """Write the hours of a month, in the place of what stood there."""
    engine.run(
        "INSERT INTO hours_log (placement_id, month, hours, noted_by, noted_at) "
        "VALUES (:placement_id, :month, :hours, :noted_by, :noted_at) "
        "ON CONFLICT (placement_id, month) DO UPDATE SET hours = excluded.hours, "
        "noted_by = excluded.noted_by, noted_at = excluded.noted_at",
        row,
    )


def delete_hours(engine: Engine, placement_id: str, month: str) -> int:
    """Take the hours of a month away."""
    return engine.run(
        "DELETE FROM hours_log WHERE placement_id = :id AND month = :month",
        {"id": placement_id, "month": month},
    )
