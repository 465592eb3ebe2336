"""SQL of notices: what waits for whom, in which mail it goes, who wants none, and private calendars."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

BUNDLE = "bundle"
_WAITS = "told_at IS NULL AND dropped_at IS NULL AND kind <> 'released'"
_HEARS = """person.status <> 'left'
AND NOT EXISTS (SELECT 1 FROM mail_choice WHERE mail_choice.person_id = person.id
  AND (mail_choice.stopped_at IS NOT NULL OR mail_choice.snoozed_until > :at))"""
_HEARD_LATELY = "SELECT 1 FROM notice AS told WHERE told.person_id = person.id AND told.told_at > :week_ago"
_TOLD_A_CHANGE = f"{_HEARD_LATELY.replace(':week_ago', ':just_now')} AND told.kind = 'event_changed'"
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


def to_be_mailed(engine: Engine, *, at: str, week_ago: str, just_now: str, soon: str) -> list[Row]:
    """Who has something to hear, may hear it now, and has no mail that waits already."""
    return engine.rows(
        f"SELECT person.id, person.email FROM person WHERE {_HEARS} "  # noqa: S608 - constants of this module
        f"AND EXISTS (SELECT 1 FROM notice WHERE notice.person_id = person.id AND {_WAITS}) "
        f"AND (NOT EXISTS ({_HEARD_LATELY}) "
        f"OR (EXISTS ({_CANNOT_WAIT}) AND NOT EXISTS ({_TOLD_A_CHANGE}))) "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.person_id = person.id "
        f"AND outbox.writer = '{BUNDLE}' AND outbox.sent_at IS NULL AND outbox.expires_at IS NULL) "
        "ORDER BY person.id",
        {"at": at, "week_ago": week_ago, "just_now": just_now, "soon": soon},
    )


def reader(engine: Engine, person_id: str, *, at: str) -> Row | None:
    """Who a bundled mail is for, if they are here and may be mailed at this moment."""
    return engine.one(
        f"SELECT id, name, language FROM person WHERE id = :person AND {_HEARS}",  # noqa: S608
        {"person": person_id, "at": at},
    )


def waiting(engine: Engine, *, scope: Scope) -> list[Row]:
    """What this person is still to be told, the oldest first."""
    return engine.rows(
        f"SELECT id, kind, about FROM notice WHERE person_id = :person AND {_WAITS} "  # noqa: S608
        "ORDER BY decided_at, id",
        {"person": scope.person_id},
    )


def on_screen(engine: Engine, *, scope: Scope) -> list[Row]:
    """What was released and not seen by this person yet, the oldest first."""
    return engine.rows(
        "SELECT about, change FROM notice WHERE person_id = :person AND kind = 'released' "
        "AND dropped_at IS NULL ORDER BY decided_at, id",
        {"person": scope.person_id},
    )


def seen(engine: Engine, *, person_id: str, about: str, change: str, at: str) -> None:
    """This person saw what was released."""
    engine.run(
        "UPDATE notice SET dropped_at = :at WHERE person_id = :person AND kind = 'released' "
        "AND about = :about AND change = :change AND dropped_at IS NULL",
        {"person": person_id, "about": about, "change": change, "at": at},
    )


def told_of(engine: Engine, event_id: str, *, scope: Scope) -> str | None:
    """When an event was to begin as this person was told last; None where nothing was told."""
    found = engine.one(
        "SELECT told_of FROM notice WHERE person_id = :person AND about = :event AND told_at IS NOT NULL "
        "AND told_of IS NOT NULL ORDER BY told_at DESC, id DESC LIMIT 1",
        {"person": scope.person_id, "event": event_id},
    )
    return found["told_of"] if found else None


def closes_at(engine: Engine, round_id: str) -> str:
    """When a round or short round closes that is there."""
    found = engine.one(
        "SELECT closes_at FROM round WHERE id = :id "
        "UNION ALL SELECT closes_at FROM micro_round WHERE id = :id",
        {"id": round_id},
    )
    return str(found["closes_at"]) if found else ""


def drop(engine: Engine, notice_ids: Sequence[str], *, at: str) -> None:
    """These are not due any more: nobody is told of them."""
    engine.run(
        f"UPDATE notice SET dropped_at = :at WHERE id = :id AND {_WAITS}",  # noqa: S608
        [{"id": one, "at": at} for one in notice_ids],
    )


def take(engine: Engine, mail_id: str, told_of: Mapping[str, str | None]) -> None:
    """Note which mail tells these notices, and what it says of the moment of their event."""
    engine.run(
        f"UPDATE notice SET mail_id = :mail, told_of = :told_of WHERE id = :id AND {_WAITS}",  # noqa: S608
        [{"id": one, "mail": mail_id, "told_of": moment} for one, moment in told_of.items()],
    )


def mark_told(engine: Engine, mail_id: str, *, at: str) -> None:
    """The mail that tells these has left."""
    engine.run(
        f"UPDATE notice SET told_at = :at WHERE mail_id = :mail AND {_WAITS}",  # noqa: S608
        {"mail": mail_id, "at": at},
    )


def choose(engine: Engine, person_id: str, *, stopped_at: str | None, snoozed_until: str | None) -> None:
    """Note whether someone wants mail, in the place of what they chose before; a rest ends no stop."""
    engine.run(
        "INSERT INTO mail_choice (person_id, stopped_at, snoozed_until) VALUES (:person, :stopped, :snoozed) "
        "ON CONFLICT (person_id) DO UPDATE SET stopped_at = CASE "
        "WHEN excluded.snoozed_until IS NULL THEN excluded.stopped_at ELSE mail_choice.stopped_at END, "
        "snoozed_until = excluded.snoozed_until",
        {"person": person_id, "stopped": stopped_at, "snoozed": snoozed_until},
    )


def choice(engine: Engine, *, scope: Scope) -> Row | None:
    """What this person chose about mail, if anything."""
    return engine.one(
        "SELECT stopped_at, snoozed_until FROM mail_choice WHERE person_id = :person",
        {"person": scope.person_id},
    )


def holders(engine: Engine) -> list[Row]:
    """Everyone a link in a mail can belong to, here or left; the link is the authority."""
    return engine.rows("SELECT id, name, language FROM person")


def put_feed(engine: Engine, person_id: str, *, token_hash: str, made_at: str) -> None:
    """Make someone's private calendar; the address of the one before ends."""
    engine.run(
        "INSERT INTO calendar_feed (person_id, token_hash, made_at) VALUES (:person, :hash, :at) "
        "ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at",
        {"person": person_id, "hash": token_hash, "at": made_at},
    )


def end_feed(engine: Engine, person_id: str) -> None:
    """End someone's private calendar."""
    engine.run("DELETE FROM calendar_feed WHERE person_id = :person", {"person": person_id})


def feed(engine: Engine, *, scope: Scope) -> Row | None:
    """The private calendar of this person, if there is one."""
    return engine.one(
        "SELECT token_hash, made_at FROM calendar_feed WHERE person_id = :person",
        {"person": scope.person_id},
    )


def holder_of_feed(engine: Engine, token_hash: str) -> Row | None:
    """Who a private calendar belongs to, while they are here; its address is the authority."""
    return engine.one(
        "SELECT person.id, person.name, person.language FROM calendar_feed "
        "JOIN person ON person.id = calendar_feed.person_id "
        "WHERE calendar_feed.token_hash = :hash AND person.status <> 'left'",
        {"hash": token_hash},
    )
