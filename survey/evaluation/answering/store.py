"""SQL of answering: an invitation by the hash of its token, whom it asks about, and what was said by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.database import Engine, Row
from survey.evaluation.store import WORKED

_INVITATION = """
SELECT invitation.id, invitation.window_id, invitation.form, invitation.school_id, invitation.way,
  invitation.person_code, invitation.name, invitation.address, school.name AS school
FROM evaluation_invitation AS invitation LEFT JOIN school ON school.id = invitation.school_id
"""


def by_token(engine: Engine, token_hash: str) -> Row | None:
    return engine.one(f"{_INVITATION} WHERE invitation.token_hash = :hash", {"hash": token_hash})


def going_on_from(engine: Engine, invitation_id: str) -> Row | None:
    """The invitation of a later window that goes on from this one."""
    return engine.one(
        f"{_INVITATION} WHERE invitation.follows = :id ORDER BY invitation.asked_at DESC LIMIT 1",
        {"id": invitation_id},
    )


def about(engine: Engine, invitation_id: str) -> list[Row]:
    """Whom an invitation asks about, by name; the programme has none."""
    return engine.rows(
        """
        SELECT node.id, node.label, node.level, about.answered FROM evaluation_about AS about
        JOIN evaluation_node AS node ON node.id = about.node_id
        WHERE about.invitation_id = :id ORDER BY node.label, node.id
        """,
        {"id": invitation_id},
    )


def about_late(engine: Engine, *, window_id: str, school_id: str | None, since: str, until: str) -> list[Row]:
    """Whom somebody of this school would be asked about in this window; without a school the programme."""
    return engine.rows(
        f"""
        SELECT node.id, node.label, node.level, 0 AS answered FROM evaluation_node AS node
        WHERE node.window_id = :window AND (
          (node.level = 'coach' AND node.person_id IN (
            SELECT works_at.person_id FROM works_at WHERE works_at.school_id = :school AND {WORKED}))
          OR (node.level = 'programme' AND CAST(:school AS TEXT) IS NULL))
        ORDER BY node.label, node.id
        """,  # noqa: S608 - a constant
        {"window": window_id, "school": school_id, "since": since, "until": until},
    )


def open_window(engine: Engine, *, at: str) -> Row | None:
    """The id of the window that is open now: there is never more than one."""
    sql = "SELECT id FROM evaluation_window WHERE opened_at IS NOT NULL AND closes_at > :at"
    return engine.one(sql, {"at": at})


def is_asked_anew(engine: Engine, row: Row, *, window_id: str) -> bool:
    """Whether this person has an invitation of their own in that window, or may have a card."""
    sql = """
    SELECT 1 AS yes FROM evaluation_invitation
    WHERE window_id = :window AND form = :form AND coalesce(school_id, '') = coalesce(:school, '')
      AND (person_code = :code OR (:way = 'card' AND way = 'card' AND follows IS NULL)) LIMIT 1
    """
    params = {"window": window_id, "form": row["form"], "school": row["school_id"]}
    return engine.one(sql, params | {"code": row["person_code"], "way": row["way"]}) is not None


def mark_answered(engine: Engine, *, invitation_id: str, node_id: str) -> bool:
    """Note that somebody answered about this coach; False where they had. Nothing tells when."""
    sql = (
        "UPDATE evaluation_about SET answered = 1 "
        "WHERE invitation_id = :id AND node_id = :node AND answered = 0"
    )
    return engine.run(sql, {"id": invitation_id, "node": node_id}) == 1


def ask_no_more_about(engine: Engine, *, invitation_id: str, node_id: str) -> None:
    """Somebody does not know this coach, so they were not asked about them."""
    engine.run(
        "DELETE FROM evaluation_about WHERE invitation_id = :id AND node_id = :node AND answered = 0",
        {"id": invitation_id, "node": node_id},
    )


def forget_when_done(engine: Engine, invitation_id: str) -> None:
    """The address has served once nothing is left to answer."""
    engine.run(
        "UPDATE evaluation_invitation SET address = NULL WHERE id = :id AND address IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM evaluation_about WHERE invitation_id = :id AND answered = 0)",
        {"id": invitation_id},
    )


def silence(engine: Engine, person_code: str) -> bool:
    """Write to this person no more, and forget their address; False where that was so."""
    engine.run(
        "UPDATE evaluation_invitation SET address = NULL WHERE person_code = :code", {"code": person_code}
    )
    sql = "INSERT INTO evaluation_silence (person_code) VALUES (:code) ON CONFLICT DO NOTHING"
    return engine.run(sql, {"code": person_code}) == 1


def insert_named(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """Answers with a name; refused where they were given."""
    engine.insert("named_answer", rows)


def insert_named_line(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("named_line", row)
