"""SQL of cases, their informants and the parents' agreement; everything within the scope of their coach."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_WORKS_AT = """
  works_at.person_id = :person AND works_at.starts_on <= :today
  AND (works_at.ends_on IS NULL OR works_at.ends_on >= :today)
"""
_SCHOOLS = f"""
SELECT DISTINCT school.id, school.name
FROM school JOIN works_at ON works_at.school_id = school.id
WHERE {_WORKS_AT} ORDER BY school.name
"""  # noqa: S608 - _WORKS_AT is a constant
# A case is kept by the profile its coach works by: that of the newest cohort they are in.
_PROFILE = """
SELECT cohort.profile FROM cohort JOIN cohort_member ON cohort_member.cohort_id = cohort.id
WHERE cohort_member.person_id = :person AND cohort_member.since <= :today
  AND (cohort_member.until IS NULL OR cohort_member.until >= :today)
ORDER BY cohort.started_on DESC, cohort.id DESC LIMIT 1
"""
_OPEN_CASE = f"""
INSERT INTO "case"
  (id, code, coach_id, school_id, profile, kind, signalled_by, signalled_on, theme, opened_at)
SELECT :id, :code, :coach_id, school.id, coalesce(({_PROFILE}), :profile),
  :kind, :signalled_by, :signalled_on, :theme, :opened_at
FROM school WHERE school.id = :school_id
  AND EXISTS (SELECT 1 FROM works_at WHERE works_at.school_id = school.id AND {_WORKS_AT})
