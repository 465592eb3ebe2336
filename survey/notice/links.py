"""Addresses that someone holds without signing in: the ones in a mail, and that of a private calendar."""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, Signer, TimestampSigner

from survey.clock import now
from survey.current import settings
from survey.notice.kinds import Choice

LASTS = timedelta(weeks=26)  # a link in a mail of half a year ago chooses nothing any more


def token_of(person_id: str) -> str:
    """What lets a mail choose for its reader whether mails come, for half a year."""
    return _letter_signer().sign(person_id).decode()


def person_of(token: str) -> str | None:
    """Whose choice a token is; None when it is nobody's, or too old."""
    try:
        return _letter_signer().unsign(token, max_age=int(LASTS.total_seconds())).decode()
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


class _DatedSigner(TimestampSigner):
    """Signs with the time of this application."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


def _letter_signer() -> TimestampSigner:
    return _DatedSigner(str(current_app.secret_key), salt="notice mail")


def _signer(purpose: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=f"notice {purpose}")
