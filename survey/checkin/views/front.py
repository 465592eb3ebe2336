"""What all pages of respondents share: their language, whose device it is, and the page for a dead link."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.current import catalog
from survey.database import Busy, Full
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.web import limits, pages
from survey.web.compression import send_either
from survey.web.language import HOUSE_LANGUAGE, speak

WHY = "a respondent has no account: the token in the address, 128 bits and known to them only, lets them in"
FAILURES, WINDOW = 100, timedelta(minutes=15)

blueprint = Blueprint("checkin", __name__)


@blueprint.url_value_preprocessor
def _speak(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Pages about errors speak the language of the link too, as far as the screens know it."""
    speak(request.args.get("taal", HOUSE_LANGUAGE))


def look_at(questionnaire: Questionnaire) -> pages.Look:
    """How to show the pages of a form to whoever asks now."""
    return pages.look(questionnaire, request.args.get("taal"), here=_is_here())


def closed(page: str = "closed") -> ResponseReturnValue:
    """One page for unknown, expired, revoked and locked. Counts failures only: a school has one address."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"checkin:{limits.address()}", limit=FAILURES, per=WINDOW):
            abort(429)
    return send(pages.page(f"checkin/{page}", look_at(catalog().get("relationship-parent"))), 404)


def send(page: pages.Page, status: int = 200) -> Response:
    """A page made before, packed where the browser can unpack it."""
    return send_either(page.body, page.packed, lambda body: Response(body, status, mimetype="text/html"))


def to(endpoint: str, **token: Any) -> ResponseReturnValue:
    """On to another page of respondents."""
    return redirect(address(endpoint, **token), 303)


def address(endpoint: str, **token: Any) -> str:
    """A page behind this token, in the same language and on the same device."""
    return url_for(endpoint, **token, taal=request.args.get("taal"), hier="1" if _is_here() else None)


def _is_here() -> bool:
    """Whether this is the coach's own device, given out of hands for a moment."""
    return request.args.get("hier") == "1"
