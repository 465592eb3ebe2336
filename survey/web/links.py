"""Links for people without an account: tokens that follow from a key, and QR codes of addresses."""

import base64
import hashlib
import hmac

from flask import current_app
from markupsafe import Markup

TOKEN_BYTES = 16


def derived(text: str) -> str:
    """128 bits that follow from a text and the secret of this installation, as they stand in an address."""
    return base64.urlsafe_b64encode(keyed(text)[:TOKEN_BYTES]).rstrip(b"=").decode()


def keyed(text: str) -> bytes:
    """256 bits that follow from a text and the secret of this installation."""
    return hmac.new(str(current_app.secret_key).encode(), text.encode(), hashlib.sha256).digest()


def qr(url: str, scale: int = 7) -> Markup:
    """A QR code as inline SVG: black on white with its quiet zone, in both themes and without styles."""
    import segno  # on first need: most processes that start draw no code

    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(scale=scale, dark="#000", light="#fff", border=4, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704 - drawn by segno from modules, no text of the address in it
