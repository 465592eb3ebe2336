"""What happens at sign-in and sign-out, each act in one transaction."""

from datetime import datetime, timedelta

from survey.access import audit, store
from survey.access.tokens import new_token, token_hash
from survey.clock import stamp
from survey.database import Engine

LINK_WORKS = timedelta(minutes=15)


def open_session(engine: Engine, *, person_id: str, at: datetime) -> str:
    """Open a session and return its token."""
    token = new_token()
    with engine.atomic():
        store.add_session(engine, token_hash=token_hash(token), person_id=person_id, at=stamp(at))
    return token


def issue_link(engine: Engine, *, person_id: str, at: datetime) -> str:
    """A fresh sign-in link of someone, as its token: for operators and the demo, not for the sign-in page."""
    token = new_token()
    store.add_link_of(
        engine,
        token_hash=token_hash(token),
        person_id=person_id,
        at=stamp(at),
        expires_at=stamp(at + LINK_WORKS),
    )
    return token


def sign_in(engine: Engine, *, link: str, at: datetime) -> str | None:
    """Use up a sign-in link and return the token of a new session; None when the link does not work."""
    with engine.atomic():
        person_id = store.use_link(engine, token_hash=token_hash(link), at=stamp(at))
        if person_id is None:
            return None
        store.use_links(engine, person_id=person_id, at=stamp(at))
        audit.note(engine, act="signed-in", by=person_id, at=at)
        return open_session(engine, person_id=person_id, at=at)


def see_session(engine: Engine, *, token: str, at: datetime) -> None:
    """Note that a session is in use."""
    with engine.atomic():
        store.see_session(engine, token_hash=token_hash(token), at=stamp(at))


def close_session(engine: Engine, *, token: str, at: datetime) -> None:
    """End one session."""
    with engine.atomic():
        store.revoke_session(engine, token_hash=token_hash(token), at=stamp(at))


def end_access(engine: Engine, *, person_id: str, at: datetime) -> None:
    """End every session and sign-in link of someone, inside the caller's act or as its own."""
    with engine.atomic():
        store.revoke_sessions(engine, person_id=person_id, at=stamp(at))
        store.use_links(engine, person_id=person_id, at=stamp(at))


def sign_out_everywhere(engine: Engine, *, person_id: str, by: str, at: datetime) -> None:
    """End every session and sign-in link of someone, on request."""
    with engine.atomic():
        end_access(engine, person_id=person_id, at=at)
        audit.note(engine, act="signed-out-everywhere", by=by, at=at, object=person_id)
