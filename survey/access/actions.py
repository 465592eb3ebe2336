"""What happens at sign-in and sign-out, each act in one transaction."""

from datetime import datetime, timedelta

from flask import current_app

from survey.access import accounts, audit, store
from survey.access.accounts import Account
from survey.access.tokens import new_token, token_hash
from survey.clock import moment, stamp
from survey.database import Engine, new_key
from survey.mail import letter, outbox

LINK_WORKS = timedelta(minutes=15)


def open_session(engine: Engine, *, person_id: str, at: datetime) -> str:
    """Open a session and return its token."""
    token = new_token()
    with engine.atomic():
        store.add_session(engine, token_hash=token_hash(token), person_id=person_id, at=stamp(at))
    return token


def ask_link(engine: Engine, *, email: str, at: datetime) -> None:
    """Note that someone wants a link. Who has the address is looked up later, by `answer_requests`:

    so the sign-in page does and takes the very same for an address that nobody has.
    """
    with engine.atomic():
        store.add_request(engine, request_id=new_key(), email=email, at=stamp(at))


def answer_requests(engine: Engine, at: datetime) -> None:
    """Mail a link to everyone who asked and has an account; who asked too long ago asks again."""
    while _answered_one(engine, at):
        pass


def _answered_one(engine: Engine, at: datetime) -> bool:
    with engine.atomic():
        request = store.take_request(engine)
        if request is None:
            return False
        account = accounts.with_address(engine, request["email"])
        if account and account.is_here and at - moment(request["asked_at"]) < LINK_WORKS:
            _mail_link(engine, account, email=request["email"], at=at)
    return True


def _mail_link(engine: Engine, account: Account, *, email: str, at: datetime) -> None:
    token = issue_link(engine, person_id=account.id, at=at)
    text = letter.write("sign-in", account.language, name=account.name, url=link_url(token))
    outbox.put(engine, recipient=email, letter=text, at=at, expires_at=at + LINK_WORKS)


def issue_link(engine: Engine, *, person_id: str, at: datetime) -> str:
    """A fresh sign-in link of someone, as its token; inside the caller's act or as its own."""
    token = new_token()
    with engine.atomic():
        store.add_link(
            engine,
            token_hash=token_hash(token),
            person_id=person_id,
            at=stamp(at),
            expires_at=stamp(at + LINK_WORKS),
        )
    return token


def issue_link_to(engine: Engine, *, email: str, at: datetime) -> str | None:
    """A fresh sign-in link for an operator to pass on; None when nobody who can sign in has this address."""
    with engine.atomic():
        account = accounts.with_address(engine, email)
        if account is None or not account.is_here:
            return None
        audit.note(engine, act="sign-in-link-printed", by=None, at=at, object=account.id)
        return issue_link(engine, person_id=account.id, at=at)


def link_url(token: str) -> str:
    """The address of a sign-in link."""
    return f"{current_app.config['SETTINGS'].BASE_URL}/inloggen/{token}"


def owner_of_link(engine: Engine, *, link: str, at: datetime) -> str | None:
    """The name of the person a working sign-in link belongs to."""
    owner = store.link_owner(engine, token_hash=token_hash(link), at=stamp(at))
    return owner["name"] if owner else None


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


def choose_language(engine: Engine, *, person_id: str, language: str) -> None:
    """Keep the language of someone's screens and mails."""
    with engine.atomic():
        store.set_language(engine, person_id=person_id, language=language)
