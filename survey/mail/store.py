"""SQL of the outbox."""

from collections.abc import Sequence

from survey.database import Engine, Row

_EMPTIED = "SET body = '', recipient = CASE forgets_recipient WHEN 1 THEN '' ELSE recipient END"
_SENT = f"UPDATE outbox {_EMPTIED}, sent_at = :at, leased_until = NULL WHERE id = :id"
_GIVEN_UP = f"UPDATE outbox {_EMPTIED} WHERE id = :id AND sent_at IS NULL"
_LEFT_BEHIND = f"""
UPDATE outbox {_EMPTIED} WHERE sent_at IS NULL AND body <> ''
  AND (expires_at <= :at OR (attempts >= :attempts AND leased_until <= :at))
"""
_DROPPED = f"UPDATE outbox {_EMPTIED}, expires_at = :at WHERE about = :about AND sent_at IS NULL"


def claim(engine: Engine, *, at: str, until: str, attempts: int) -> Row | None:
    """Take the oldest mail that is due; the outer condition holds when two senders choose the same one."""
    return engine.one(
        """
        UPDATE outbox SET leased_until = :until, attempts = attempts + 1
        WHERE id = (
            SELECT id FROM outbox
            WHERE sent_at IS NULL AND attempts < :attempts
              AND (leased_until IS NULL OR leased_until <= :at)
              AND (expires_at IS NULL OR expires_at > :at)
            ORDER BY created_at, id LIMIT 1
        ) AND (leased_until IS NULL OR leased_until <= :at)
        RETURNING id, recipient, subject, body, created_at, attempts
        """,
        {"at": at, "until": until, "attempts": attempts},
    )


def mark_sent(engine: Engine, *, mail_id: str, at: str) -> None:
    """Note that a mail has left, and drop its text: it may hold a link that still works."""
    engine.run(_SENT, {"id": mail_id, "at": at})


def put_back(engine: Engine, *, mail_id: str, until: str) -> None:
    """Let a mail wait until the next try."""
    engine.run(
        "UPDATE outbox SET leased_until = :until WHERE id = :id AND sent_at IS NULL",
        {"id": mail_id, "until": until},
    )


def give_up(engine: Engine, *, mail_id: str) -> None:
    """Drop the text of a mail that was tried often enough."""
    engine.run(_GIVEN_UP, {"id": mail_id})


def drop_texts(engine: Engine, *, at: str, attempts: int) -> int:
    """Drop the text of mails that will not be sent any more; how many those were."""
    return engine.run(_LEFT_BEHIND, {"at": at, "attempts": attempts})


def drop_about(engine: Engine, about: Sequence[str], *, at: str) -> int:
    """End the mails about these that have not left; how many."""
    return engine.run(_DROPPED, [{"about": one, "at": at} for one in about])
