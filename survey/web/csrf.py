"""Forms come from our own pages, and what someone wrote is never lost when they came too late."""

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from survey.access import session
from survey.access.permissions import Allow, mark_of
from survey.database import Busy, Full
from survey.web import errors
from survey.web.respondent import is_respondent_page
from survey.web.trust import UNSAFE_METHODS, Origin, origin

TOKEN = "csrf_token"  # noqa: S105 - the name of a field
_protection = CSRFProtect()


def init_app(app: Flask) -> None:
    """Ask for a token on every form, except those of respondents."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,  # `check` decides, so that one mark exempts respondents
        WTF_CSRF_SSL_STRICT=False,  # `trust` looks at the origin: browsers send it more often
    )
    _protection.init_app(app)
    app.before_request(check)
    app.register_error_handler(CSRFError, _without_token)
    app.register_error_handler(Busy, _not_now)
    app.register_error_handler(Full, _not_now)


def check() -> None:
    """Refuse a form without a token that fits the cookie."""
    if current_app.config["WTF_CSRF_ENABLED"] and request.endpoint and not is_respondent_page():
        _protection.protect()


def resend(status: int, code: str | None = None) -> Response:
    """Give back what was posted, with a fresh token and one button: for someone who came too late.

    400: the token was old. 401: nobody is signed in. 503: the database could not take it.
    Only for forms of our own pages: what another site posted is not shown as someone's own answers.
    `code` stands in the log already, for when an error page is all there is to say.
    """
    kept = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN]
    if not kept or request.method not in UNSAFE_METHODS or origin() is not Origin.OWN:
        return errors.page(status, code)
    if errors.wants_json():
        return errors.page(status, code)
    who = None if status == 503 or is_respondent_page() else session.current()
    html = render_template(
        "web/resend.html", status=status, kept=kept, who=who, protected=not is_respondent_page()
    )
    return make_response(html, status)


def _without_token(_error: CSRFError) -> Response:
    view = current_app.view_functions.get(request.endpoint or "")
    signed_out = isinstance(mark_of(view), Allow) and session.current() is None
    return resend(401 if signed_out else 400)


def _not_now(error: Busy | Full) -> Response:
    code = errors.new_code(503)
    current_app.logger.error("%s at %s: %s: %s", code, request.endpoint, type(error).__name__, error)
    response = resend(503, code)
    response.headers["Retry-After"] = "30"
    return response