ON CONFLICT DO NOTHING
"""  # noqa: S608 - the parts are constants of this module


def schools(engine: Engine, *, today: str, scope: Scope) -> list[Row]:
    """Where this coach works today."""
    return engine.rows(_SCHOOLS, {"person": scope.person_id, "today": today})


def insert_case(engine: Engine, row: Mapping[str, Any], *, today: str) -> bool:
    """Add a case if its coach works at its school today and none has its id or code."""
    return engine.run(_OPEN_CASE, {**row, "person": row["coach_id"], "today": today}) == 1


def is_taken(engine: Engine, code: str) -> bool:
    """Whether a case has this code."""
    return engine.one('SELECT 1 FROM "case" WHERE code = :code', {"code": code}) is not None


def code(engine: Engine, case_id: str, *, by: str) -> str | None:
    """The code of a case this coach keeps."""
    row = engine.one(
        'SELECT code FROM "case" WHERE id = :case AND coach_id = :by', {"case": case_id, "by": by}
    )
    return str(row["code"]) if row else None


def describe_case(engine: Engine, row: Mapping[str, Any]) -> bool:
    """Change what an open case of this coach is about; its kind stays once a pupil is in it."""
    changed = engine.run(
        """
        UPDATE "case"
        SET kind = :kind, signalled_by = :signalled_by, signalled_on = :signalled_on, theme = :theme
        WHERE id = :id AND coach_id = :by AND closed_at IS NULL AND (kind = :kind OR NOT EXISTS (
          SELECT 1 FROM informant WHERE informant.case_id = "case".id AND informant.kind = 'pupil'))
        """,
        row,
    )
    return changed == 1


def cases(engine: Engine, *, scope: Scope) -> list[Row]:
    """The cases of this coach with their newest answer and newest talk, the newest case first."""
    return engine.rows(
        """
        SELECT "case".code, "case".kind, "case".theme, "case".opened_at, "case".closed_at,
          school.name AS school,
          (SELECT max(checkin.answered_at) FROM informant
            JOIN checkin_link ON checkin_link.informant_id = informant.id
            JOIN checkin ON checkin.link_id = checkin_link.id
            WHERE informant.case_id = "case".id) AS answered_at,
          (SELECT max(talk.day) FROM talk
            WHERE talk.case_id = "case".id AND talk.state = 'done') AS talked_on
        FROM "case" JOIN school ON school.id = "case".school_id
        WHERE "case".coach_id = :coach
        ORDER BY "case".opened_at DESC, "case".id DESC
        """,
        {"coach": scope.person_id},
    )


def case(engine: Engine, code: str, *, scope: Scope) -> Row | None:
    """One case of this coach, and since when it is theirs if another coach had it before."""
    return engine.one(
        """
        SELECT "case".id, "case".code, "case".profile, "case".kind, "case".signalled_by, "case".signalled_on,
          "case".theme, "case".opened_at, "case".closed_at, school.name AS school,
          (SELECT max(handover.handed_at) FROM handover WHERE handover.case_id = "case".id) AS taken_over_at
        FROM "case" JOIN school ON school.id = "case".school_id
        WHERE "case".code = :code AND "case".coach_id = :coach
        """,
        {"code": code, "coach": scope.person_id},
    )


def kind(engine: Engine, case_id: str, *, scope: Scope) -> str | None:
    """The kind of a case of this coach."""
    row = engine.one(
        'SELECT kind FROM "case" WHERE id = :case AND coach_id = :coach',
        {"case": case_id, "coach": scope.person_id},
    )
    return str(row["kind"]) if row else None


def informants(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """Who has been asked in a case of this coach."""
    return engine.rows(
        "SELECT informant.id, informant.kind, informant.number, informant.goal, informant.stopped_at "
        'FROM informant JOIN "case" ON "case".id = informant.case_id '
        'WHERE "case".id = :case AND "case".coach_id = :coach ORDER BY informant.kind, informant.number',
        {"case": case_id, "coach": scope.person_id},
    )


def set_goal(engine: Engine, *, informant_id: str, goal: str | None, by: str) -> bool:
    """The goal someone in an open case of this coach is asked about from the next check on."""
    changed = engine.run(
        """
        UPDATE informant SET goal = :goal WHERE id = :id
          AND case_id IN (SELECT id FROM "case" WHERE coach_id = :by AND closed_at IS NULL)
        """,
        {"id": informant_id, "goal": goal, "by": by},
    )
    return changed == 1


def informant(engine: Engine, row: Mapping[str, Any]) -> str:
    """The id of a person in a case, added when new; the act it is part of looks at whose case it is."""
    found = engine.one(
        "INSERT INTO informant (id, case_id, kind, number) VALUES (:id, :case_id, :kind, :number) "
        "ON CONFLICT (case_id, kind, number) DO UPDATE SET number = excluded.number RETURNING id",
        row,
    )
    assert found is not None  # the statement adds the row or finds it
    return str(found["id"])


def insert_agreement(engine: Engine, row: Mapping[str, Any]) -> bool:
    """What was answered, in force from now on, if this is an open case of who notes it."""
    added = engine.run(
        """
        INSERT INTO agreement
          (id, case_id, age_band, first_parent, second_parent, pupil, agreed_on, noted_by, noted_at)
        SELECT :id, "case".id, :age_band, :first_parent, :second_parent, :pupil, :agreed_on, :noted_by,
          :noted_at
        FROM "case" WHERE "case".id = :case_id AND "case".coach_id = :noted_by AND "case".closed_at IS NULL
        """,
        row,
    )
    return added == 1


def is_in_force(engine: Engine, *, case_id: str, answers: Mapping[str, Any], today: str) -> bool:
    """Whether these answers are what stands noted now, of the same day or told again today."""
    noted = engine.one(
        "SELECT age_band, first_parent, second_parent, pupil, agreed_on FROM agreement "
        "WHERE case_id = :case AND ended_at IS NULL",
        {"case": case_id},
    )
    if noted is None:
        return False
    days = {noted["agreed_on"], today}
    return noted | {"agreed_on": ""} == {**answers, "agreed_on": ""} and answers["agreed_on"] in days


def in_force(engine: Engine, case_id: str, *, by: str) -> str | None:
    """The id of the agreement in force, empty for none; None when this is no open case of this coach."""
    row = engine.one(
        """
        SELECT coalesce(agreement.id, '') AS id FROM "case"
        LEFT JOIN agreement ON agreement.case_id = "case".id AND agreement.ended_at IS NULL
        WHERE "case".id = :case AND "case".coach_id = :by AND "case".closed_at IS NULL
        """,
        {"case": case_id, "by": by},
    )
    return str(row["id"]) if row else None


def end_agreement(engine: Engine, *, case_id: str, because: str, by: str, at: str) -> int:
    """The agreement in force in an open case of this coach ends; how many that were."""
    return engine.run(
        """
        UPDATE agreement SET ended_at = :at, ended_because = :because WHERE ended_at IS NULL
          AND case_id IN (SELECT id FROM "case" WHERE id = :case AND coach_id = :by AND closed_at IS NULL)
        """,
        {"case": case_id, "because": because, "by": by, "at": at},
    )


def agreements(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """Every agreement noted in a case of this coach, newest first."""
    return engine.rows(
        """
        SELECT agreement.id, agreement.age_band, agreement.first_parent, agreement.second_parent,
          agreement.pupil, agreement.agreed_on, agreement.noted_at, agreement.ended_at,
          agreement.ended_because, noter.name AS noted_by
        FROM agreement
        JOIN "case" ON "case".id = agreement.case_id
        JOIN person AS noter ON noter.id = agreement.noted_by
        WHERE agreement.case_id = :case AND "case".coach_id = :coach
        ORDER BY agreement.noted_at DESC, agreement.id DESC
        """,
        {"case": case_id, "coach": scope.person_id},
    )
