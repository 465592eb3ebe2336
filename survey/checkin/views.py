"""The page behind a check-in link: no sign-in, no cookie; the token in the address is the authority."""

from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.checkin import actions, links, pages
from survey.clock import now
from survey.current import catalog
from survey.database import Busy, Full
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.form import Reply, foreign_keys, read_reply
from survey.web import limits
from survey.web.compression import send_either
from survey.web.language import HOUSE_LANGUAGE, speak
from survey.web.respondent import for_respondents

WHY = "a respondent has no account: the token in the address, 128 bits and known to them only, lets them in"
NOT_NOW = "nu_niet"
FAILURES, WINDOW = 100, timedelta(minutes=15)

blueprint = Blueprint("checkin", __name__)


@blueprint.url_value_preprocessor
def _speak(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Pages about errors speak the language of the link too, as far as the screens know it."""
    speak(request.args.get("taal", HOUSE_LANGUAGE))


@blueprint.get("/c/<token>")
@public(WHY)
@for_respondents
def form(token: str) -> ResponseReturnValue:
    """The form, or thanks when it has been answered."""
    link = links.find(engine(), token, at=now())
    if link is None:
        return _closed()
    questionnaire = _questionnaire(link)
    page = pages.thanks if link.is_answered else pages.blank
    return _send(page(questionnaire, _language(questionnaire)))


@blueprint.post("/c/<token>")
@public(WHY)
@for_respondents
def answer(token: str) -> ResponseReturnValue:
    """Store the answers or the "not now", whole or not at all."""
    link = links.find(engine(), token, at=now())
    if link is None:
        return _closed()
    questionnaire = _questionnaire(link)
    if foreign_keys(request.form, questionnaire, besides={NOT_NOW}):
        abort(400)
    try:
        return _decline(token) if NOT_NOW in request.form else _take(token, link, questionnaire)
    except actions.Closed:
        return _closed()
    except actions.AnsweredOtherwise:
        return _send(pages.closed(questionnaire, _language(questionnaire)), 409)


@blueprint.get("/c/<token>/nu-niet")
@public(WHY)
@for_respondents
def not_now(token: str) -> ResponseReturnValue:
    """What "not now" means, with the way back to the form."""
    link = links.find(engine(), token, at=now())
    if link is None:
        return _closed()
    questionnaire = _questionnaire(link)
    lang = _language(questionnaire)
    if link.is_answered:
        return _send(pages.thanks(questionnaire, lang))
    return pages.not_now(questionnaire, lang, back=_address("checkin.form", token))


def _decline(token: str) -> ResponseReturnValue:
    actions.decline(engine(), token=token, clock=now)
    return _to("checkin.not_now", token)


def _take(token: str, link: links.Link, questionnaire: Questionnaire) -> ResponseReturnValue:
    reply = read_reply(questionnaire, request.form)
    if not (reply.is_complete or link.is_answered):
        return _give_back(questionnaire, reply), 422
    try:
        actions.submit(engine(), token=token, reply=_values(reply), clock=now)
    except (Busy, Full) as error:
        current_app.logger.error("%s at %s: %s", type(error).__name__, request.endpoint, error)
        return _give_back(questionnaire, reply), 503, {"Retry-After": "30"}
    return _to("checkin.form", token)


def _give_back(questionnaire: Questionnaire, reply: Reply) -> str:
    """The form as it was filled in, with what to do about it."""
    lang = _language(questionnaire)
    return pages.returned(questionnaire, lang, chosen=_values(reply), empty=reply.errors)


def _values(reply: Reply) -> dict[str, int]:
    return {item: answer.value for item, answer in reply.answers.items() if answer.value is not None}


def _closed() -> ResponseReturnValue:
    """One page for unknown, expired, revoked and locked. Counts failures only: a school has one address."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"checkin:{limits.address()}", limit=FAILURES, per=WINDOW):
            abort(429)
    questionnaire = catalog().get("relationship-parent")
    return _send(pages.closed(questionnaire, _language(questionnaire)), 404)


def _send(page: pages.Page, status: int = 200) -> Response:
    return send_either(page.body, page.packed, lambda body: Response(body, status, mimetype="text/html"))


def _to(endpoint: str, token: str) -> ResponseReturnValue:
    return redirect(_address(endpoint, token), 303)


def _address(endpoint: str, token: str) -> str:
    return url_for(endpoint, token=token, taal=request.args.get("taal"))


def _language(questionnaire: Questionnaire) -> str:
    return pages.language(questionnaire, request.args.get("taal"))


def _questionnaire(link: links.Link) -> Questionnaire:
    return catalog().get(link.form, link.version)
