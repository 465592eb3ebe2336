"""SQL of talks and private notes: written in open cases of their coach, read by that coach alone."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_KEPT = '"case".coach_id = :by AND "case".closed_at IS NULL'
_IN_A_KEPT_CASE = f'case_id IN (SELECT "case".id FROM "case" WHERE {_KEPT})'  # noqa: S608 - a constant
_REMOVE_LINE = f"DELETE FROM note WHERE place = 'talk' AND about = :id AND {_IN_A_KEPT_CASE}"  # noqa: S608
_REMOVE_TALK = f"DELETE FROM talk WHERE id = :id AND {_IN_A_KEPT_CASE}"  # noqa: S608
_OWN_LINE = "case_id = :case_id AND place = :place AND about = :about AND written_by = :by"
_TALK = """
SELECT talk.id, talk.kind, talk.state, talk.day, talk.starts_at, talk.noted_at, note.line
FROM talk JOIN "case" ON "case".id = talk.case_id
LEFT JOIN note ON note.case_id = talk.case_id AND note.place = 'talk' AND note.about = talk.id
  AND note.written_by = :coach
WHERE "case".coach_id = :coach AND "case".id = :case
"""


def insert_talk(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Add a talk to an open case of this coach, if none has its id; how many that were."""
    sql = f"""
    INSERT INTO talk (id, case_id, kind, state, day, starts_at, noted_at)
    SELECT :id, "case".id, :kind, :state, :day, :starts_at, :noted_at
    FROM "case" WHERE "case".id = :case_id AND {_KEPT}
    ON CONFLICT (id) DO NOTHING
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def has_talk(engine: Engine, row: Mapping[str, Any], *, by: str) -> bool:
    """Whether an open case of this coach has a talk with this id."""
    sql = f"SELECT 1 FROM talk WHERE id = :id AND case_id = :case_id AND {_IN_A_KEPT_CASE}"  # noqa: S608
    return engine.one(sql, {"id": row["id"], "case_id": row["case_id"], "by": by}) is not None


def update_talk(engine: Engine, row: Mapping[str, Any], *, by: str) -> int:
    """Change a talk in an open case of this coach; one that was held stays held. How many that were."""
    sql = f"""
    UPDATE talk SET kind = :kind, state = :state, day = :day, starts_at = :starts_at
    WHERE id = :id AND case_id = :case_id AND (state <> 'done' OR :state = 'done') AND {_IN_A_KEPT_CASE}
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, {**row, "by": by})


def cancel(engine: Engine, talk_id: str, *, by: str) -> int:
    """A planned talk in an open case of this coach will not be; how many that were."""
    sql = f"UPDATE talk SET state = 'cancelled' WHERE id = :id AND state = 'planned' AND {_IN_A_KEPT_CASE}"  # noqa: S608
    return engine.run(sql, {"id": talk_id, "by": by})


def remove(engine: Engine, talk_id: str, *, by: str) -> int:
    """Drop a talk of an open case of this coach with all that hangs on it; how many that were."""
    for sql in (_REMOVE_LINE, _REMOVE_TALK):
        removed = engine.run(sql, {"id": talk_id, "by": by})
    return removed


def incident_on(engine: Engine, *, case_id: str, day: str, by: str) -> str | None:
    """The incident noted on a day, in an open case of this coach."""
    sql = f"""
    SELECT id FROM talk WHERE kind = 'incident' AND day = :day AND case_id = :case AND {_IN_A_KEPT_CASE}
    """  # noqa: S608 - a constant of this module
    row = engine.one(sql, {"case": case_id, "day": day, "by": by})
    return str(row["id"]) if row else None


def talk_to_agree_on(engine: Engine, sought: Mapping[str, Any], *, by: str) -> str | None:
    """The talk named, of this day or still to come, else the newest of this day with this person.

    Only one where the line sought can stand.
    """
    sql = f"""
    SELECT talk.id FROM talk
    LEFT JOIN note ON note.case_id = talk.case_id AND note.place = 'talk' AND note.about = talk.id
    WHERE talk.case_id = :case_id AND talk.state <> 'cancelled' AND talk.kind <> 'incident'
      AND ((talk.id = :talk_id AND talk.day >= :day) OR (talk.day = :day
        AND EXISTS (SELECT 1 FROM talk_with WHERE talk_with.talk_id = talk.id AND talk_with.who = :who)))
      AND (note.line IS NULL OR :line = '' OR note.line = :line) AND talk.{_IN_A_KEPT_CASE}
    ORDER BY CASE WHEN talk.id = :talk_id THEN 0 ELSE 1 END, talk.noted_at DESC, talk.id DESC
    """  # noqa: S608 - a constant of this module
    row = engine.one(sql, {**sought, "by": by})
    return str(row["id"]) if row else None


def mark_done(engine: Engine, talk_id: str, *, today: str) -> None:
    """A talk took place, today if it was planned for later; the caller has looked at it in the same act."""
    engine.run(
        "UPDATE talk SET state = 'done', day = CASE WHEN day > :today THEN :today ELSE day END "
        "WHERE id = :talk",
        {"talk": talk_id, "today": today},
    )


def add_agreed(engine: Engine, talk_id: str, choices: Collection[str]) -> None:
    """Something more was agreed in a talk; the caller has looked at it in the same act."""
    rows = [{"talk": talk_id, "choice": one} for one in sorted(set(choices))]
    if rows:
        engine.run("INSERT INTO talk_agreed VALUES (:talk, :choice) ON CONFLICT DO NOTHING", rows)


