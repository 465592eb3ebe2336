"""The one place that decides who may open a page: closed by default, before every view."""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access import actions, session
from survey.access.permissions import Allow, Permission, mark_of
from survey.mail import courier

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Set up the session cookie, put the guard before every view, and answer who asks for a link."""
    session.init_app(app)
    app.before_request(check)
    courier.before_delivery(app, actions.answer_requests)


def check() -> ResponseReturnValue | None:
    """Let the request through, ask to sign in, or answer as if the page were not there."""
    session.forget()
    if request.endpoint is None:
        return None  # no such address: routing answers
    mark = mark_of(current_app.view_functions.get(request.endpoint))
    if mark is None:
        current_app.logger.error("%s says nothing about access: closed", request.endpoint)
        abort(404)
    return _enforce(mark.permission) if isinstance(mark, Allow) else None


def safe_next(target: str | None) -> str | None:
    """The path to go to after signing in, if it stays on this site."""
    if not target or len(target) > 500 or not target.startswith("/"):
        return None
    if target.startswith("//") or "\\" in target or not target.isprintable():
        return None  # browsers read // and /\ as another host, and skip tabs and line ends
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def _enforce(permission: Permission) -> ResponseReturnValue | None:
    scope = session.current()
    if scope is None:
        return _ask_for_the_code() if session.is_locked() else _ask_to_sign_in()
    if not scope.can(permission):
        abort(404)
    return None


def _ask_for_the_code() -> ResponseReturnValue:
    """Nothing of the page asked for, not even its address: whoever holds the device did not open it."""
    from survey.web import errors

    if errors.wants_json():
        return errors.page(401)
    if request.method not in SAFE_METHODS:
        return render_template("access/unlock.html"), 401
    return redirect(url_for("access.unlock"))


def _ask_to_sign_in() -> ResponseReturnValue:
    from survey.web import csrf, errors  # here: pages of `web` show who is signed in, so `web` imports us

    if request.method not in SAFE_METHODS or errors.wants_json():
        return csrf.resend(401)
    asked_for = request.full_path.rstrip("?")
    return redirect(url_for("access.sign_in", next=None if asked_for == "/" else asked_for))
