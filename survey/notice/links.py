"""Addresses that someone holds without signing in: the ones in a mail, and that of a private calendar."""

from flask import current_app
from itsdangerous import BadSignature, Signer

from survey.current import settings
from survey.notice.kinds import Choice


def token_of(person_id: str) -> str:
    """What lets a mail choose for its reader whether mails come; holds as long as the secret does."""
    return _signer("mail").sign(person_id).decode()


def person_of(token: str) -> str | None:
    """Whose choice a token is."""
    try:
        return _signer("mail").unsign(token).decode()
    except BadSignature:
        return None


def choosing(person_id: str, choice: Choice) -> str:
    """The address at which this person chooses whether mails come."""
    return f"{settings().BASE_URL}/post/{choice}/{token_of(person_id)}"


def feed_token(person_id: str, made_at: str) -> str:
    """The token of a private calendar: derived, so that its owner can see the address again."""
    return _signer("calendar").get_signature(f"{person_id} {made_at}").decode()


def feed(token: str) -> str:
    """The address of a private calendar."""
    return f"{settings().BASE_URL}/agenda/feed/{token}.ics"


def _signer(purpose: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=f"notice {purpose}")