def put_check(engine: Engine, talk_id: str, link_id: str) -> None:
    """A check of the same case was talked about in a talk, which the caller has written in the same act."""
    engine.run(
        """
        INSERT INTO talk_check (link_id, talk_id)
        SELECT link.id, talk.id
        FROM talk JOIN informant ON informant.case_id = talk.case_id
        JOIN checkin_link AS link ON link.informant_id = informant.id
        WHERE talk.id = :talk AND link.id = :link
        ON CONFLICT (link_id) DO UPDATE SET talk_id = excluded.talk_id
        """,
        {"talk": talk_id, "link": link_id},
    )


def talk_about(engine: Engine, case_id: str, link_id: str, *, scope: Scope) -> str | None:
    """The talk in which a check was talked about, in a case of this coach."""
    row = engine.one(
        """
        SELECT talk_check.talk_id FROM talk_check
        JOIN talk ON talk.id = talk_check.talk_id JOIN "case" ON "case".id = talk.case_id
        WHERE talk_check.link_id = :link AND "case".id = :case AND "case".coach_id = :coach
        """,
        {"link": link_id, "case": case_id, "coach": scope.person_id},
    )
    return str(row["talk_id"]) if row else None


def planned_until(engine: Engine, day: str, *, scope: Scope) -> list[Row]:
    """The planned talks up to a day in open cases of this coach, in the order of time."""
    return engine.rows(
        """
        SELECT talk.id, talk.day, talk.starts_at, "case".code
        FROM talk JOIN "case" ON "case".id = talk.case_id
        WHERE "case".coach_id = :coach AND "case".closed_at IS NULL
          AND talk.state = 'planned' AND talk.day <= :day
        ORDER BY talk.day, coalesce(talk.starts_at, '24'), talk.id
        """,
        {"day": day, "coach": scope.person_id},
    )


def replace_with(engine: Engine, talk_id: str, who: Collection[str]) -> None:
    """With whom a talk is; the caller has written the talk in the same act."""
    engine.run("DELETE FROM talk_with WHERE talk_id = :talk", {"talk": talk_id})
    if who:
        engine.insert("talk_with", [{"talk_id": talk_id, "who": one} for one in sorted(set(who))])


def replace_agreed(engine: Engine, talk_id: str, choices: Collection[str]) -> None:
    """What was agreed in a talk; the caller has written the talk in the same act."""
    engine.run("DELETE FROM talk_agreed WHERE talk_id = :talk", {"talk": talk_id})
    if choices:
        engine.insert("talk_agreed", [{"talk_id": talk_id, "choice": one} for one in sorted(set(choices))])


def talks(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """Every talk of a case of this coach with the coach's own line, newest first."""
    return engine.rows(
        f"""
        {_TALK}
        ORDER BY talk.day DESC, coalesce(talk.starts_at, '') DESC, talk.noted_at DESC, talk.id DESC
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def who(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """With whom each talk of a case of this coach is."""
    return engine.rows(
        """
        SELECT talk_with.talk_id, talk_with.who, talk.state
        FROM talk_with JOIN talk ON talk.id = talk_with.talk_id JOIN "case" ON "case".id = talk.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach ORDER BY talk_with.talk_id, talk_with.who
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def agreed(engine: Engine, case_id: str, *, scope: Scope) -> list[Row]:
    """What was agreed in each talk of a case of this coach."""
    return engine.rows(
        """
        SELECT talk_agreed.talk_id, talk_agreed.choice
        FROM talk_agreed JOIN talk ON talk.id = talk_agreed.talk_id JOIN "case" ON "case".id = talk.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach ORDER BY talk_agreed.talk_id, talk_agreed.choice
        """,
        {"case": case_id, "coach": scope.person_id},
    )


def put_note(engine: Engine, row: Mapping[str, Any]) -> int:
    """Write a line in an open case of its writer, over what they wrote there; how many that were."""
    sql = f"""
    INSERT INTO note (id, case_id, place, about, line, written_by, written_at)
    SELECT :id, "case".id, :place, :about, :line, :by, :written_at
    FROM "case" WHERE "case".id = :case_id AND {_KEPT}
    ON CONFLICT (case_id, place, about) DO UPDATE SET line = excluded.line, written_at = excluded.written_at
    WHERE note.written_by = excluded.written_by
    """  # noqa: S608 - a constant of this module
    return engine.run(sql, row)


def line(engine: Engine, row: Mapping[str, Any], *, by: str) -> str:
    """What this person wrote in a place; empty where that is nothing."""
    found = engine.one(f"SELECT line FROM note WHERE {_OWN_LINE}", {**row, "by": by})  # noqa: S608 - a constant
    return str(found["line"]) if found else ""


def remove_note(engine: Engine, row: Mapping[str, Any], *, by: str) -> None:
    """Take back one's own line, also in a closed case."""
    engine.run(f"DELETE FROM note WHERE {_OWN_LINE}", {**row, "by": by})  # noqa: S608 - a constant


def cancel_planned(engine: Engine, *, case_id: str, by: str) -> None:
    """The planned talks of an open case of this coach will not be."""
    sql = f"""
    UPDATE talk SET state = 'cancelled' WHERE case_id = :case AND state = 'planned' AND {_IN_A_KEPT_CASE}
    """  # noqa: S608 - a constant of this module
    engine.run(sql, {"case": case_id, "by": by})


def remove_notes(engine: Engine, *, case_id: str) -> None:
    """Drop every private line of a case."""
    engine.run("DELETE FROM note WHERE case_id = :case", {"case": case_id})


def notes(engine: Engine, case_id: str, *, scope: Scope) -> Sequence[Row]:
    """What this coach wrote in a case they keep."""
    return engine.rows(
        """
        SELECT note.place, note.about, note.line, note.written_at
        FROM note JOIN "case" ON "case".id = note.case_id
        WHERE "case".id = :case AND "case".coach_id = :coach AND note.written_by = :coach
        """,
        {"case": case_id, "coach": scope.person_id},
    )
