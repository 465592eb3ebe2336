"""The page behind a link: the form about one coach after another, thanks, "not now", no more mail."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from flask import Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.clock import now
from survey.current import catalog
from survey.database import Busy, Full
from survey.database.request import engine
from survey.evaluation import reports
from survey.evaluation.answering import actions, links
from survey.evaluation.answering.links import About, Link
from survey.evaluation.said_done import reports as said_done
from survey.evaluation.sealing import WrongKey
from survey.evaluation.views.front import blueprint
from survey.evaluation.windows import State
from survey.questionnaire.form import Reply, foreign_keys, read_reply
from survey.web import limits, pages
from survey.web.compression import send_either
from survey.web.fields import one_line
from survey.web.language import HOUSE_LANGUAGE, speak
from survey.web.respondent import for_respondents

WHY = "a respondent has no account: the token in the address, 128 bits and known to them only, lets them in"
FAILURES, WINDOW = 100, timedelta(minutes=15)
OVER, LINE, NOT_NOW, STOP, NOT_KNOWN = "over", "regel", "nu_niet", "stop", "onbekend"
BESIDES = frozenset({OVER, LINE, NOT_NOW, STOP, NOT_KNOWN})


class Day:
    """A day in the words of a language; equal days make equal pages."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self, lang: str) -> str:
        return format_date(self.day, "d MMMM y", locale=lang)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Day) and other.day == self.day

    def __hash__(self) -> int:
        return hash(self.day)


@blueprint.get("/e/<evaluation_token>")
@public(WHY)
@for_respondents
def form(evaluation_token: str) -> ResponseReturnValue:
    """The form, thanks, or that it is not open yet or any more. Changes nothing."""
    link = _link(evaluation_token)
    return _unknown() if link is None else _show(link)


@blueprint.post("/e/<evaluation_token>")
@public(WHY)
@for_respondents
def answer(evaluation_token: str) -> ResponseReturnValue:
    """Take an answer whole or not at all; or "not now", "I do not know this coach", "no more mail"."""
    link = _link(evaluation_token)
    if link is None:
        return _unknown()
    if foreign_keys(request.form, link.questionnaire, besides=BESIDES):
        abort(400)
    try:
        return _do(evaluation_token, link)
    except actions.Closed:
        return _show(_link(evaluation_token) or link, 409)


@blueprint.get("/e/<evaluation_token>/nu-niet")
@public(WHY)
@for_respondents
def not_now(evaluation_token: str) -> ResponseReturnValue:
    """Until when one can take part, and the way back to the form."""
    return _aside(evaluation_token, "not_now")


@blueprint.get("/e/<evaluation_token>/geen-mail")
@public(WHY)
@for_respondents
def stopped(evaluation_token: str) -> ResponseReturnValue:
    """No more mail comes, and the way back to the form."""
    return _aside(evaluation_token, "stopped")


def _link(token: str) -> Link | None:
    speak(request.args.get("taal", HOUSE_LANGUAGE))
    return links.find(engine(), token, at=now())


def _unknown() -> ResponseReturnValue:
    """One page for every token that opens nothing. Counts failures only: a school has one address."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"evaluation:{limits.address()}", limit=FAILURES, per=WINDOW):
            abort(429)
    look = pages.look(catalog().get("evaluation-parent"), request.args.get("taal"))
    return _send(pages.page("evaluation/respondent/closed", look), 404)


def _show(link: Link, status: int = 200) -> ResponseReturnValue:
    """What stands behind the link now; `status` is for what was sent and not taken."""
    look = _look(link)
    if link.state is State.PLANNED:
        day = Day(link.window.first_day)
        return _send(pages.page("evaluation/respondent/not_yet", look, day=day), status)
    if link.state is not State.OPEN or not link.about:  # nobody works there any more
        points = said_done.published(engine(), link.window.id, link.form)
        told = said_done.in_language(points, look.lang)
        return _send(pages.page("evaluation/respondent/closed", look, told=told), status)
    if link.next is None:
        return _send(pages.page("evaluation/respondent/thanks", look, day=Day(link.window.last_day)))
    if not reports.key_fits(link.window):
        abort(503)
    return _send(pages.page("evaluation/respondent/form", look, **_shown(link, link.next)))


def _shown(link: Link, about: About) -> dict[str, Any]:
    """What the form shows beside its questions."""
    return {
        "node": about.node_id,
        "coach": about.coach,
        "school": link.school,
        "named": link.name,
        "is_next": link.is_answered,
        "may_skip": link.may_skip,
        "may_stop": link.has_address,
    }


def _do(token: str, link: Link) -> ResponseReturnValue:
    node = request.form.get(OVER, "")
    if STOP in request.form:
        actions.stop(engine(), token=token, clock=now)
        return _to("stopped", token)
    if link.state is not State.OPEN:
        raise actions.Closed
    if NOT_NOW in request.form:
        return _to("not_now", token)
    if node not in {one.node_id for one in link.about}:
        return _to("form", token) if link.next is None else abort(400)
    if NOT_KNOWN in request.form:
        if not link.may_skip:
            abort(400)
        actions.not_known(engine(), token=token, node_id=node, clock=now)
        return _to("form", token)
    return _take(token, link, node)


def _take(token: str, link: Link, node: str) -> ResponseReturnValue:
    about = next(one for one in link.about if one.node_id == node)
    if about.is_answered:
        return _to("form", token)
    reply, line = read_reply(link.questionnaire, request.form), one_line(request.form.get(LINE, ""))
    question = link.questionnaire.open_question
    is_long = len(line) > (question.max_length if question else 0)
    if not reply.is_complete or is_long:
        return _give_back(link, about, reply, is_long=is_long), 422
    try:
        actions.submit(engine(), token=token, node_id=node, answers=reply.answers, line=line, clock=now)
    except (Busy, Full, WrongKey) as error:
        current_app.logger.error("%s at %s: %s", type(error).__name__, request.endpoint, error)
        return _give_back(link, about, reply), 503, {"Retry-After": "30"}
    return _to("form", token)


def _give_back(link: Link, about: About, reply: Reply, *, is_long: bool = False) -> str:
    """The form as it was filled in, with what to do about it."""
    return pages.returned(
        "evaluation/respondent/form",
        _look(link),
        chosen={item: answer.posted for item, answer in reply.answers.items()},
        empty=reply.errors,
        line=request.form.get(LINE, ""),
        is_long=is_long,
        **_shown(link, about),
    )


def _aside(token: str, page: str) -> ResponseReturnValue:
    link = _link(token)
    if link is None:
        return _unknown()
    if link.state is not State.OPEN and page == "not_now":
        return _show(link)
    back = url_for("evaluation.form", evaluation_token=token, taal=request.args.get("taal"))
    return pages.filled(
        f"evaluation/respondent/{page}", _look(link), day=Day(link.window.last_day), back=back
    )


def _look(link: Link) -> pages.Look:
    return pages.look(link.questionnaire, request.args.get("taal"))


def _to(page: str, token: str) -> ResponseReturnValue:
    """On to another page behind this token, in the same language."""
    return redirect(url_for(f"evaluation.{page}", evaluation_token=token, taal=request.args.get("taal")), 303)


def _send(page: pages.Page, status: int = 200) -> Response:
    """A page made before, packed where the browser can unpack it."""
    return send_either(page.body, page.packed, lambda body: Response(body, status, mimetype="text/html"))
