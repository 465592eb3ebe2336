"""SQL of sign-in links, sessions and what a session may see. Nothing here checks permissions."""

from survey.database import Engine, Row


def session(engine: Engine, *, token_hash: str, seen_after: str, created_after: str) -> Row | None:
    """The living session with this token and its person, unless the person left."""
    return engine.one(
        """
        SELECT s.seen_at, s.lock_hash, p.id AS person_id, p.name, p.language
        FROM session s JOIN person p ON p.id = s.person_id
        WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL
          AND s.seen_at > :seen_after AND s.created_at > :created_after AND p.status <> 'left'
        """,
        {"token_hash": token_hash, "seen_after": seen_after, "created_after": created_after},
    )


def session_person(engine: Engine, token_hash: str) -> str | None:
    """The person of a session, living or ended."""
    row = engine.one(
        "SELECT person_id FROM session WHERE token_hash = :token_hash", {"token_hash": token_hash}
    )
    return row["person_id"] if row else None


def roles(engine: Engine, person_id: str) -> frozenset[str]:
    """The roles of one person."""
    found = engine.rows("SELECT role FROM role_grant WHERE person_id = :person_id", {"person_id": person_id})
    return frozenset(row["role"] for row in found)


def add_session(engine: Engine, *, token_hash: str, person_id: str, at: str) -> None:
    """Open a session."""
    engine.insert(
        "session", {"token_hash": token_hash, "person_id": person_id, "created_at": at, "seen_at": at}
    )


def see_session(engine: Engine, *, token_hash: str, at: str) -> None:
    """Note that the session is in use."""
    engine.run(
        "UPDATE session SET seen_at = :at WHERE token_hash = :token_hash AND seen_at < :at",
        {"token_hash": token_hash, "at": at},
    )


def revoke_session(engine: Engine, *, token_hash: str, at: str) -> None:
    """End one session."""
    engine.run(
        "UPDATE session SET revoked_at = :at WHERE token_hash = :token_hash AND revoked_at IS NULL",
        {"token_hash": token_hash, "at": at},
    )


def revoke_sessions(engine: Engine, *, person_id: str, at: str) -> None:
    """End every session of one person."""
    engine.run(
        "UPDATE session SET revoked_at = :at WHERE person_id = :person_id AND revoked_at IS NULL",
        {"person_id": person_id, "at": at},
    )


def lock_session(engine: Engine, *, token_hash: str, lock_hash: str, back: str) -> bool:
    """Lock a session that has not ended and is not locked."""
    locked = engine.run(
        "UPDATE session SET lock_hash = :lock_hash, lock_misses = 0, lock_back = :back "
        "WHERE token_hash = :token_hash AND revoked_at IS NULL AND lock_hash IS NULL",
        {"token_hash": token_hash, "lock_hash": lock_hash, "back": back},
    )
    return locked == 1


def lock(engine: Engine, *, token_hash: str) -> Row | None:
    """The lock of a session that has not ended."""
    return engine.one(
        "SELECT lock_hash, lock_misses, lock_back FROM session "
        "WHERE token_hash = :token_hash AND revoked_at IS NULL AND lock_hash IS NOT NULL",
        {"token_hash": token_hash},
    )


def unlock_session(engine: Engine, *, token_hash: str, at: str) -> None:
    """Take the lock off; the session is in use again."""
    engine.run(
        "UPDATE session SET lock_hash = NULL, lock_misses = 0, lock_back = NULL, seen_at = :at "
        "WHERE token_hash = :token_hash",
        {"token_hash": token_hash, "at": at},
    )


def miss_lock(engine: Engine, *, token_hash: str) -> None:
    """Count one wrong code."""
    engine.run(
        "UPDATE session SET lock_misses = lock_misses + 1 WHERE token_hash = :token_hash",
        {"token_hash": token_hash},
    )


def add_request(engine: Engine, *, request_id: str, email: str, at: str) -> None:
    """Note that someone asked for a link to this address, whether somebody has it or not."""
    engine.insert("signin_request", {"id": request_id, "email": email, "asked_at": at})


def take_request(engine: Engine) -> Row | None:
    """Take the oldest request off the list."""
    return engine.one(
        """
        DELETE FROM signin_request
        WHERE id = (SELECT id FROM signin_request ORDER BY asked_at, id LIMIT 1)
        RETURNING email, asked_at
        """
    )


def person_by_email(engine: Engine, email: str) -> Row | None:
    """The person with this mail address, here or left."""
    return engine.one("SELECT id, name, language, status FROM person WHERE email = :email", {"email": email})


def add_link(engine: Engine, *, token_hash: str, person_id: str, at: str, expires_at: str) -> None:
    """Add a sign-in link of someone."""
    engine.insert(
        "signin_link",
        {"token_hash": token_hash, "person_id": person_id, "created_at": at, "expires_at": expires_at},
    )


def link_owner(engine: Engine, *, token_hash: str, at: str) -> Row | None:
    """The person a working sign-in link belongs to."""
    return engine.one(
        """
        SELECT p.name
        FROM signin_link l JOIN person p ON p.id = l.person_id
        WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :at AND p.status <> 'left'
        """,
        {"token_hash": token_hash, "at": at},
    )


def use_link(engine: Engine, *, token_hash: str, at: str) -> str | None:
    """Use up a working link, once; the id of its person, or None when it does not work."""
    used = engine.one(
        """
        UPDATE signin_link SET used_at = :at
        WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :at
          AND person_id IN (SELECT id FROM person WHERE status <> 'left')
        RETURNING person_id
        """,
        {"token_hash": token_hash, "at": at},
    )
    return str(used["person_id"]) if used else None


def use_links(engine: Engine, *, person_id: str, at: str) -> None:
    """Use up every link of one person, so that none works any more."""
    engine.run(
        "UPDATE signin_link SET used_at = :at WHERE person_id = :person_id AND used_at IS NULL",
        {"person_id": person_id, "at": at},
    )


def set_language(engine: Engine, *, person_id: str, language: str) -> None:
    """Keep the language someone chose for screens and mails."""
    engine.run(
        "UPDATE person SET language = :language WHERE id = :person_id",
        {"person_id": person_id, "language": language},
    )
