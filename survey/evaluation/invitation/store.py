"""SQL of invitations: who is asked where, about whom, and for how long their address is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row
from survey.evaluation.store import WORKED

_UNANSWERED = """
EXISTS (SELECT 1 FROM evaluation_about AS about
  WHERE about.invitation_id = invitation.id AND about.answered = 0)
"""


def asked(engine: Engine, window_id: str) -> set[tuple[str, str | None, str]]:
    """Who was asked in a window: form, school and person."""
    rows = engine.rows(
        "SELECT form, school_id, person_code FROM evaluation_invitation WHERE window_id = :id",
        {"id": window_id},
    )
    return {(row["form"], row["school_id"], row["person_code"]) for row in rows}


def late(engine: Engine, window_id: str) -> dict[tuple[str, str | None, str], str]:
    """The unnamed invitations of a window that go on from an earlier one, by form, school and person."""
    rows = engine.rows(
        "SELECT id, form, school_id, person_code FROM evaluation_invitation "
        "WHERE window_id = :id AND follows IS NOT NULL AND name IS NULL",
        {"id": window_id},
    )
    return {(row["form"], row["school_id"], row["person_code"]): row["id"] for row in rows}


def ask_themselves(engine: Engine, ids: Sequence[str]) -> None:
    """These persons are asked in this window, also had they not been asked before."""
    engine.run("UPDATE evaluation_invitation SET follows = NULL WHERE id = :id", [{"id": one} for one in ids])


def insert(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("evaluation_invitation", rows)


def insert_about_coaches(engine: Engine, *, window_id: str, since: str, until: str) -> None:
    """Every new invitation to a school asks about each coach in the tree who worked there in these days."""
    engine.run(
        f"""
        INSERT INTO evaluation_about (invitation_id, node_id)
        SELECT DISTINCT invitation.id, node.id FROM evaluation_invitation AS invitation
        JOIN works_at ON works_at.school_id = invitation.school_id AND {WORKED}
        JOIN evaluation_node AS node ON node.window_id = invitation.window_id
          AND node.level = 'coach' AND node.person_id = works_at.person_id
        WHERE invitation.window_id = :window
          AND invitation.id NOT IN (SELECT invitation_id FROM evaluation_about)
        """,  # noqa: S608 - a constant
        {"window": window_id, "since": since, "until": until},
    )


def insert_about_programme(engine: Engine, *, window_id: str) -> None:
    """Every new invitation without a school asks about the whole programme."""
    engine.run(
        """
        INSERT INTO evaluation_about (invitation_id, node_id)
        SELECT invitation.id, node.id FROM evaluation_invitation AS invitation
        JOIN evaluation_node AS node ON node.window_id = invitation.window_id AND node.level = 'programme'
        WHERE invitation.window_id = :window AND invitation.school_id IS NULL
          AND invitation.id NOT IN (SELECT invitation_id FROM evaluation_about)
        """,
        {"window": window_id},
    )


def to_write_to(engine: Engine, window_id: str, *, asked_before: str) -> list[Row]:
    """Invitations with an address that nobody answered or was reminded of, in the order of letters."""
    return engine.rows(
        f"""
        SELECT invitation.id, invitation.form, invitation.address, invitation.person_code,
          school.name AS school
        FROM evaluation_invitation AS invitation LEFT JOIN school ON school.id = invitation.school_id
        WHERE invitation.window_id = :window AND invitation.address IS NOT NULL
          AND invitation.reminded_at IS NULL AND invitation.asked_at <= :before AND {_UNANSWERED}
        ORDER BY invitation.person_code, invitation.school_id IS NULL, invitation.form, invitation.id
        """,  # noqa: S608 - a constant
        {"window": window_id, "before": asked_before},
    )


def note_reminded(engine: Engine, ids: Sequence[str], *, at: str) -> None:
    sql = "UPDATE evaluation_invitation SET reminded_at = :at WHERE id = :id"
    engine.run(sql, [{"id": one, "at": at} for one in ids])


def forget_addresses(engine: Engine, window_id: str) -> None:
    engine.run("UPDATE evaluation_invitation SET address = NULL WHERE window_id = :id", {"id": window_id})


def silent(engine: Engine) -> set[str]:
    """The codes of those who asked for no more mail."""
    return {row["person_code"] for row in engine.rows("SELECT person_code FROM evaluation_silence")}


def delete_named(engine: Engine, invitation_id: str) -> Row | None:
    """Take back the invitation to a named form that nobody answered; its window and person."""
    rows = engine.rows(
        """
        DELETE FROM evaluation_invitation WHERE id = :id AND name IS NOT NULL
          AND id NOT IN (SELECT invitation_id FROM evaluation_about WHERE answered = 1)
        RETURNING window_id, person_code, form
        """,
        {"id": invitation_id},
    )
    return rows[0] if rows else None


_UNNAMED = """
window_id = :window AND form = :form AND person_code = :code
AND NOT EXISTS (SELECT 1 FROM evaluation_invitation AS other
  WHERE other.window_id = :window AND other.person_code = :code AND other.name IS NOT NULL)
