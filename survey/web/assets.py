"""The files of static/: an address that changes with the content, compressed once, kept for a year."""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request
from msgspec import Struct
from werkzeug.security import safe_join

from survey.access.permissions import public
from survey.web.compression import send_either
from survey.web.respondent import for_respondents

FOLDER = Path(__file__).parents[2] / "static"
FOREVER = "public, max-age=31536000, immutable"


class Asset(Struct, frozen=True):
    """One file as it is sent."""

    body: bytes
    packed: bytes
    mimetype: str
    version: str


def asset(name: str) -> str:
    """The address of a file in static/; another content has another address."""
    return f"/static/{name}?v={_find(name).version}"


def init_app(app: Flask) -> None:
    """Serve static/ and give templates `asset`."""
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/static/<name>", "asset", send)


@public("pictures, styles and scripts are the same for everyone")
@for_respondents
def send(name: str) -> Response:
    """One file, packed when the browser can unpack it."""
    found = _find_or_404(name)
    response = send_either(found.body, found.packed, lambda body: Response(body, mimetype=found.mimetype))
    # While a new version is rolled out an old process may be asked for a file it does not have yet.
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == found.version else "no-cache"
    return response


def _find_or_404(name: str) -> Asset:
    try:
        return _find(name)
    except OSError:  # not there, or a name that no file can have
        abort(404)


def _find(name: str) -> Asset:
    path = Path(safe_join(str(FOLDER), name) or name)
    if path.parent != FOLDER or not path.is_file():
        raise FileNotFoundError(f"There is no {name} in static/.")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Asset:
    body = path.read_bytes()
    return Asset(
        body=body,
        packed=gzip.compress(body, compresslevel=9, mtime=0),
        mimetype=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        version=hashlib.sha256(body).hexdigest()[:12],
    )
