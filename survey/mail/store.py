"""SQL of the outbox."""

from survey.database import Engine, Row


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
    engine.run(
        """
        UPDATE outbox SET sent_at = :at, leased_until = NULL, body = '',
          recipient = CASE forgets_recipient WHEN 1 THEN '' ELSE recipient END
        WHERE id = :id
        """,
        {"id": mail_id, "at": at},
    )


def put_back(engine: Engine, *, mail_id: str, until: str) -> None:
    """Let a mail wait until the next try."""
    engine.run(
        "UPDATE outbox SET leased_until = :until WHERE id = :id AND sent_at IS NULL",
        {"id": mail_id, "until": until},
    )


def drop_expired_texts(engine: Engine, *, at: str) -> int:
    """Drop the text of mails that will not be sent any more; how many those were."""
    return engine.run(
        """
        UPDATE outbox SET body = '', recipient = CASE forgets_recipient WHEN 1 THEN '' ELSE recipient END
        WHERE sent_at IS NULL AND expires_at <= :at AND body <> ''
        """,
        {"at": at},
    )
