"""SQL of what stands beside the numbers of a cohort: who handed in and shares, and meetings."""

from survey.access.permissions import Scope
from survey.database import Engine, Row

_TRAINED = "SELECT cohort_id FROM cohort_trainer WHERE person_id = :trainer"


# The meetings of a cohort the reader trains that were not called off.
_MEETINGS = f"""event JOIN event_cohort ON event_cohort.event_id = event.id
WHERE event_cohort.cohort_id = :cohort AND event_cohort.cohort_id IN ({_TRAINED})
  AND event.cancelled_at IS NULL AND event.starts_at <= :at"""


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
