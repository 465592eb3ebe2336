"""SQL of events: when, for which cohorts and about what, who was there, and what people bring along."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_DAY = "substr(event.starts_at, 1, 10)"
# Who an event is for: everybody who was in one of its cohorts on that day.
_MEMBERS = f"""event_cohort
JOIN event ON event.id = event_cohort.event_id
JOIN cohort_member ON cohort_member.cohort_id = event_cohort.cohort_id
  AND cohort_member.since <= {_DAY} AND (cohort_member.until IS NULL OR cohort_member.until >= {_DAY})
JOIN person ON person.id = cohort_member.person_id"""
_TRAINED = "SELECT cohort_id FROM cohort_trainer WHERE person_id = :person"
_TRAINS = f"event.id IN (SELECT event_id FROM event_cohort WHERE cohort_id IN ({_TRAINED}))"  # noqa: S608
_JOINS = (
    f"event.id IN (SELECT event_cohort.event_id FROM {_MEMBERS} "  # noqa: S608 - constants of this module
    "WHERE person.id = :person AND person.left_at IS NULL)"
)
_BELONGED = """EXISTS (SELECT 1 FROM event_cohort AS theirs
  JOIN cohort_member AS reader ON reader.cohort_id = theirs.cohort_id
  WHERE theirs.event_id = event.id AND reader.person_id = :person
  AND reader.since < substr(shared_focus.shared_at, 1, 10))"""
_FIELDS = (
    "event.id, event.kind, event.title, event.place, event.starts_at, event.ends_at, "
    "event.changed_at, event.cancelled_at, event.resumed_at"
)
# The events a person may know of, and how that person stands to each: flags of 0 or 1.
_EVENTS = f"""
SELECT * FROM (
  SELECT {_FIELDS},
    CASE WHEN {_TRAINS} THEN 1 ELSE 0 END AS trains, CASE WHEN {_JOINS} THEN 1 ELSE 0 END AS joins
  FROM event) AS event
