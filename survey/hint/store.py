"""SQL of hints: the checks they follow from and what was done with them, in cases of their coach alone."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_KEPT = '"case".coach_id = :by AND "case".closed_at IS NULL'
_ASKED = """
SELECT "case".id AS case_id, "case".code, informant.id AS informant_id, informant.kind, informant.number,
  informant.stopped_at, link.id AS link_id, link.form, link.version, link.created_at, link.expires_at,
  link.revoked_at, checkin.answered_at,
  sum(checkin_answer.value) AS total, min(checkin_answer.value) AS lowest
FROM "case"
JOIN informant ON informant.case_id = "case".id
JOIN checkin_link AS link ON link.informant_id = informant.id
LEFT JOIN checkin ON checkin.link_id = link.id
LEFT JOIN checkin_answer ON checkin_answer.checkin_id = checkin.id
WHERE "case".coach_id = :coach
"""
_EACH_LINK = 'GROUP BY "case".id, informant.id, link.id, checkin.id'
_TALKED = """
SELECT hint_talk.link_id, hint_talk.rule, hint_talk.agreed, hint_talk.talked_at
FROM "case"
JOIN informant ON informant.case_id = "case".id
JOIN checkin_link AS link ON link.informant_id = informant.id
JOIN hint_talk ON hint_talk.link_id = link.id
WHERE "case".coach_id = :coach
"""
_TOTALS = """
SELECT informant.kind, link.informant_id, link.form, link.version, checkin.id, checkin.answered_at,
  sum(checkin_answer.value) AS total
FROM informant
JOIN checkin_link AS link ON link.informant_id = informant.id
JOIN checkin ON checkin.link_id = link.id
JOIN checkin_answer ON checkin_answer.checkin_id = checkin.id
GROUP BY informant.id, link.id, checkin.id
"""


def asked_in(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """Every check asked in a case of this coach, with its sum and lowest answer where it was answered."""
    return engine.rows(
        f'{_ASKED} AND "case".id = :case {_EACH_LINK}', {"case": case_id, "coach": scope.person_id}
    )


def asked_in_open_cases(engine: Engine, *, scope: Scope) -> list[Row]:
    """As `asked_in`, for every open case of this coach at once."""
    return engine.rows(f'{_ASKED} AND "case".closed_at IS NULL {_EACH_LINK}', {"coach": scope.person_id})


def talked_in(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """Which hints of a case of this coach were talked about."""
    return engine.rows(f'{_TALKED} AND "case".id = :case', {"case": case_id, "coach": scope.person_id})


def talked_in_open_cases(engine: Engine, *, scope: Scope) -> list[Row]:
    """As `talked_in`, for every open case of this coach at once."""
    return engine.rows(f'{_TALKED} AND "case".closed_at IS NULL', {"coach": scope.person_id})


def put_talk(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Note that a hint on a check of an open case of this coach was talked about; how many that were.

    Noted again, what was agreed last stands.
    """
    sql = f"""
    INSERT INTO hint_talk (link_id, rule, agreed, talked_by, talked_at)
    SELECT link.id, :rule, :agreed, :by, :talked_at
    FROM checkin_link AS link
    JOIN informant ON informant.id = link.informant_id
    JOIN "case" ON "case".id = informant.case_id
    WHERE link.id = :link_id AND "case".id = :case_id AND {_KEPT}
    ON CONFLICT (link_id, rule) DO UPDATE
    SET agreed = excluded.agreed, talked_by = excluded.talked_by, talked_at = excluded.talked_at
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def insert_decision(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Add a decision about more or less help in an open case of this coach, if none has its id; how many."""
    sql = f"""
    INSERT INTO scale_decision (id, case_id, considered, decision, reason, decided_by, decided_at)
    SELECT :id, "case".id, :considered, :decision, :reason, :by, :decided_at
    FROM "case" WHERE "case".id = :case_id AND {_KEPT}
    ON CONFLICT (id) DO NOTHING
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def has_decision(engine: Engine, row: Mapping[str, Any], *, by: str) -> bool:
    """Whether an open case of this coach has a decision with this id."""
    sql = f"""
    SELECT 1 FROM scale_decision JOIN "case" ON "case".id = scale_decision.case_id
    WHERE scale_decision.id = :id AND "case".id = :case_id AND {_KEPT}
    """  # noqa: S608 - a constant of this module
    return engine.one(sql, {**row, "by": by}) is not None


def decisions(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """What was decided about more or less help in a case of this coach, newest first."""
    return engine.rows(
        """
        SELECT scale_decision.considered, scale_decision.decision, scale_decision.reason,
          scale_decision.decided_at
        FROM scale_decision JOIN "case" ON "case".id = scale_decision.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach
        ORDER BY scale_decision.decided_at DESC, scale_decision.id DESC
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def thresholds(engine: Engine) -> list[Row]:
    """Every version of the thresholds that was found in answers, oldest first."""
    return engine.rows("SELECT * FROM hint_threshold ORDER BY in_force_from, version")


def insert_threshold(engine: Engine, row: Mapping[str, Any]) -> None:
    """Refused when this version is there already."""
    engine.insert("hint_threshold", row)


def pairs(engine: Engine) -> list[Row]:
    """The sums of two consecutive checks of the same person, for all cases; never whose they are."""
    sql = f"""
    SELECT kind, form, version, total, version_before, total_before FROM (
      SELECT kind, form, version, total,
        LAG(version) OVER one_line AS version_before, LAG(total) OVER one_line AS total_before
      FROM ({_TOTALS}) AS sums
      WINDOW one_line AS (PARTITION BY informant_id, form ORDER BY answered_at, id)
    ) AS consecutive WHERE total_before IS NOT NULL
    """  # noqa: S608 - a constant of this module
    return engine.rows(sql)
