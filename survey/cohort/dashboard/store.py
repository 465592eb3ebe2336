"""SQL of dashboards: who is in since when, what was chosen in a round, and the meetings of a cohort."""

from collections.abc import Mapping

from survey.access.permissions import Scope
from survey.cohort.store import IN_FORCE
from survey.database import Engine, Row

_TRAINED = "SELECT cohort_id FROM cohort_trainer WHERE person_id = :trainer"
# What someone submitted in one closed round of a cohort the reader trains.
_SUBMITTED = f"""reflection JOIN round ON round.id = reflection.round_id
WHERE round.id = :round AND round.closes_at <= :at AND round.cohort_id IN ({_TRAINED}) AND {IN_FORCE}"""
# The meetings of a cohort the reader trains that were not called off.
_MEETINGS = f"""event JOIN event_cohort ON event_cohort.event_id = event.id
WHERE event_cohort.cohort_id = :cohort AND event_cohort.cohort_id IN ({_TRAINED})
  AND event.cancelled_at IS NULL AND event.starts_at <= :at"""


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
    """Person, task and emphasis of who said in a closed round where the hours went."""
    sql = f"""
    SELECT submitted.person_id AS person, task_emphasis.task, task_emphasis.emphasis FROM (
      SELECT reflection.id, reflection.person_id FROM {_SUBMITTED}) AS submitted
    JOIN task_emphasis ON task_emphasis.reflection_id = submitted.id
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


def handed_in(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """Everybody who is or was in a cohort, with each closed round they handed in, if any.

    `shares` is 1 for who shares growth with this trainer, or ever did, and for the trainer.
    """
    sql = f"""
    SELECT cohort_member.person_id AS person, done.round_id AS round,
      CASE WHEN cohort_member.person_id IN (SELECT person_id FROM growth_share WHERE trainer_id = :trainer)
        OR cohort_member.person_id = :trainer
        THEN 1 ELSE 0 END AS shares
    FROM cohort_member
    LEFT JOIN (SELECT DISTINCT reflection.person_id, reflection.round_id FROM reflection
      JOIN round ON round.id = reflection.round_id WHERE round.cohort_id = :cohort
      AND round.closes_at <= :at AND reflection.submitted_at < round.closes_at) AS done
      ON done.person_id = cohort_member.person_id
    WHERE cohort_member.cohort_id = :cohort AND cohort_member.cohort_id IN ({_TRAINED})
    """  # noqa: S608 - a constant of this module
    return engine.rows(sql, {"cohort": cohort_id, "at": at, "trainer": scope.person_id})


def meetings(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """The meetings that began, oldest first."""
    return engine.rows(
        f"SELECT event.id, event.kind, event.starts_at FROM {_MEETINGS} ORDER BY event.starts_at",  # noqa: S608
        {"cohort": cohort_id, "at": at, "trainer": scope.person_id},
    )


def themes(engine: Engine, scope: Scope, *, cohort_id: str, at: str) -> list[Row]:
    """By competency: how many meetings were about it, and how many of this cohort were there or not."""
    sql = f"""
    SELECT event_theme.competency, count(DISTINCT held.id) AS held,
      sum(CASE WHEN noted.state = 'present' THEN 1 ELSE 0 END) AS present, count(noted.person_id) AS noted
    FROM (SELECT event.id FROM {_MEETINGS}) AS held
    JOIN event_theme ON event_theme.event_id = held.id
    LEFT JOIN (SELECT attendance.event_id, attendance.person_id, attendance.state FROM attendance
      JOIN cohort_member ON cohort_member.person_id = attendance.person_id
      AND cohort_member.cohort_id = :cohort) AS noted ON noted.event_id = held.id
    GROUP BY event_theme.competency
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, {"cohort": cohort_id, "at": at, "trainer": scope.person_id})