WHERE (trains = 1 OR joins = 1)
"""  # noqa: S608 - constants of this module
# An intervision that is still to be held, seen by who trains it or belongs to it.
_TO_COME = "event.kind = 'intervision' AND event.cancelled_at IS NULL AND event.ends_at > :at"


def insert_event(engine: Engine, row: Mapping[str, Any]) -> int:
    """Add an event, if none has its id; how many that were."""
    return engine.run(
        "INSERT INTO event (id, kind, title, place, starts_at, ends_at, plan_id, made_by, made_at) VALUES "
        "(:id, :kind, :title, :place, :starts_at, :ends_at, :plan_id, :made_by, :made_at) "
        "ON CONFLICT (id) DO NOTHING",
        row,
    )


def update_event(engine: Engine, row: Mapping[str, Any]) -> None:
    """Write what an event is now; the caller has looked at it in the same act."""
    engine.run(
        "UPDATE event SET kind = :kind, title = :title, place = :place, starts_at = :starts_at, "
        "ends_at = :ends_at WHERE id = :id",
        row,
    )


def mark_moved(engine: Engine, event_id: str, *, by: str | None, at: str) -> None:
    """An event has another time or place."""
    row = {"id": event_id, "by": by, "at": at}
    engine.run("UPDATE event SET changed_at = :at, changed_by = :by WHERE id = :id", row)


def cancel(engine: Engine, event_id: str, *, by: str | None, at: str) -> None:
    """An event is called off; the caller has looked at it in the same act."""
    row = {"id": event_id, "by": by, "at": at}
    engine.run("UPDATE event SET cancelled_at = :at, changed_by = :by WHERE id = :id", row)


def resume(engine: Engine, event_id: str, *, by: str | None, at: str) -> None:
    """An event that was called off goes on; the caller has looked at it in the same act."""
    engine.run(
        "UPDATE event SET cancelled_at = NULL, resumed_at = :at, changed_at = :at, changed_by = :by "
        "WHERE id = :id",
        {"id": event_id, "by": by, "at": at},
    )


def take_apart(engine: Engine, event_id: str, key: str, cohort_ids: Collection[str]) -> None:
    """These cohorts get an event of their own, as this one stands; it is no longer for them.

    What they were told of it, and bring to it, goes along; not of who belongs to it in another cohort too.
    """
    engine.run(
        "INSERT INTO event (id, kind, title, place, starts_at, ends_at, plan_id, made_by, made_at, "
        "changed_at, cancelled_at, changed_by, resumed_at) SELECT :key, kind, title, place, starts_at, "
        "ends_at, plan_id, made_by, made_at, changed_at, cancelled_at, changed_by, resumed_at "
        "FROM event WHERE id = :id",
        {"id": event_id, "key": key},
    )
    engine.run(
        "UPDATE event_cohort SET event_id = :key WHERE event_id = :id AND cohort_id = :cohort",
        [{"id": event_id, "key": key, "cohort": one} for one in sorted(cohort_ids)],
    )
    replace_themes(engine, key, themes_of_event(engine, event_id))
    stay = (
        f"SELECT person.id FROM {_MEMBERS} WHERE event.id = :id UNION SELECT cohort_trainer.person_id "  # noqa: S608
        "FROM cohort_trainer JOIN event_cohort ON event_cohort.cohort_id = cohort_trainer.cohort_id "
        "WHERE event_cohort.event_id = :id"
    )
    for table, column in (("notice", "about"), ("shared_focus", "event_id")):
        engine.run(
            f"UPDATE {table} SET {column} = :key WHERE {column} = :id AND person_id NOT IN ({stay})",  # noqa: S608
            {"id": event_id, "key": key},
        )


def replace_cohorts(engine: Engine, event_id: str, cohort_ids: Collection[str]) -> None:
    """For which cohorts an event is."""
    engine.run("DELETE FROM event_cohort WHERE event_id = :id", {"id": event_id})
    engine.insert("event_cohort", [{"event_id": event_id, "cohort_id": one} for one in sorted(cohort_ids)])


def replace_themes(engine: Engine, event_id: str, themes: Collection[str]) -> None:
    """Which competencies an event is about."""
    engine.run("DELETE FROM event_theme WHERE event_id = :id", {"id": event_id})
    if themes:
        engine.insert("event_theme", [{"event_id": event_id, "competency": one} for one in sorted(themes)])


def event_row(engine: Engine, event_id: str) -> Row | None:
    """One event, for an act that looks at whose it is."""
    return engine.one(f"SELECT {_FIELDS} FROM event WHERE event.id = :id", {"id": event_id})  # noqa: S608


def cohorts_of_event(engine: Engine, event_id: str) -> frozenset[str]:
    """For which cohorts an event is, for an act that looks at whose it is."""
    found = engine.rows("SELECT cohort_id FROM event_cohort WHERE event_id = :id", {"id": event_id})
    return frozenset(row["cohort_id"] for row in found)


def themes_of_event(engine: Engine, event_id: str) -> frozenset[str]:
    """What an event is about, for an act that looks at whose it is."""
    found = engine.rows("SELECT competency FROM event_theme WHERE event_id = :id", {"id": event_id})
    return frozenset(row["competency"] for row in found)


def trained(engine: Engine, scope: Scope) -> list[Row]:
    """The cohorts this trainer trains, by name."""
    return engine.rows(
        f"SELECT id, name, profile FROM cohort WHERE id IN ({_TRAINED}) ORDER BY started_on, name",  # noqa: S608
        {"person": scope.person_id},
    )


def events(engine: Engine, *, scope: Scope) -> list[Row]:
    """Every event of the cohorts this person trains, or was in on the day of it; the earliest first."""
    return engine.rows(f"{_EVENTS} ORDER BY starts_at, id", {"person": scope.person_id})


def event(engine: Engine, event_id: str, *, scope: Scope) -> Row | None:
    """One event this person may know of."""
    return engine.one(f"{_EVENTS} AND id = :id", {"person": scope.person_id, "id": event_id})


def cohort_names(engine: Engine, *, scope: Scope) -> list[Row]:
    """The cohorts of every event this person may know of, with the profile of each."""
    return engine.rows(
        f"SELECT event_cohort.event_id, cohort.id, cohort.name, cohort.profile "  # noqa: S608
        f"FROM event_cohort JOIN cohort ON cohort.id = event_cohort.cohort_id "
        f"WHERE event_cohort.event_id IN (SELECT id FROM ({_EVENTS}) AS known) ORDER BY cohort.name",
        {"person": scope.person_id},
    )


def themes(engine: Engine, *, scope: Scope) -> list[Row]:
    """The competencies of every event this person may know of."""
    return engine.rows(
        f"SELECT event_id, competency FROM event_theme "  # noqa: S608 - constants of this module
        f"WHERE event_id IN (SELECT id FROM ({_EVENTS}) AS known)",
        {"person": scope.person_id},
    )


def roll(engine: Engine, event_id: str, *, scope: Scope) -> list[Row]:
    """Who an event was for in the cohorts this trainer trains, by name, and what was noted."""
    return engine.rows(
        f"SELECT person.id, person.name, min(cohort.name) AS cohort, attendance.state "  # noqa: S608
        f"FROM {_MEMBERS} JOIN cohort ON cohort.id = event_cohort.cohort_id "
        "LEFT JOIN attendance ON attendance.event_id = event.id AND attendance.person_id = person.id "
        f"WHERE event.id = :event AND event_cohort.cohort_id IN ({_TRAINED}) "
        "GROUP BY person.id, person.name, attendance.state ORDER BY cohort, person.name, person.id",
        {"event": event_id, "person": scope.person_id},
    )


def members(engine: Engine, event_id: str) -> frozenset[str]:
    """Everybody an event was for, for an operator who notes who was there."""
    found = engine.rows(
        f"SELECT DISTINCT person.id FROM {_MEMBERS} WHERE event.id = :event",  # noqa: S608
        {"event": event_id},
    )
    return frozenset(row["id"] for row in found)


def counts(engine: Engine, *, scope: Scope, at: str) -> list[Row]:
    """By event that has begun: how many coaches this trainer expected, noted, and noted as present."""
    return engine.rows(
        f"SELECT event.id, count(DISTINCT person.id) AS expected, "  # noqa: S608
        "count(DISTINCT attendance.person_id) AS noted, "
        "count(DISTINCT CASE WHEN attendance.state = 'present' THEN person.id END) AS present "
        f"FROM {_MEMBERS} "
        "LEFT JOIN attendance ON attendance.event_id = event.id AND attendance.person_id = person.id "
        f"WHERE event.starts_at <= :at AND event_cohort.cohort_id IN ({_TRAINED}) GROUP BY event.id",
        {"person": scope.person_id, "at": at},
    )


def own_attendance(engine: Engine, *, scope: Scope) -> list[Row]:
    """At which events this person was noted as present or absent."""
    return engine.rows(
        "SELECT event_id, state FROM attendance WHERE person_id = :person", {"person": scope.person_id}
    )


def has_attendance(engine: Engine, event_id: str) -> bool:
    """Whether it was noted who was there."""
    found = engine.one("SELECT 1 AS yes FROM attendance WHERE event_id = :id LIMIT 1", {"id": event_id})
    return found is not None


def put_attendance(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note who was there, in the place of what was noted before."""
    engine.run(
        "INSERT INTO attendance (event_id, person_id, state, noted_by, noted_at) "
        "VALUES (:event_id, :person_id, :state, :noted_by, :noted_at) "
        "ON CONFLICT (event_id, person_id) DO UPDATE SET state = excluded.state, "
        "noted_by = excluded.noted_by, noted_at = excluded.noted_at",
        rows,
    )


