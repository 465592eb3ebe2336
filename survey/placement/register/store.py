"""SQL of the register. Read by who keeps it: to anyone else it is empty."""

from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row, listed
from survey.placement.places import FREE, OPEN, WITH_A_COACH
from survey.placement.store import COLUMNS, COUNTED, JOINED

# The state of a placement on a day, as `Placement.state` has it.
_STATE = """
CASE WHEN placement.status = 'ended' AND placement.person_id IS NOT NULL AND placement.ends_on >= :day
    THEN 'active'
  WHEN placement.ends_on < :day THEN 'ended' ELSE placement.status END
"""
_YEAR = """
placement.school_year = :year
AND (:municipality = '' OR school.municipality = :municipality)
AND (:employer = '' OR placement.employer = :employer)
AND (:coach = '' OR placement.person_id = :coach)
AND (:text = '' OR lower(school.name) LIKE :text ESCAPE '!')
"""
_FILTERED = f"{_YEAR} AND (:status = '' OR {_STATE} = :status)"
_ON_THE_DAY = "placement.starts_on <= :day AND (placement.ends_on IS NULL OR placement.ends_on >= :day)"
_WITH_A_COACH, _FREE, _OPEN = (
    "placement.status IN ({})".format(", ".join(f"'{status}'" for status in sorted(held)))
    for held in (WITH_A_COACH, FREE, OPEN)
)
_BY = {"all": "''", "municipality": "school.municipality", "employer": "placement.employer"}
_ORDER = {
    "school": "school.name",
    "coach": "person.name IS NULL, person.name, school.name",
    "municipality": "school.municipality, school.name",
    "status": f"{_STATE}, school.name",
    "agreed": "coalesce(placement.hours_agreed, -1) DESC, school.name",
    "needed": "coalesce(placement.hours_needed, -1) DESC, school.name",
    "rule": "coalesce(school_count.pupils, -1) DESC, school.name",
}


def _keeps(scope: Scope) -> bool:
    return scope.can(Permission.KEEP_REGISTER)


def page(engine: Engine, params: dict[str, Any], *, sort: str, scope: Scope) -> list[Row]:
    """The placements of one page, in this order."""
    if not _keeps(scope):
        return []
    return engine.rows(
        f"SELECT {COLUMNS} {JOINED} WHERE {_FILTERED} "
        f"ORDER BY {_ORDER[sort]}, placement.starts_on, placement.id LIMIT :most OFFSET :skipped",
        params,
    )


def every(engine: Engine, params: dict[str, Any], *, scope: Scope) -> list[Row]:
    """The placements of all pages, by school."""
    if not _keeps(scope):
        return []
    return engine.rows(
        f"SELECT {COLUMNS} {JOINED} WHERE {_FILTERED} "
        "ORDER BY school.name, placement.starts_on, placement.id",
        params,
    )


def states(engine: Engine, params: dict[str, Any], scope: Scope) -> list[Row]:
    """How many placements have which state, whatever state is asked for."""
    if not _keeps(scope):
        return []
    return engine.rows(
        f"SELECT {_STATE} AS state, count(*) AS places {COUNTED} WHERE {_YEAR} GROUP BY {_STATE}", params
    )


def sums(engine: Engine, params: dict[str, Any], *, by: str, scope: Scope) -> list[Row]:
    """Hours a week on the day, with a coach, free and needed: in all, or by municipality or employer."""
    if not _keeps(scope):
        return []
    filled = f"placement.person_id IS NOT NULL AND {_WITH_A_COACH}"
    return engine.rows(
        f"""
        SELECT {_BY[by]} AS name, count(*) AS places,
          coalesce(sum(CASE WHEN {filled} THEN placement.hours_agreed END), 0.0) AS agreed,
          coalesce(sum(CASE WHEN {_FREE} THEN placement.hours_agreed END), 0.0) AS free,
          coalesce(sum(placement.hours_needed), 0.0) AS needed, count(placement.hours_needed) AS needs
        {COUNTED} WHERE {_FILTERED} AND {_ON_THE_DAY} GROUP BY 1 ORDER BY 1
        """,
        params,
    )


def pupils(engine: Engine, params: dict[str, Any], *, by: str, scope: Scope) -> list[Row]:
    """The schools that have a place on the day, and what they counted; each school once in each group."""
    if not _keeps(scope):
        return []
    return engine.rows(
        f"""
        WITH counted AS (
          SELECT DISTINCT {_BY[by]} AS name, school.id, school_count.pupils
          {COUNTED} WHERE {_FILTERED} AND {_ON_THE_DAY}
        )
        SELECT name, count(*) AS schools, coalesce(sum(pupils), 0) AS pupils,
          sum(CASE WHEN pupils IS NULL THEN 1 ELSE 0 END) AS uncounted FROM counted GROUP BY name
        """,  # noqa: S608 - constants of this module
        params,
    )


def years(engine: Engine, scope: Scope) -> list[Row]:
    """The school years with a placement, the newest first."""
    if not _keeps(scope):
        return []
    return engine.rows("SELECT DISTINCT school_year FROM placement ORDER BY school_year DESC")


def municipalities(engine: Engine, scope: Scope) -> list[Row]:
    """The municipalities of schools that take part."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT DISTINCT municipality FROM school WHERE takes_part = 1 AND municipality <> '' "
        "ORDER BY municipality"
    )


def employers(engine: Engine, school_year: str, scope: Scope) -> list[Row]:
    """The employers of a school year."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT DISTINCT employer FROM placement WHERE school_year = :year AND employer <> '' "
        "ORDER BY employer",
        {"year": school_year},
    )


def coaches(engine: Engine, scope: Scope) -> list[Row]:
    """Who coaches or coached, by name."""
    if not _keeps(scope):
        return []
    return engine.rows(
        "SELECT person.id, person.name FROM person JOIN role_grant ON role_grant.person_id = person.id "
        "WHERE role_grant.role = 'coach' ORDER BY person.name, person.id"
    )


def logs(engine: Engine, ids: list[str], scope: Scope) -> list[Row]:
    """The months written down of these placements."""
    if not ids or not _keeps(scope):
        return []
    held, params = listed(ids)
    sql = f"SELECT placement_id, month, hours FROM hours_log WHERE placement_id IN ({held})"  # noqa: S608 - names
    return engine.rows(sql, params)


def before(engine: Engine, params: dict[str, Any], scope: Scope) -> list[Row]:
    """Of the open places of a school year that are not over on the day: who was there before."""
    if not _keeps(scope):
        return []
    return engine.rows(
        f"""
        SELECT {COLUMNS}, leaver.name AS leaver {JOINED}
        LEFT JOIN placement AS earlier ON earlier.id = placement.follows
        LEFT JOIN person AS leaver ON leaver.id = earlier.person_id
        WHERE {_YEAR} AND {_OPEN}
          AND (placement.ends_on IS NULL OR placement.ends_on >= :day)
        ORDER BY school.name, placement.starts_on, placement.id
        """,
        params,
    )
