"""Addresses that someone holds without signing in: the ones in a mail, and that of a private calendar."""

from collections.abc import Iterable
from datetime import timedelta
from hmac import compare_digest

from flask import current_app
from itsdangerous import BadSignature, Signer, TimestampSigner

from survey.clock import now
from survey.current import settings
from survey.notice.kinds import Choice

LASTS = timedelta(weeks=26)  # a link in a mail of half a year ago chooses nothing any more


def token_of(person_id: str, choice: Choice) -> str:
    """What lets a mail make this one choice for its reader, for half a year; it does not tell whose it is."""
    return _letter_signer().sign(_Codes(choice).of(person_id)).decode()


def person_of(token: str, choice: Choice, person_ids: Iterable[str]) -> str | None:
    """Who of these makes this choice with a token; None when nobody does, or it is too old."""
    try:
        code = _letter_signer().unsign(token, max_age=int(LASTS.total_seconds()))
    except BadSignature:
        return None
    codes = _Codes(choice)
    return next((one for one in person_ids if compare_digest(codes.of(one), code)), None)


def choosing(person_id: str, choice: Choice) -> str:
    """The address at which this person chooses whether mails come."""
    return f"{settings().BASE_URL}/post/{choice}/{token_of(person_id, choice)}"


def feed_token(person_id: str, made_at: str) -> str:
    """The token of a private calendar: derived, so that its owner can see the address again."""
    return _signer("calendar").get_signature(f"{person_id} {made_at}").decode()


def feed(token: str) -> str:
    """The address of a private calendar."""
    return f"{settings().BASE_URL}/agenda/feed/{token}.ics"


class _Codes:
    """Codes of persons for one choice: only this application can make or read them."""

    def __init__(self, choice: Choice) -> None:
        self._signer = _signer(f"code {choice}")

    def of(self, person_id: str) -> bytes:
        return self._signer.get_signature(person_id)


class _DatedSigner(TimestampSigner):
    """Signs with the time of this application."""

    def get_timestamp(self) -> int:
        return int(now().timestamp())


def _letter_signer() -> TimestampSigner:
    return _DatedSigner(str(current_app.secret_key), salt="notice mail")


def _signer(purpose: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=f"notice {purpose}")
