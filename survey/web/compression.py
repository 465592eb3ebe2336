"""Pages leave the house packed when the browser can unpack them."""

import os
import secrets
import struct
import zlib
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, request, session

WORTH_IT = 600
TEXT = {"text/html", "text/plain", "application/json", "image/svg+xml"}
LEVEL = 5
Body = TypeVar("Body")


def init_app(app: Flask) -> None:
    """Pack every text of some length."""
    app.after_request(pack)


def can_unpack() -> bool:
    """Whether the browser can unpack what is packed."""
    return request.accept_encodings.quality("gzip") > 0


def send_either(plain: Body, packed: Body | None, send: Callable[[Body], Response]) -> Response:
    """Send the packed copy of a body, where there is one and the browser can unpack it."""
    if packed is None or not can_unpack():
        response = send(plain)
    else:
        response = send(packed)
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def pack(response: Response) -> Response:
    """The response with a packed body, where that helps and the browser asks for it."""
    if response.mimetype not in TEXT or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < WORTH_IT or not can_unpack():
        return response
    response.set_data(_gzip(body, name=_noise() if session.accessed else b""))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _noise() -> bytes:
    """A file name of random length: the size of a page with a CSRF token must not betray it (BREACH)."""
    return os.urandom(32).hex().encode()[: 1 + secrets.randbelow(64)]


def _gzip(body: bytes, *, name: bytes) -> bytes:
    """A gzip member (RFC 1952), with a file name in its header when there is one."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = b"\x1f\x8b\x08" + (b"\x08" if name else b"\x00") + b"\0\0\0\0\0\xff"
    tail = struct.pack("<LL", zlib.crc32(body), len(body))
    return head + (name + b"\0" if name else b"") + packer.compress(body) + packer.flush() + tail
