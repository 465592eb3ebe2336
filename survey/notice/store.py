"""SQL of notices: what waits for whom, in which mail it goes, who wants none, and private calendars."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.database import Engine, Row

BUNDLE = "bundle"
_WAITS = "told_at IS NULL AND dropped_at IS NULL"
_HEARS = """person.status <> 'left'
AND NOT EXISTS (SELECT 1 FROM mail_choice WHERE mail_choice.person_id = person.id
  AND (mail_choice.stopped_at IS NOT NULL OR mail_choice.snoozed_until > :at))"""
_HEARD_LATELY = "SELECT 1 FROM notice AS told WHERE told.person_id = person.id AND told.told_at > :week_ago"
# A change cannot wait where the event comes soon, or was to come soon as its people were told before.
_CANNOT_WAIT = """SELECT 1 FROM notice JOIN event ON event.id = notice.about
WHERE notice.person_id = person.id AND notice.kind = 'event_changed'
  AND notice.told_at IS NULL AND notice.dropped_at IS NULL
  AND (event.starts_at BETWEEN :at AND :soon OR EXISTS (SELECT 1 FROM notice AS told
    WHERE told.person_id = person.id AND told.about = event.id AND told.told_at IS NOT NULL
    AND told.told_of BETWEEN :at AND :soon))"""


def insert_notices(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> int:
    """Add notices, except those that were added before; how many were new."""
    return engine.run(
        "INSERT INTO notice (id, person_id, kind, about, change, decided_at) "
        "VALUES (:id, :person_id, :kind, :about, :change, :decided_at) "
        "ON CONFLICT (person_id, about, kind, change) DO NOTHING",
        rows,
    )


def change_of(engine: Engine, event_id: str) -> str:
    """When an event was changed or called off last; empty where it never was."""
    found = engine.one("SELECT changed_at, cancelled_at FROM event WHERE id = :id", {"id": event_id})
    return str(found["cancelled_at"] or found["changed_at"] or "") if found else ""


def to_be_mailed(engine: Engine, *, at: str, week_ago: str, soon: str) -> list[Row]:
    """Who has something to hear, may hear it now, and has no mail that waits already."""
    return engine.rows(
        f"SELECT person.id, person.email FROM person WHERE {_HEARS} "  # noqa: S608 - constants of this module
        f"AND EXISTS (SELECT 1 FROM notice WHERE notice.person_id = person.id AND {_WAITS}) "
        f"AND (NOT EXISTS ({_HEARD_LATELY}) OR EXISTS ({_CANNOT_WAIT})) "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.person_id = person.id "
        f"AND outbox.writer = '{BUNDLE}' AND outbox.sent_at IS NULL AND outbox.expires_at IS NULL) "
        "ORDER BY person.id",
        {"at": at, "week_ago": week_ago, "soon": soon},
    )
