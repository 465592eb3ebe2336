"""SQL of cohorts: who is in, who trains, which rounds are held, and what was submitted in closed ones."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

# Whose cohorts a trainer may read: the one place that says so.
_TRAINED = "round.cohort_id IN (SELECT cohort_id FROM cohort_trainer WHERE person_id = :trainer)"
# The newest revision that was submitted before its round closed: what comes later moves nothing.
IN_FORCE = """reflection.revision = (
        SELECT max(newest.revision) FROM reflection AS newest
        WHERE newest.person_id = reflection.person_id AND newest.round_id = reflection.round_id
          AND newest.submitted_at < round.closes_at)"""


def insert_cohort(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort", row)


def insert_member(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort_member", row)


def cancel_membership(engine: Engine, *, cohort_id: str, person_id: str, after: str) -> int:
    """Drop a membership that would begin after this day."""
    return engine.run(
        "DELETE FROM cohort_member WHERE cohort_id = :cohort AND person_id = :person AND since > :after",
        {"cohort": cohort_id, "person": person_id, "after": after},
    )


def end_membership(engine: Engine, *, cohort_id: str, person_id: str, until: str) -> int:
    return engine.run(
        "UPDATE cohort_member SET until = :until "
        "WHERE cohort_id = :cohort AND person_id = :person AND until IS NULL",
        {"cohort": cohort_id, "person": person_id, "until": until},
    )


def reopen_membership(engine: Engine, *, cohort_id: str, person_id: str) -> int:
    """Let a membership that ended run on; its first day stays."""
    return engine.run(
        "UPDATE cohort_member SET until = NULL "
        "WHERE cohort_id = :cohort AND person_id = :person AND until IS NOT NULL",
        {"cohort": cohort_id, "person": person_id},
    )


def move_start(engine: Engine, *, cohort_id: str, person_id: str, since: str) -> int:
    """Change the first day of a membership that runs."""
    return engine.run(
        "UPDATE cohort_member SET since = :since "
        "WHERE cohort_id = :cohort AND person_id = :person AND until IS NULL",
        {"cohort": cohort_id, "person": person_id, "since": since},
    )


def began_before(engine: Engine, *, cohort_id: str, person_id: str, moment: str) -> bool:
    """Whether someone began a reflection in a round of this cohort that opened before this moment."""
    found = engine.one(
        "SELECT 1 AS yes FROM reflection JOIN round ON round.id = reflection.round_id "
        "WHERE round.cohort_id = :cohort AND reflection.person_id = :person "
        "AND round.opens_at < :moment LIMIT 1",
        {"cohort": cohort_id, "person": person_id, "moment": moment},
    )
    return found is not None


def insert_trainer(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort_trainer", row)


def delete_trainer(engine: Engine, *, cohort_id: str, person_id: str) -> int:
    return engine.run(
        "DELETE FROM cohort_trainer WHERE cohort_id = :cohort AND person_id = :person",
        {"cohort": cohort_id, "person": person_id},
    )


def insert_round(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("round", row)


def round_opening(engine: Engine, *, cohort_id: str, opens_at: str) -> Row | None:
    """The round that opens at this moment, with how many people began and how many submitted in it."""
    return engine.one(
        "SELECT round.id, count(DISTINCT reflection.person_id) AS begun, "
        "count(DISTINCT CASE WHEN reflection.submitted_at IS NOT NULL THEN reflection.person_id END) "
        "AS submitted FROM round LEFT JOIN reflection ON reflection.round_id = round.id "
        "WHERE round.cohort_id = :cohort AND round.opens_at = :opens_at GROUP BY round.id",
        {"cohort": cohort_id, "opens_at": opens_at},
    )


def delete_round(engine: Engine, round_id: str) -> None:
    engine.run("DELETE FROM round WHERE id = :id", {"id": round_id})


def has_round_between(engine: Engine, *, cohort_id: str, opens_at: str, closes_at: str) -> bool:
    """Whether a round of this cohort is open at some moment in this time."""
    found = engine.one(
        "SELECT 1 AS yes FROM round "
        "WHERE cohort_id = :cohort AND opens_at < :closes_at AND closes_at > :opens_at LIMIT 1",
        {"cohort": cohort_id, "opens_at": opens_at, "closes_at": closes_at},
    )
    return found is not None


def cohort_by_name(engine: Engine, name: str) -> Row | None:
    return engine.one("SELECT id, name, profile, started_on FROM cohort WHERE name = :name", {"name": name})


def trained(engine: Engine, scope: Scope) -> list[Row]:
    """The cohorts this trainer may see, oldest first."""
    return engine.rows(
        "SELECT cohort.id, cohort.name, cohort.profile, cohort.started_on FROM cohort "
        "JOIN cohort_trainer ON cohort_trainer.cohort_id = cohort.id "
        "WHERE cohort_trainer.person_id = :person ORDER BY cohort.started_on, cohort.name",
        {"person": scope.person_id},
    )


def closed_rounds(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """Rounds that are over, oldest first, with how many submissions each holds."""
    return engine.rows(
        "SELECT round.id, round.form, round.version, round.opens_at, round.closes_at, "
        "count(DISTINCT reflection.person_id) AS submitted, max(reflection.submitted_at) AS newest "
        "FROM round LEFT JOIN reflection ON reflection.round_id = round.id "
        "AND reflection.submitted_at < round.closes_at "
        "WHERE round.cohort_id = :cohort AND round.closes_at <= :at AND "
        + _TRAINED
        + " GROUP BY round.id, round.form, round.version, round.opens_at, round.closes_at "
        "ORDER BY round.opens_at",
        {"cohort": cohort_id, "at": at, "trainer": scope.person_id},
    )


def participation(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """One row per member and round that has opened; `rounds.due` says who counts. Flags are 0 or 1."""
    return engine.rows(
        "SELECT round.id AS round, round.opens_at, round.closes_at, person.name, person.left_at, "
        "cohort_member.since, cohort_member.until, "
        "max(CASE WHEN reflection.id IS NULL THEN 0 ELSE 1 END) AS started, "
        "max(CASE WHEN reflection.submitted_at IS NULL THEN 0 ELSE 1 END) AS submitted "
        "FROM round JOIN cohort_member ON cohort_member.cohort_id = round.cohort_id "
        "JOIN person ON person.id = cohort_member.person_id "
        "LEFT JOIN reflection ON reflection.round_id = round.id AND reflection.person_id = person.id "
        "WHERE round.cohort_id = :cohort AND round.opens_at <= :at AND "
        + _TRAINED
        + " GROUP BY round.id, round.opens_at, round.closes_at, person.id, person.name, person.left_at, "
        "cohort_member.since, cohort_member.until "
        "ORDER BY round.opens_at, person.name",
        {"cohort": cohort_id, "at": at, "trainer": scope.person_id},
    )


def taking_part(engine: Engine, scope: Scope, *, since: str, at: str) -> list[Row]:
    """One row without a name per member and round of any cohort that opened since then and has closed.

    For who keeps cohorts; `rounds.due` says who counts.
    """
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT round.opens_at, round.closes_at, person.left_at, cohort_member.since, cohort_member.until, "
        "max(CASE WHEN reflection.submitted_at IS NULL THEN 0 ELSE 1 END) AS submitted "
        "FROM round JOIN cohort_member ON cohort_member.cohort_id = round.cohort_id "
        "JOIN person ON person.id = cohort_member.person_id "
        "LEFT JOIN reflection ON reflection.round_id = round.id AND reflection.person_id = person.id "
        "WHERE round.opens_at >= :since AND round.closes_at <= :at "
        "GROUP BY round.id, round.opens_at, round.closes_at, person.id, person.left_at, "
        "cohort_member.since, cohort_member.until ORDER BY round.opens_at",
        {"since": since, "at": at},
    )


def answers(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """Every answer of the newest submitted revision in closed rounds of a cohort this trainer trains."""
    sql = f"""
    SELECT reflection.person_id AS person, round.id AS round, round.opens_at,
      reflection_answer.item, reflection_answer.item_version, reflection_answer.value, reflection_answer.code
    FROM round
    JOIN reflection ON reflection.round_id = round.id
    JOIN reflection_answer ON reflection_answer.reflection_id = reflection.id
    WHERE round.cohort_id = :cohort AND round.closes_at <= :at AND {_TRAINED} AND {IN_FORCE}
    ORDER BY round.opens_at, reflection.person_id
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, {"cohort": cohort_id, "at": at, "trainer": scope.person_id})
