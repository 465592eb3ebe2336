"""SQL of mail that did not leave, and of how much did."""

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_WAITS = "sent_at IS NULL AND attempts < :attempts AND (expires_at IS NULL OR expires_at > :at)"
# While a sender holds a mail it has not failed yet; one that died in its last attempt left it behind.
_IN_TROUBLE = """
sent_at IS NULL AND (failed_because IS NOT NULL OR (attempts >= :attempts AND leased_until <= :at))
"""
_CAN_LEAVE = "(writer IS NOT NULL OR body <> '') AND (expires_at IS NULL OR expires_at > :at)"


def retry(engine: Engine, mail_id: str, *, at: str, attempts: int) -> int:
    """Let a mail in trouble be tried afresh, at the address its person has now; how many that were."""
    return engine.run(
        "UPDATE outbox SET attempts = 0, leased_until = NULL, failed_because = NULL, "  # noqa: S608
        "recipient = coalesce((SELECT email FROM person WHERE person.id = outbox.person_id), recipient) "
        f"WHERE id = :id AND {_IN_TROUBLE} AND {_CAN_LEAVE}",
        {"id": mail_id, "at": at, "attempts": attempts},
    )


def counts(engine: Engine, scope: Scope, *, at: str, since: str, attempts: int) -> Row:
    """How many mails wait and how many left since then, for those who keep the plans.

    Of those to people without an account only whether any waits: a count would tell who did not answer.
    """
    if not scope.can(Permission.MANAGE_COHORTS):
        return {"waiting": 0, "sent": 0, "others": 0}
    found = engine.one(
        f"SELECT (SELECT count(*) FROM outbox WHERE forgets_recipient = 0 AND {_WAITS}) AS waiting, "  # noqa: S608
        "(SELECT count(*) FROM outbox WHERE forgets_recipient = 0 AND sent_at > :since) AS sent, "
        f"EXISTS (SELECT 1 FROM outbox WHERE forgets_recipient = 1 AND {_WAITS}) AS others",
        {"at": at, "since": since, "attempts": attempts},
    )
    return found or {"waiting": 0, "sent": 0, "others": 0}


def in_trouble(engine: Engine, scope: Scope, *, at: str, attempts: int) -> list[Row]:
    """The mails that did not leave though they were tried, the newest first; never their words.

    Whoever has no account stays unknown to everybody but the coach who asked them.
    """
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT id, created_at, "  # noqa: S608 - constants of this module
        "CASE forgets_recipient WHEN 1 THEN '' ELSE recipient END AS recipient, "
        "failed_because, CASE WHEN attempts < :attempts AND (expires_at IS NULL OR expires_at > :at) "
        "THEN leased_until END AS next_try, "
        f"CASE WHEN {_CAN_LEAVE} THEN 1 ELSE 0 END AS can_leave "
        f"FROM outbox WHERE {_IN_TROUBLE} ORDER BY created_at DESC, id",
        {"at": at, "attempts": attempts},
    )
