"""SQL of check-in links and answers: links by the hash of their token, answers by the coach of the case."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

CASE = """
  JOIN "case" ON "case".id = informant.case_id
  JOIN person AS coach ON coach.id = "case".coach_id
  LEFT JOIN agreed_case AS agreed ON agreed.case_id = "case".id
"""
LINK = f"FROM checkin_link AS link JOIN informant ON informant.id = link.informant_id {CASE}"
ANSWERED = "LEFT JOIN checkin ON checkin.link_id = link.id"
# A pupil is asked only in a case about one pupil, and while everyone whose word counts agrees; parents
# where it is about children.
_IS_HEARD = """
  coach.status <> 'left' AND "case".closed_at IS NULL AND (informant.kind = 'teacher'
    OR (informant.kind = 'parent' AND "case".kind IN ('pupil', 'group'))
    OR (informant.kind = 'pupil' AND "case".kind = 'pupil' AND agreed.case_id IS NOT NULL))
"""
# Someone may be asked while their coach is there to read it, until they ask to stop.
MAY_BE_ASKED = f"informant.stopped_at IS NULL AND {_IS_HEARD}"
_LASTS = "link.revoked_at IS NULL AND link.expires_at > :at"
IS_OPEN = f"{_LASTS} AND {MAY_BE_ASKED}"
_WAITS = "id NOT IN (SELECT link_id FROM checkin)"
_ALWAYS = "9999"  # after every moment
_STATE = f"""
  CASE WHEN {IS_OPEN} THEN 1 ELSE 0 END AS is_open,
  CASE WHEN informant.stopped_at IS NOT NULL AND {_LASTS} AND {_IS_HEARD} THEN 1 ELSE 0 END AS is_stopped,
  CASE WHEN checkin.id IS NULL THEN 0 ELSE 1 END AS is_answered
"""
_ASKED = f"""
SELECT link.id, link.form, link.version, link.token_hash, link.created_at, link.expires_at, link.declined_at,
  link.decline_reason, link.dose_reason, link.talk_id, link.goal, link.revoked_at,
  informant.id AS informant_id, informant.kind, informant.number, "case".code, checkin.answered_at, {_STATE}
{LINK} {ANSWERED}
WHERE "case".coach_id = :coach
"""


def insert_links(engine: Engine, links: Sequence[Mapping[str, Any]], *, coach_id: str, kind: str) -> int:
    """Add the links whose informant this coach may ask now, after a talk of the same case; how many."""
    sql = f"""
    INSERT INTO checkin_link (id, informant_id, form, version, token_hash, created_at, expires_at, goal,
      talk_id, dose_reason)
    SELECT :id, informant.id, :form, :version, :token_hash, :created_at, :expires_at, :goal,
      :talk_id, :dose_reason
    FROM informant {CASE}
    WHERE informant.id = :informant_id AND informant.kind = :kind AND "case".coach_id = :coach
      AND {MAY_BE_ASKED}
      AND (CAST(:talk_id AS TEXT) IS NULL
        OR EXISTS (SELECT 1 FROM talk WHERE talk.id = :talk_id AND talk.case_id = informant.case_id))
    """  # noqa: S608 - the parts are constants of this module
    return engine.run(sql, [{**link, "coach": coach_id, "kind": kind} for link in links])


def link_by_token(engine: Engine, token_hash: str, *, at: str) -> Row | None:
    """What a link asks, whether it can be answered or would be had they not said stop, and when they did."""
    return engine.one(
        "SELECT link.id, link.informant_id, link.form, link.version, link.goal, link.decline_reason, "
        f"informant.stopped_at, {_STATE} {LINK} {ANSWERED} "
        "WHERE link.token_hash = :token_hash",
        {"token_hash": token_hash, "at": at},
    )


def insert_checkin(engine: Engine, row: Mapping[str, Any]) -> None:
    """Refused when the link has its answer."""
    engine.insert("checkin", row)


def insert_answers(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("checkin_answer", rows)


def insert_goal_answer(engine: Engine, row: Mapping[str, Any]) -> None:
    """How far someone's own goal is: apart from the answers, never in their sum."""
    engine.insert("goal_answer", row)


