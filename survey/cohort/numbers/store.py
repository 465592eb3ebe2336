"""SQL of the numbers of a cohort: who is in, what they chose in a round, and what was shown of it before."""

from collections.abc import Mapping

from survey.access.permissions import Scope
from survey.cohort.store import IN_FORCE
from survey.database import Engine, Row

_TRAINED = "SELECT cohort_id FROM cohort_trainer WHERE person_id = :trainer"


# What someone submitted in one closed round of a cohort the reader trains.
_SUBMITTED = f"""reflection JOIN round ON round.id = reflection.round_id
WHERE round.id = :round AND round.closes_at <= :at AND round.cohort_id IN ({_TRAINED}) AND {IN_FORCE}"""


def members(engine: Engine, scope: Scope, *, cohort_id: str) -> list[Row]:
    """Everybody who is or was in this cohort: since when, and how experienced at the start."""
    sql = f"""
    SELECT cohort_member.person_id AS person, cohort_member.since, person.experience
    FROM cohort_member JOIN person ON person.id = cohort_member.person_id
    WHERE cohort_member.cohort_id = :cohort AND cohort_member.cohort_id IN ({_TRAINED})
    ORDER BY cohort_member.person_id
    """  # noqa: S608 - a constant of this module
    return engine.rows(sql, {"cohort": cohort_id, "trainer": scope.person_id})


def focus(engine: Engine, scope: Scope, *, round_id: str, at: str) -> list[Row]:
    """Person and item of each focus chosen in a closed round; the item is empty for who chose none."""
    sql = f"""
    SELECT submitted.person_id AS person, focus.item FROM (
      SELECT reflection.id, reflection.person_id FROM {_SUBMITTED}) AS submitted
    LEFT JOIN focus ON focus.reflection_id = submitted.id
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, {"round": round_id, "at": at, "trainer": scope.person_id})


def emphasis(engine: Engine, scope: Scope, *, round_id: str, at: str) -> list[Row]:
    """Person, task and emphasis of who said in a closed round where the hours went, with any revision."""
    sql = f"""
    SELECT submitted.person_id AS person, task_emphasis.task, task_emphasis.emphasis FROM (
      SELECT reflection.round_id, reflection.person_id FROM {_SUBMITTED}) AS submitted
    JOIN reflection AS said ON said.round_id = submitted.round_id AND said.person_id = submitted.person_id
    JOIN task_emphasis ON task_emphasis.reflection_id = said.id
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, {"round": round_id, "at": at, "trainer": scope.person_id})


def release(engine: Engine, scope: Scope, *, about: str, state: str) -> Row | None:
    """What trainers of these cohorts were shown of these closings. Numbers of groups, for whoever trains."""
    return engine.one(
        "SELECT content FROM cohort_release WHERE about = :about AND state = :state "
        "AND EXISTS (SELECT 1 FROM cohort_trainer WHERE person_id = :trainer)",
        {"about": about, "state": state, "trainer": scope.person_id},
    )


def newest_release(engine: Engine, scope: Scope, *, about: str) -> Row | None:
    """What trainers of these cohorts were shown last."""
    return engine.one(
        "SELECT content FROM cohort_release WHERE about = :about "
        "AND EXISTS (SELECT 1 FROM cohort_trainer WHERE person_id = :trainer) "
        "ORDER BY made_at DESC, state LIMIT 1",
        {"about": about, "trainer": scope.person_id},
    )


def insert_release(engine: Engine, row: Mapping[str, str]) -> None:
    """Keep a release, unless one of these closings was kept before."""
    engine.run(
        "INSERT INTO cohort_release (about, state, made_at, content) "
        "VALUES (:about, :state, :made_at, :content) ON CONFLICT (about, state) DO NOTHING",
        row,
    )
