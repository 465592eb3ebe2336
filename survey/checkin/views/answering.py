"""The page behind a link: the form, thanks, "not now" with its reason, "stop" and what undoes it."""

from datetime import timedelta

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.checkin import actions, links
from survey.checkin.views.front import WHY, address, blueprint, closed, look_at, send, to
from survey.clock import now
from survey.database import Busy, Full
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.form import Reply, foreign_keys, read_reply
from survey.web import limits, pages
from survey.web.respondent import for_respondents

REPEATS, DAY = 5, timedelta(days=1)  # an answer is recognised so often; a device needs one or two
NOT_NOW, STOP, GO_ON, REASON = "nu_niet", "stop", "toch", "reden"


@blueprint.get("/c/<token>")
@public(WHY)
@for_respondents
def form(token: str) -> ResponseReturnValue:
    """The form, thanks when it has been answered, or what "stop" means and how to undo it."""
    link = links.find(engine(), token, at=now())
    return closed() if link is None or link.is_over else send(_page_of(link))


@blueprint.post("/c/<token>")
@public(WHY)
@for_respondents
def answer(token: str) -> ResponseReturnValue:
    """Store the answers, the "not now" or the "stop", whole or not at all."""
    link = links.find(engine(), token, at=now())
    if link is None:
        return closed()
    questionnaire = links.questionnaire_of(link)
    if foreign_keys(request.form, questionnaire, besides={NOT_NOW, STOP, GO_ON}):
        abort(400)
    try:
        return _over(questionnaire) if link.is_over else _do(token, link, questionnaire)
    except actions.Closed:
        return closed()
    except actions.AnsweredOtherwise:
        return _over(questionnaire)


@blueprint.get("/c/<token>/nu-niet")
@public(WHY)
@for_respondents
def not_now(token: str) -> ResponseReturnValue:
    """What "not now" means, why if they want to say, and the way back to the form."""
    link = links.find(engine(), token, at=now())
    if link is None or link.is_over:
        return closed()
    if link.is_answered or link.is_stopped:
        return send(_page_of(link))
    look = look_at(links.questionnaire_of(link))
    back = address("checkin.form", token=token)
    return pages.filled(
        "checkin/not_now", look, back=back, reasons=actions.REASONS, chosen=link.decline_reason
    )


@blueprint.post("/c/<token>/nu-niet")
@public(WHY)
@for_respondents
def why_not(token: str) -> ResponseReturnValue:
    """Note why not now, for who wants to say."""
    reason = request.form.get(REASON)
    if reason not in actions.REASONS or set(request.form) != {REASON}:
        return abort(400) if links.find(engine(), token, at=now()) else closed()
    try:
        actions.decline(engine(), token=token, clock=now, reason=reason)
    except actions.Closed:
        return closed()
    return to("checkin.not_now", token=token)


def _page_of(link: links.Link) -> pages.Page:
    if link.is_answered:
        name = "thanks"
    elif link.is_stopped:
        name = "stopped" if link.may_go_on else "stopped_for_good"
    else:
        name = "form"
    return pages.page(f"checkin/{name}", look_at(links.questionnaire_of(link)))


def _over(questionnaire: Questionnaire) -> ResponseReturnValue:
    """There is an answer already, and that is all: the same whatever was sent."""
    return send(pages.page("checkin/closed", look_at(questionnaire)), 409)


def _do(token: str, link: links.Link, questionnaire: Questionnaire) -> ResponseReturnValue:
    if GO_ON in request.form and (link.may_go_on or not link.is_stopped):
        actions.go_on(engine(), token=token, clock=now)
    elif STOP in request.form:
        actions.stop(engine(), token=token, clock=now)
    elif link.is_stopped:
        return send(_page_of(link), 409)
    elif NOT_NOW in request.form:
        actions.decline(engine(), token=token, clock=now)
        return to("checkin.not_now", token=token)
    else:
        return _take(token, link, questionnaire)
    return to("checkin.form", token=token)


def _take(token: str, link: links.Link, questionnaire: Questionnaire) -> ResponseReturnValue:
    reply = read_reply(questionnaire, request.form)
    if not (reply.is_complete or link.is_answered):
        return _give_back(questionnaire, reply), 422
    try:
        if link.is_answered and limits.hit(engine(), f"repeat:{link.id}", limit=REPEATS, per=DAY):
            return _over(questionnaire)
        actions.submit(engine(), token=token, reply=_values(reply), clock=now)
    except (Busy, Full) as error:
        current_app.logger.error("%s at %s: %s", type(error).__name__, request.endpoint, error)
        return _give_back(questionnaire, reply), 503, {"Retry-After": "30"}
    return to("checkin.form", token=token)


def _give_back(questionnaire: Questionnaire, reply: Reply) -> str:
    """The form as it was filled in, with what to do about it."""
    chosen = {item: answer.posted for item, answer in reply.answers.items()}
    return pages.returned("checkin/form", look_at(questionnaire), chosen=chosen, empty=reply.errors)


def _values(reply: Reply) -> dict[str, int]:
    return {item: answer.value for item, answer in reply.answers.items() if answer.value is not None}