def answer(engine: Engine, *, link_id: str) -> dict[str, int]:
    """The value of each item of the answer to a link; that of the goal under "goal"."""
    rows = engine.rows(
        """
        SELECT item, value FROM checkin_answer JOIN checkin ON checkin.id = checkin_answer.checkin_id
        WHERE checkin.link_id = :link
        UNION ALL
        SELECT 'goal', value FROM goal_answer JOIN checkin ON checkin.id = goal_answer.checkin_id
        WHERE checkin.link_id = :link
        """,
        {"link": link_id},
    )
    return {row["item"]: row["value"] for row in rows}


def decline(engine: Engine, *, link_id: str, reason: str | None, at: str) -> None:
    """Note the first time someone said "not now", and the last reason they chose for it."""
    engine.run(
        "UPDATE checkin_link SET declined_at = coalesce(declined_at, :at), "
        "decline_reason = coalesce(:reason, decline_reason) WHERE id = :id",
        {"id": link_id, "reason": reason, "at": at},
    )


def stop(engine: Engine, *, informant_id: str, at: str) -> int:
    """Ask this person nothing more: with this every link and card of theirs is closed."""
    return engine.run(
        "UPDATE informant SET stopped_at = :at WHERE id = :id AND stopped_at IS NULL",
        {"id": informant_id, "at": at},
    )


def go_on(engine: Engine, *, informant_id: str, at: str) -> int:
    """This person may be asked again, and what closed because they said stop is open again."""
    return _ask_again(engine, "TRUE", {"id": informant_id, "until": at})


def resume(engine: Engine, *, informant_id: str, coach_id: str) -> int:
    """As `go_on`, for someone in an open case of this coach; what waited when they said stop ended then."""
    of_coach = 'case_id IN (SELECT id FROM "case" WHERE coach_id = :coach AND closed_at IS NULL)'
    return _ask_again(engine, of_coach, {"id": informant_id, "coach": coach_id, "until": _ALWAYS})


def revoke_link(engine: Engine, link_id: str, *, coach_id: str, at: str) -> list[str]:
    """Close one link in a case of this coach; which, as each of these."""
    of_coach = """
      id = :id AND informant_id IN (SELECT informant.id FROM informant
        JOIN "case" ON "case".id = informant.case_id WHERE "case".coach_id = :coach)
    """
    return _revoke(engine, of_coach, {"id": link_id, "at": at, "coach": coach_id})


def revoke_links_of(engine: Engine, *, informant_id: str, at: str) -> list[str]:
    """Close the links of one informant that wait for an answer."""
    return _revoke(engine, f"informant_id = :informant AND {_WAITS}", {"informant": informant_id, "at": at})


def waiting_of(engine: Engine, *, informant_id: str) -> list[str]:
    """The links of one informant that nobody answered or took back."""
    sql = f"SELECT id FROM checkin_link WHERE informant_id = :informant AND revoked_at IS NULL AND {_WAITS}"  # noqa: S608
    rows = engine.rows(sql, {"informant": informant_id})
    return [row["id"] for row in rows]


def revoke_card_of(engine: Engine, *, informant_id: str, at: str) -> None:
    """End the card of one informant."""
    engine.run(
        "UPDATE card SET revoked_at = :at WHERE informant_id = :informant AND revoked_at IS NULL",
        {"informant": informant_id, "at": at},
    )


def revoke_links_to_pupils(engine: Engine, *, case_id: str, at: str) -> list[str]:
    """Close the links to pupils of a case that wait for an answer."""
    pupils = "informant_id IN (SELECT id FROM informant WHERE case_id = :case AND kind = 'pupil')"
    return _revoke(engine, f"{pupils} AND {_WAITS}", {"case": case_id, "at": at})


def revoke_links_of_case(engine: Engine, *, case_id: str, at: str) -> list[str]:
    """Close every link of a case that waits for an answer."""
    people = "informant_id IN (SELECT id FROM informant WHERE case_id = :case)"
    return _revoke(engine, f"{people} AND {_WAITS}", {"case": case_id, "at": at})


