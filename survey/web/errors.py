"""Every error says what happened and what to do; a short code without names finds it in the log."""

import secrets

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from msgspec import Struct
from werkzeug.exceptions import HTTPException

from survey.access.permissions import NotYours
from survey.current import settings
from survey.web.respondent import is_respondent_page

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, O, 1 or I: people read it aloud


class Words(Struct, frozen=True):
    """What a page about an error says."""

    title: LazyString
    happened: LazyString
    advice: tuple[LazyString, ...]


_UNREADABLE = Words(
    _("Dit konden we niet lezen"),
    _("Wat er binnenkwam, klopt niet. Er is niets opgeslagen."),
    (_("Ga terug en probeer het opnieuw."), _("Kwam u via een link? Open die link nog een keer.")),
)
_NOT_THERE = Words(
    _("Deze pagina is er niet"),
    _(
        "Of de pagina is niet voor u. Dat kunnen we niet verschillend laten zien: "
        "zo blijft privé wat privé is."
    ),
    (
        _("Kijk of het adres klopt."),
        _("Kwam u via een link? Die is misschien al gebruikt of verlopen. Vraag een nieuwe link."),
    ),
)
_TRY_LATER = (
    _("Wacht een minuut en probeer het opnieuw."),
    _("Wat eerder is opgeslagen, is er nog."),
)
WORDS = {
    400: _UNREADABLE,
    401: Words(
        _("U bent uitgelogd"),
        _("Voor deze pagina moet u ingelogd zijn."),
        (_("Log opnieuw in en ga daarna verder."),),
    ),
    403: _NOT_THERE,
    404: _NOT_THERE,
    405: Words(
        _("Zo werkt deze pagina niet"),
        _("Dit adres kan dit verzoek niet aan. Er is niets opgeslagen."),
        (_("Ga terug en gebruik de knop op de pagina."),),
    ),
    409: Words(
        _("Dit is intussen veranderd"),
        _("Dat kan in een ander tabblad zijn gebeurd, of op een ander toestel. Wat er al was, is bewaard."),
        (_("Open de pagina opnieuw en kijk wat er nu staat."),),
    ),
    413: Words(
        _("Dit is te groot"),
        _("U stuurde meer dan wij kunnen ontvangen. Er is niets opgeslagen."),
        (_("Ga terug en maak uw tekst korter."),),
    ),
    415: _UNREADABLE,
    422: Words(
        _("Dit klopt nog niet"),
        _("Een antwoord ontbreekt of past niet bij de vraag. Er is niets opgeslagen."),
        (_("Ga terug, kijk uw antwoorden na en verstuur ze opnieuw."),),
    ),
    429: Words(
        _("Even wachten"),
        _("Dit gebeurde te vaak achter elkaar."),
        (_("Wacht een kwartier en probeer het opnieuw."),),
    ),
    500: Words(
        _("Hier ging iets mis"),
        _("Dit is onze fout. Wat eerder is opgeslagen, is er nog."),
        (_("Probeer het over een minuut opnieuw."),),
    ),
    503: Words(_("Dit lukt nu even niet"), _("Er is op dit moment niets opgeslagen."), _TRY_LATER),
}
KEPT_HEADERS = ("Allow", "Retry-After")


def init_app(app: Flask) -> None:
    """Answer every error with a page, or with JSON for a script that asks for it."""
    app.register_error_handler(HTTPException, _foreseen)
    app.register_error_handler(NotYours, _changed_meanwhile)
    app.register_error_handler(Exception, _unforeseen)


def page(status: int, code: str | None = None) -> Response:
    """The page, or JSON message, for an error status; give the code that stands in the log already."""
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]
    if code is None:
        code = new_code(status)
        current_app.logger.warning("%s at %s", code, request.endpoint)
    return _rendered(status, words, code)


def wants_json() -> bool:
    """Whether a script made this request and asks for JSON."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _foreseen(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirect
    response = page(error.code)
    response.headers.extend({name: value for name, value in error.get_headers() if name in KEPT_HEADERS})
    return response


def _changed_meanwhile(_error: NotYours) -> Response:
    """Between looking and writing it was closed, withdrawn or given away: pages look before they act."""
    return page(409)


def _unforeseen(error: Exception) -> Response:
    propagate = current_app.config["PROPAGATE_EXCEPTIONS"]
    if propagate or (propagate is None and (current_app.testing or current_app.debug)):
        raise error
    code = new_code(500)
    # The endpoint and not the address, which may hold the token of a link.
    current_app.logger.error("%s at %s", code, request.endpoint, exc_info=error)
    return _rendered(500, WORDS[500], code)


def _rendered(status: int, words: Words, code: str) -> Response:
    if wants_json():
        return make_response(jsonify(message=f"{words.title}. {words.happened}", code=code), status)
    html = render_template(
        "web/error.html",
        words=words,
        code=code,
        status=status,
        respondent=is_respondent_page(),
        contact=settings().CONTACT,
    )
    return make_response(html, status)


def new_code(status: int) -> str:
    """A code to say aloud, with the status behind it."""
    return f"{''.join(secrets.choice(ALPHABET) for _ in range(4))}-{status}"
