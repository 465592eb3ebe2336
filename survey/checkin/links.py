"""Links of check-ins: their tokens, addresses and QR codes. The database keeps only the hash of a token."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import segno
from flask import current_app
from markupsafe import Markup

from survey.access.tokens import token_hash
from survey.checkin import store
from survey.clock import stamp
from survey.current import settings
from survey.database import Engine

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Link:
    """What someone with a token may do: answer this form, or see that it has been answered."""

    id: str
    form: str
    version: str
    is_answered: bool


def token_of(link_id: str) -> str:
    """The token of a link: derived, so that the coach can show the QR code again and nobody else can."""
    secret = str(current_app.secret_key).encode()
    digest = hmac.new(secret, f"checkin:{link_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def address(token: str) -> str:
    """The link as people open it."""
    return f"{settings().BASE_URL}/c/{token}"


def qr(url: str) -> Markup:
    """A QR code as inline SVG: black on white with its quiet zone, in both themes and without styles."""
    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(scale=7, dark="#000", light="#fff", border=4, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704 - drawn by segno from modules, no text of the address in it


def find(engine: Engine, token: str, *, at: datetime) -> Link | None:
    """The link with this token; None for unknown, expired, revoked and locked alike."""
    row = store.link_by_token(engine, token_hash(token), at=stamp(at))
    if row is None or not (row["is_open"] or row["is_answered"]):
        return None
    return Link(row["id"], row["form"], row["version"], bool(row["is_answered"]))