"""


def delete_unnamed(engine: Engine, *, window_id: str, form: str, person_code: str) -> bool:
    """Take back what somebody is to be asked about the programme, where no named form of theirs is left."""
    sql = f"DELETE FROM evaluation_invitation WHERE {_UNNAMED}"  # noqa: S608 - a constant
    return engine.run(sql, {"window": window_id, "form": form, "code": person_code}) == 1


def forget_unnamed(engine: Engine, *, window_id: str, form: str, person_code: str) -> bool:
    """Write no more about the programme to somebody of whom no named form is left."""
    sql = f"UPDATE evaluation_invitation SET address = NULL WHERE {_UNNAMED}"  # noqa: S608 - a constant
    return engine.run(sql, {"window": window_id, "form": form, "code": person_code}) == 1


def address_anew(engine: Engine, row: Mapping[str, Any]) -> list[str]:
    """Know the address again of who was asked this before and did not answer; the id of that invitation."""
    rows = engine.rows(
        f"""
        UPDATE evaluation_invitation AS invitation SET address = :address, reminded_at = NULL
        WHERE invitation.window_id = :window AND invitation.form = :form AND invitation.person_code = :code
          AND invitation.address IS NULL AND {_UNANSWERED}
          AND invitation.person_code NOT IN (SELECT person_code FROM evaluation_silence)
        RETURNING id
        """,  # noqa: S608 - a constant
        {
            "window": row["window_id"],
            "form": row["form"],
            "code": row["person_code"],
            "address": row["address"],
        },
    )
    return [found["id"] for found in rows]


def has_coach(engine: Engine, *, window_id: str, school_id: str, since: str, until: str) -> bool:
    """Whether somebody in the tree of the window worked at this school in these days."""
    sql = f"""
    SELECT 1 AS yes FROM works_at JOIN evaluation_node AS node ON node.person_id = works_at.person_id
    WHERE works_at.school_id = :school AND node.window_id = :window AND {WORKED} LIMIT 1
    """  # noqa: S608 - a constant
    params = {"window": window_id, "school": school_id, "since": since, "until": until}
    return engine.one(sql, params) is not None


def _runs(scope: Scope) -> bool:
    """Whether the reader runs the evaluation: nobody else reads who was asked."""
    return scope.can(Permission.RUN_EVALUATION)


def schools(engine: Engine, *, window_id: str, since: str, until: str, scope: Scope) -> list[Row]:
    """Every school where a coach in the tree worked in these days, a row for each coach."""
    if not _runs(scope):
        return []
    return engine.rows(
        f"""
        SELECT DISTINCT school.id, school.name, school.place, school.municipality, node.label AS coach
        FROM works_at JOIN school ON school.id = works_at.school_id
        JOIN evaluation_node AS node ON node.person_id = works_at.person_id AND node.window_id = :window
        WHERE {WORKED} ORDER BY school.name, school.place, school.id, node.label
        """,  # noqa: S608 - a constant
        {"window": window_id, "since": since, "until": until},
    )


def response(engine: Engine, window_id: str, *, scope: Scope) -> list[Row]:
    """By form and school: how many were asked, and how many of them answered about somebody.

    Without those who answer late and stay unnamed: they are asked in this window only because they answered.
    """
    if not _runs(scope):
        return []
    return engine.rows(
        """
        SELECT invitation.form, invitation.school_id, count(*) AS asked, sum(said.answered) AS replied,
          sum(CASE WHEN invitation.way = 'card' THEN 1 ELSE 0 END) AS cards
        FROM evaluation_invitation AS invitation
        LEFT JOIN (SELECT invitation_id, max(answered) AS answered FROM evaluation_about
          GROUP BY invitation_id) AS said ON said.invitation_id = invitation.id
        WHERE invitation.window_id = :window AND (invitation.follows IS NULL OR invitation.name IS NOT NULL)
        GROUP BY invitation.form, invitation.school_id
        """,
        {"window": window_id},
    )


def named(engine: Engine, window_id: str, *, school_id: str, scope: Scope) -> list[Row]:
    """The named invitations at a school: who, and whether they answered."""
    if not _runs(scope):
        return []
    return engine.rows(
        f"""
        SELECT invitation.id, invitation.form, invitation.name, invitation.address,
          CASE WHEN {_UNANSWERED} THEN 0 ELSE 1 END AS is_answered
        FROM evaluation_invitation AS invitation
        WHERE invitation.window_id = :window AND invitation.school_id = :school
          AND invitation.name IS NOT NULL
        ORDER BY invitation.form, invitation.name, invitation.id
        """,  # noqa: S608 - a constant
        {"window": window_id, "school": school_id},
    )


def cards(engine: Engine, window_id: str, *, school_id: str, form: str, scope: Scope) -> list[Row]:
    """Every card of a form at a school, answered or not: nobody can tell which.

    Without one of an earlier window that was answered late: it is in this window only by that answer.
    """
    if not _runs(scope):
        return []
    return engine.rows(
        """
        SELECT id FROM evaluation_invitation
        WHERE window_id = :window AND school_id = :school AND form = :form AND way = 'card'
          AND follows IS NULL
        ORDER BY asked_at, id
        """,
        {"window": window_id, "school": school_id, "form": form},
    )
