"""SQL of the outbox."""

from collections.abc import Sequence

from survey.database import Engine, Row

_FORGOTTEN = "recipient = CASE forgets_recipient WHEN 1 THEN '' ELSE recipient END"
_EMPTIED = f"SET body = '', {_FORGOTTEN}"
_SENT = f"UPDATE outbox {_EMPTIED}, sent_at = :at, leased_until = NULL, failed_because = NULL WHERE id = :id"
# A mail that ends or forgets where it goes is of no use later; another one can still be sent when asked to.
_SHORT_LIVED = "(expires_at IS NOT NULL OR forgets_recipient = 1)"
_GIVEN_UP = f"UPDATE outbox {_EMPTIED} WHERE id = :id AND sent_at IS NULL AND {_SHORT_LIVED}"
_LEFT_BEHIND = f"""
UPDATE outbox {_EMPTIED} WHERE sent_at IS NULL AND body <> '' AND {_SHORT_LIVED}
  AND (expires_at <= :at OR (attempts >= :attempts AND leased_until <= :at))
"""
_ENDED = f"UPDATE outbox {_EMPTIED}, expires_at = :at WHERE sent_at IS NULL AND "
_DUE = """
sent_at IS NULL AND attempts < :attempts
  AND (leased_until IS NULL OR leased_until <= :at) AND (expires_at IS NULL OR expires_at > :at)
"""


def put_later(engine: Engine, rows: Sequence[Row]) -> int:
    """Add mails that are written when they leave, where none of that writer waits for the person."""
    return engine.run(
        "INSERT INTO outbox (id, recipient, subject, body, created_at, writer, person_id) "
        "VALUES (:id, :recipient, '', '', :created_at, :writer, :person_id) ON CONFLICT DO NOTHING",
        rows,
    )


def claim(engine: Engine, *, at: str, until: str, attempts: int) -> Row | None:
    """Take the mail that is due and ends first; the outer condition holds when two senders choose the same.

    Who signs in waits for their mail: hundreds that may arrive in weeks, or are still to be written, come
    last. A mail for someone with an account goes to the address they have now.
    """
    return engine.one(
        f"""
        UPDATE outbox SET leased_until = :until, attempts = attempts + 1, failed_because = NULL,
            recipient = coalesce((SELECT email FROM person WHERE person.id = outbox.person_id), recipient)
        WHERE id = (
            SELECT id FROM outbox WHERE {_DUE}
            ORDER BY CASE WHEN writer IS NULL THEN 0 ELSE 1 END, coalesce(expires_at, created_at),
              created_at, id LIMIT 1
        ) AND (leased_until IS NULL OR leased_until <= :at)
        RETURNING id, recipient, subject, body, created_at, attempts, writer, person_id
        """,  # noqa: S608 - a constant of this module
        {"at": at, "until": until, "attempts": attempts},
    )


def count_due(engine: Engine, *, at: str, attempts: int) -> int:
    """How many mails can be taken now."""
    found = engine.one(
        f"SELECT count(*) AS n FROM outbox WHERE {_DUE}",  # noqa: S608 - a constant of this module
        {"at": at, "attempts": attempts},
    )
    return int(found["n"]) if found else 0


def mark_sent(engine: Engine, *, mail_id: str, at: str) -> None:
    """Note that a mail has left, and drop its text: it may hold a link that still works."""
    engine.run(_SENT, {"id": mail_id, "at": at})


def put_back(engine: Engine, *, mail_id: str, until: str, failed_because: str, attempts: int) -> None:
    """Let a mail that failed wait until the next try, after so many attempts that count."""
    engine.run(
        "UPDATE outbox SET leased_until = :until, failed_because = :why, attempts = :attempts "
        "WHERE id = :id AND sent_at IS NULL",
        {"id": mail_id, "until": until, "why": failed_because, "attempts": attempts},
    )


def postpone(engine: Engine, *, mail_id: str, until: str) -> None:
    """Let a mail wait whose time has not come; that was no attempt."""
    engine.run(
        "UPDATE outbox SET leased_until = :until, attempts = attempts - 1 WHERE id = :id AND sent_at IS NULL",
        {"id": mail_id, "until": until},
    )


def give_up(engine: Engine, *, mail_id: str) -> None:
    """Drop the text of a mail that was tried often enough, where nobody can want it later."""
    engine.run(_GIVEN_UP, {"id": mail_id})


def drop_texts(engine: Engine, *, at: str, attempts: int) -> int:
    """Drop the text of mails that will not be sent any more; how many those were."""
    return engine.run(_LEFT_BEHIND, {"at": at, "attempts": attempts})


def drop_about(engine: Engine, about: Sequence[str], *, at: str) -> int:
    """End the mails about these that have not left; how many."""
    return engine.run(_ENDED + "about = :about", [{"about": one, "at": at} for one in about])


def end(engine: Engine, mail_id: str, *, at: str) -> None:
    """End a mail that has nothing to say any more."""
    engine.run(_ENDED + "id = :id", {"id": mail_id, "at": at})
