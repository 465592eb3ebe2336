"""What comes in and is believed: hosts, proxies, origins, and bodies of forms."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from survey.config import LOOPBACK, Settings
from survey.signs import fit

MAX_BODY = 64 * 1024
MAX_UPLOAD = 2 * 1024 * 1024
MAX_LARGE_UPLOAD = 8 * 1024 * 1024  # a list of every school of the country, a register of ten thousand places
FORM = "application/x-www-form-urlencoded"
FORM_WITH_FILES = "multipart/form-data"
UNSAFE_METHODS = {"POST", "PUT", "PATCH", "DELETE"}

View = TypeVar("View", bound=Callable[..., Any])


class Origin(Enum):
    """Where a request says its page came from."""

    OWN = "own"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


class _Fit(ImmutableMultiDict[Any, Any]):
    """What an address asks or a form sends, and its files, as pages can show it again."""

    def __init__(self, sent: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__((fit(name), fit(value) if isinstance(value, str) else value) for name, value in sent)


class _Request(Request):
    parameter_storage_class = _Fit


def init_app(app: Flask, settings: Settings) -> None:
    """Believe only the configured host and proxies, and only forms of a sane size from our own pages."""
    # This machine's own names too: a monitor beside the server asks without the public one.
    app.config["TRUSTED_HOSTS"] = sorted({*LOOPBACK, urlsplit(settings.BASE_URL).hostname or ""})
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    if settings.TRUSTED_PROXIES:
        hops = settings.TRUSTED_PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    app.request_class = _Request
    app.before_request(_refuse_what_is_not_a_form_of_ours)


def takes_files(view: View) -> View:
    """Mark a view: its forms may carry files, and be as large as those are."""
    view.takes_files = MAX_UPLOAD  # type: ignore[attr-defined]
    return view


def takes_large_files(view: View) -> View:
    """Mark a view as `takes_files` does, for the few files that are larger."""
    view.takes_files = MAX_LARGE_UPLOAD  # type: ignore[attr-defined]
    return view


def origin() -> Origin:
    """Whether the page that made this request is ours, as the browser tells it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return Origin.OWN if site in {"same-origin", "none"} else Origin.FOREIGN
    sender = request.headers.get("Origin")
    if sender:
        return Origin.OWN if _host_of(sender) == request.host else Origin.FOREIGN
    return Origin.UNKNOWN


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).netloc
    except ValueError:  # no address at all
        return None


def _refuse_what_is_not_a_form_of_ours() -> None:
    if request.method not in UNSAFE_METHODS or request.endpoint is None:
        return
    if origin() is Origin.FOREIGN:
        abort(403)
    files = getattr(current_app.view_functions[request.endpoint], "takes_files", 0)
    body = _whole_body(files or MAX_BODY)
    if files and request.mimetype == FORM_WITH_FILES:
        return
    if body and request.mimetype != FORM:
        abort(415)
    if not _is_text(unquote_to_bytes(body.replace(b"+", b" "))):
        abort(400)


def _whole_body(most: int) -> bytes:
    """What was posted: neither too much, nor cut off where a connection was lost."""
    request.max_content_length = request.max_form_memory_size = most
    announced = request.content_length
    if announced is not None and announced > most:
        abort(413)
    try:
        body = request.get_data()
    except HTTPException:
        raise
    except Exception:  # every server has errors of its own for pieces that do not fit together
        abort(400)
    if announced is None and len(body) >= most:  # a longer body without a length was cut off here
        abort(413)
    if announced is not None and len(body) < announced:
        abort(400)
    return body


def _is_text(raw: bytes) -> bool:
    try:
        return "\0" not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