def revoke_cards_of_case(engine: Engine, *, case_id: str, at: str) -> None:
    """End every card of a case."""
    engine.run(
        "UPDATE card SET revoked_at = :at WHERE revoked_at IS NULL "
        "AND informant_id IN (SELECT id FROM informant WHERE case_id = :case)",
        {"case": case_id, "at": at},
    )


def asked(engine: Engine, link_id: str, *, at: str, scope: Scope) -> Row | None:
    """One link of a case of this coach, with what became of it."""
    return engine.one(f"{_ASKED} AND link.id = :link", {"link": link_id, "at": at, "coach": scope.person_id})


def waiting(engine: Engine, *, at: str, scope: Scope) -> list[Row]:
    """The links of this coach that can be answered and are not, newest first."""
    return engine.rows(
        f"{_ASKED} AND checkin.id IS NULL AND {IS_OPEN} ORDER BY link.created_at DESC, link.id DESC",
        {"at": at, "coach": scope.person_id},
    )


def asked_in(engine: Engine, case_id: str, *, at: str, scope: Scope) -> list[Row]:
    """Every link of a case of this coach, oldest first."""
    return engine.rows(
        f'{_ASKED} AND "case".id = :case ORDER BY link.created_at, link.id',
        {"case": case_id, "at": at, "coach": scope.person_id},
    )


def last_answers(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """When each person in a case of this coach last answered each form."""
    return engine.rows(
        """
        SELECT link.informant_id, link.form, max(checkin.answered_at) AS answered_at
        FROM "case"
        JOIN informant ON informant.case_id = "case".id
        JOIN checkin_link AS link ON link.informant_id = informant.id
        JOIN checkin ON checkin.link_id = link.id
        WHERE "case".id = :case AND "case".coach_id = :coach
        GROUP BY link.informant_id, link.form
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def newest(engine: Engine, *, since: str, limit: int, at: str, scope: Scope) -> list[Row]:
    """The links of this coach that were answered since a moment, newest answer first."""
    return engine.rows(
        f"{_ASKED} AND checkin.answered_at >= :since ORDER BY checkin.answered_at DESC, link.id DESC "
        "LIMIT :limit",
        {"since": since, "limit": limit, "at": at, "coach": scope.person_id},
    )


def answers(engine: Engine, *, case_id: str, scope: Scope) -> list[Row]:
    """Every answer in a case of this coach, one row per item, newest check first."""
    return engine.rows(
        """
        SELECT link.id AS link_id, link.informant_id, link.form, link.version, checkin.answered_at,
          checkin_answer.item, checkin_answer.value, goal_answer.goal, goal_answer.value AS goal_value
        FROM "case"
        JOIN informant ON informant.case_id = "case".id
        JOIN checkin_link AS link ON link.informant_id = informant.id
        JOIN checkin ON checkin.link_id = link.id
        JOIN checkin_answer ON checkin_answer.checkin_id = checkin.id
        LEFT JOIN goal_answer ON goal_answer.checkin_id = checkin.id
        WHERE "case".id = :case AND "case".coach_id = :coach
        ORDER BY checkin.answered_at DESC, checkin.id DESC
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def _ask_again(engine: Engine, whose: str, params: Mapping[str, str]) -> int:
    """Undo a stop. Links that ran out after it, until a moment, ended by it: nobody stayed silent on them."""
    stopped = f"SELECT stopped_at FROM informant WHERE id = :id AND {whose}"  # noqa: S608 - constants of this module
    end_links = f"""
        UPDATE checkin_link SET revoked_at = ({stopped})
        WHERE informant_id = :id AND expires_at > ({stopped}) AND expires_at <= :until
          AND coalesce(revoked_at, expires_at) > ({stopped}) AND {_WAITS}
    """  # noqa: S608 - constants of this module
    go_on = f"UPDATE informant SET stopped_at = NULL WHERE id = :id AND stopped_at IS NOT NULL AND {whose}"  # noqa: S608
    engine.run(end_links, params)
    return engine.run(go_on, params)


def _revoke(engine: Engine, which: str, params: Mapping[str, str]) -> list[str]:
    sql = f"UPDATE checkin_link SET revoked_at = :at WHERE revoked_at IS NULL AND {which} RETURNING id"  # noqa: S608
    rows = engine.rows(sql, params)
    return [row["id"] for row in rows]
