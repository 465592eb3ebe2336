"""SQL of the rhythm: plans, what stands in them, what a tick has to do, and when one ran last."""

from collections.abc import Mapping
from typing import Any

from survey.database import Engine, Row

_OPEN = "opened_at IS NULL AND opens_at <= :at AND closes_at > :at"
_OVER = "closed_at IS NULL AND closes_at <= :at"
_ROUNDS = """
SELECT 'round' AS kind, id, cohort_id, plan_id, opens_at, closes_at, lookback, opened_at, closed_at FROM round
UNION ALL
SELECT 'short', id, cohort_id, plan_id, opens_at, closes_at, 0, opened_at, closed_at FROM micro_round
"""
# What was told, or waits to be told, to a person about something is not told again.
_NEW = """
NOT EXISTS (SELECT 1 FROM notice WHERE notice.person_id = person.id AND notice.about = :about
  AND ((notice.kind = :kind AND notice.change = :change)
    OR (notice.told_at IS NULL AND notice.dropped_at IS NULL)))
"""


def insert_plan(engine: Engine, row: Mapping[str, Any]) -> None:
    """A new plan; the database refuses a second one for the same cohort and school year."""
    engine.insert("year_plan", row)


def insert_short_round(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("micro_round", row)


def move(engine: Engine, table: str, row: Mapping[str, Any]) -> int:
    """Other days for a round of this table that did not open yet."""
    return engine.run(
        f"UPDATE {table} SET opens_at = :opens_at, closes_at = :closes_at "  # noqa: S608 - names of this room
        "WHERE id = :id AND opens_at > :at",
        row,
    )


def days(engine: Engine, table: str, key: str) -> Row | None:
    """When a round of this table opens and closes."""
    return engine.one(f"SELECT opens_at, closes_at FROM {table} WHERE id = :id", {"id": key})  # noqa: S608


def changed_by(engine: Engine, key: str) -> str | None:
    """The name of who changed something in a plan last."""
    row = engine.one(
        "SELECT person.name FROM audit LEFT JOIN person ON person.id = audit.person_id "
        "WHERE audit.object = :key ORDER BY audit.at DESC, audit.id DESC LIMIT 1",
        {"key": key},
    )
    return row["name"] if row else None


def withdraw(engine: Engine, table: str, *, key: str, at: str) -> int:
    """Delete a round of this table that did not open yet."""
    return engine.run(f"DELETE FROM {table} WHERE id = :id AND opens_at > :at", {"id": key, "at": at})  # noqa: S608


def mark_opened(engine: Engine, table: str, *, key: str, at: str) -> bool:
    """Note that a round opened; whether nobody had noted it."""
    sql = f"UPDATE {table} SET opened_at = :at WHERE id = :id AND opened_at IS NULL"  # noqa: S608
    return engine.run(sql, {"id": key, "at": at}) == 1


def mark_closed(engine: Engine, table: str, *, key: str, at: str) -> bool:
    """Note that a round closed; whether nobody had noted it."""
    sql = f"UPDATE {table} SET closed_at = :at WHERE id = :id AND closed_at IS NULL"  # noqa: S608
    return engine.run(sql, {"id": key, "at": at}) == 1


def ask_in(engine: Engine, *, round_id: str, version: str) -> int:
    """Let a round in which nobody began ask in this version of its form."""
    return engine.run(
        "UPDATE round SET version = :version WHERE id = :id AND version <> :version "
        "AND NOT EXISTS (SELECT 1 FROM reflection WHERE reflection.round_id = round.id)",
        {"id": round_id, "version": version},
    )


def form_of(engine: Engine, round_id: str) -> str | None:
    """The form a round asks."""
    row = engine.one("SELECT form FROM round WHERE id = :id", {"id": round_id})
    return str(row["form"]) if row else None


def note_tick(engine: Engine, *, at: str) -> None:
    engine.run(
        "INSERT INTO setting (name, value) VALUES ('last_tick', :at) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"at": at},
    )


def last_tick(engine: Engine) -> str | None:
    """When a tick ran last."""
    row = engine.one("SELECT value FROM setting WHERE name = 'last_tick'")
    return str(row["value"]) if row else None


def has_rounds(engine: Engine) -> bool:
    """Whether anything is planned that a tick would open."""
    return engine.one(f"SELECT 1 AS yes FROM ({_ROUNDS}) AS every_round LIMIT 1") is not None  # noqa: S608


def cohorts(engine: Engine) -> list[Row]:
    """The cohorts, the newest first."""
    return engine.rows("SELECT id, name, profile, started_on FROM cohort ORDER BY started_on DESC, name")


def plans(engine: Engine) -> list[Row]:
    """Every plan: of which cohort and school year, for which region; the one made last is last."""
    return engine.rows("SELECT id, cohort_id, school_year, region FROM year_plan ORDER BY made_at, id")


def rounds(engine: Engine, *, first: str, after: str) -> list[Row]:
    """Rounds and short rounds that open from one moment up to another, the first one first."""
    return engine.rows(
        f"SELECT * FROM ({_ROUNDS}) AS every_round "  # noqa: S608
        "WHERE opens_at >= :first AND opens_at < :after ORDER BY opens_at, id",
        {"first": first, "after": after},
    )


def open_between(engine: Engine, *, cohort_id: str, opens_at: str, closes_at: str, but: str) -> bool:
    """Whether a round or short round of this cohort, another than `but`, is open at some moment of these."""
    found = engine.one(
        f"SELECT 1 AS yes FROM ({_ROUNDS}) AS every_round WHERE cohort_id = :cohort "  # noqa: S608
        "AND opens_at < :closes_at AND closes_at > :opens_at AND id <> :but LIMIT 1",
        {"cohort": cohort_id, "opens_at": opens_at, "closes_at": closes_at, "but": but},
    )
    return found is not None


def events(engine: Engine, *, first: str, after: str) -> list[Row]:
    """Meetings that begin from one moment up to another, one row for each of their cohorts."""
    return engine.rows(
        "SELECT event.id, event_cohort.cohort_id, event.kind, event.title, event.place, event.starts_at, "
        "event.ends_at, event.cancelled_at FROM event "
        "JOIN event_cohort ON event_cohort.event_id = event.id "
        "WHERE event.starts_at >= :first AND event.starts_at < :after ORDER BY event.starts_at, event.id",
        {"first": first, "after": after},
    )


def event(engine: Engine, key: str) -> Row | None:
    """One meeting, for an act that moves it or calls it off."""
    sql = "SELECT kind, title, place, starts_at, ends_at FROM event WHERE id = :id"
    return engine.one(sql, {"id": key})


def cohorts_of(engine: Engine, event_id: str) -> list[str]:
    """The cohorts of a meeting, for an act that leaves them as they are."""
    found = engine.rows("SELECT cohort_id FROM event_cohort WHERE event_id = :id", {"id": event_id})
    return [row["cohort_id"] for row in found]


def themes_of(engine: Engine, event_id: str) -> list[str]:
    """The competencies of a meeting, for an act that leaves them as they are."""
    found = engine.rows("SELECT competency FROM event_theme WHERE event_id = :id", {"id": event_id})
    return [row["competency"] for row in found]


def to_open(engine: Engine, *, at: str) -> list[Row]:
    """Rounds that are open and were not announced, each with its cohort."""
    return _of_cohorts(engine, _OPEN, {"at": at})


def to_close(engine: Engine, *, at: str) -> list[Row]:
    """Rounds that are over without anybody having noted it, each with its cohort."""
    return _of_cohorts(engine, _OVER, {"at": at})


def to_remind(engine: Engine, *, at: str, soon: str) -> list[Row]:
    """Full rounds that were announced and close soon, each with its cohort."""
    return _of_cohorts(
        engine,
        "kind = 'round' AND opened_at IS NOT NULL AND closes_at > :at AND closes_at <= :soon",
        {"at": at, "soon": soon},
    )


def _of_cohorts(engine: Engine, which: str, params: Mapping[str, str]) -> list[Row]:
    return engine.rows(
        f"SELECT every_round.*, cohort.name FROM ({_ROUNDS}) AS every_round "  # noqa: S608
        f"JOIN cohort ON cohort.id = every_round.cohort_id WHERE {which} ORDER BY opens_at, cohort.name",
        params,
    )


def coming_events(engine: Engine, *, at: str, before: str) -> list[Row]:
    """Meetings that begin after one moment and before another, also those called off."""
    return engine.rows(
        "SELECT id, title, starts_at, cancelled_at, coalesce(cancelled_at, changed_at, '') AS change "
        "FROM event WHERE starts_at > :at AND starts_at <= :before ORDER BY starts_at, id",
        {"at": at, "before": before},
    )


def trainers(engine: Engine, *, about: str, kind: str, change: str) -> list[str]:
    """Trainers of a meeting who are here and were not told this change that someone else made."""
    found = engine.rows(
        "SELECT DISTINCT person.id FROM event "  # noqa: S608
        "JOIN event_cohort ON event_cohort.event_id = event.id "
        "JOIN cohort_trainer ON cohort_trainer.cohort_id = event_cohort.cohort_id "
        "JOIN person ON person.id = cohort_trainer.person_id "
        "WHERE event.id = :about AND person.left_at IS NULL "
        f"AND person.id <> event.changed_by AND {_NEW} ORDER BY person.id",
        {"about": about, "kind": kind, "change": change},
    )
    return [row["id"] for row in found]


def asked(engine: Engine, *, cohort_id: str, day: str, about: str, kind: str) -> list[str]:
    """Members on this day who are here, did not submit, and were not told this about their round."""
    found = engine.rows(
        "SELECT person.id FROM cohort_member JOIN person ON person.id = cohort_member.person_id "  # noqa: S608
        "WHERE cohort_member.cohort_id = :cohort AND person.left_at IS NULL "
        "AND cohort_member.since <= :day AND (cohort_member.until IS NULL OR cohort_member.until >= :day) "
        "AND NOT EXISTS (SELECT 1 FROM reflection WHERE reflection.round_id = :about "
        "AND reflection.person_id = person.id AND reflection.submitted_at IS NOT NULL) "
        f"AND {_NEW} ORDER BY person.id",
        {"cohort": cohort_id, "day": day, "about": about, "kind": kind, "change": ""},
    )
    return [row["id"] for row in found]


def invited(engine: Engine, *, about: str, day: str, kind: str, change: str) -> list[str]:
    """Members on this day of the cohorts of a meeting who are here and were not told this about it.

    With a `change`: only those to whom the meeting was told before that change.
    """
    found = engine.rows(
        "SELECT DISTINCT person.id FROM event_cohort "  # noqa: S608
        "JOIN cohort_member ON cohort_member.cohort_id = event_cohort.cohort_id "
        "JOIN person ON person.id = cohort_member.person_id "
        "WHERE event_cohort.event_id = :about AND person.left_at IS NULL "
        "AND cohort_member.since <= :day AND (cohort_member.until IS NULL OR cohort_member.until >= :day) "
        "AND (:change = '' OR EXISTS (SELECT 1 FROM notice WHERE notice.person_id = person.id "
        f"AND notice.about = :about AND notice.told_at < :change)) AND {_NEW} ORDER BY person.id",
        {"about": about, "day": day, "kind": kind, "change": change},
    )
    return [row["id"] for row in found]