def belongs(engine: Engine, event_id: str, *, at: str, scope: Scope) -> bool:
    """Whether this person belongs to an intervision that is still to be held."""
    sql = f"SELECT 1 AS yes FROM event WHERE event.id = :event AND {_TO_COME} AND {_JOINS}"  # noqa: S608
    return engine.one(sql, {"event": event_id, "at": at, "person": scope.person_id}) is not None


def replace_brought(engine: Engine, event_id: str, person_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """What someone brings along, in the place of what that was before."""
    engine.run(
        "DELETE FROM shared_focus WHERE event_id = :event AND person_id = :person",
        {"event": event_id, "person": person_id},
    )
    if rows:
        engine.insert("shared_focus", rows)


def is_brought_to(engine: Engine, event_id: str) -> bool:
    """Whether people bring something along."""
    found = engine.one("SELECT 1 AS yes FROM shared_focus WHERE event_id = :id LIMIT 1", {"id": event_id})
    return found is not None


def brought(engine: Engine, event_id: str, *, at: str, scope: Scope) -> list[Row]:
    """What people bring to an intervision to come, and who: for those who belong to it themselves.

    Who came into a cohort of it later than that was brought sees no name: it was not brought to them.
    """
    return engine.rows(
        f"SELECT DISTINCT shared_focus.item, person.id AS person_id, "  # noqa: S608
        f"CASE WHEN person.id = :person OR {_BELONGED} THEN person.name END AS name FROM {_MEMBERS} "
        "JOIN shared_focus ON shared_focus.event_id = event.id AND shared_focus.person_id = person.id "
        f"WHERE event.id = :event AND person.left_at IS NULL AND {_TO_COME} AND {_JOINS} "
        "ORDER BY shared_focus.item, 3",
        {"event": event_id, "at": at, "person": scope.person_id},
    )


def how_many_bring(engine: Engine, event_id: str, *, at: str, scope: Scope) -> list[Row]:
    """What people bring to an intervision to come, and how many: for who trains a cohort of it."""
    return engine.rows(
        f"SELECT shared_focus.item, count(DISTINCT person.id) AS people "  # noqa: S608
        f"FROM {_MEMBERS} "
        "JOIN shared_focus ON shared_focus.event_id = event.id AND shared_focus.person_id = person.id "
        f"WHERE event.id = :event AND person.left_at IS NULL AND {_TO_COME} "
        f"AND event_cohort.cohort_id IN ({_TRAINED}) GROUP BY shared_focus.item",
        {"event": event_id, "at": at, "person": scope.person_id},
    )
