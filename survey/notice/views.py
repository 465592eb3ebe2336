"""Pages around mail: whether mails come, an own calendar, and how the mail of the programme fares."""

import contextlib

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, Scope, allow, public
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.mail import courier
from survey.mail.trouble import actions as trouble_actions
from survey.mail.trouble import reports as trouble
from survey.notice import actions, calendars, reports, store
from survey.notice.bundle import Bundle
from survey.notice.kinds import IN_A_MAIL, Choice
from survey.web.language import speak
from survey.web.respondent import for_respondents
from survey.web.trust import takes_files

blueprint = Blueprint("notice", __name__)


@blueprint.record_once
def _write_bundles(setup: BlueprintSetupState) -> None:
    courier.before_delivery(setup.app, actions.bundle)
    courier.written_by(setup.app, store.BUNDLE, Bundle())


@blueprint.get("/post")
@allow(Permission.KEEP_ACCOUNT)
def own() -> str:
    """Whether mails come, and the address of the own calendar."""
    return render_template(
        "notice/own.html",
        mail=reports.standing(engine(), scope(), now()),
        feed=reports.feed_address(engine(), scope()),
        takes_part=scope().can(Permission.TAKE_PART),
    )


@blueprint.post("/post")
@allow(Permission.KEEP_ACCOUNT)
def choose_own() -> ResponseReturnValue:
    """Choose whether mails come."""
    actions.choose(
        engine(), person_id=scope().person_id, choice=_choice(request.form.get("choice", "")), at=now()
    )
    return redirect(url_for("notice.own"), 303)


@blueprint.post("/post/agenda")
@allow(Permission.TAKE_PART)
def choose_feed() -> ResponseReturnValue:
    """Make an own calendar, give it a new address, or end it."""
    if request.form.get("choice") == "stop":
        actions.end_feed(engine(), by=scope())
    else:
        actions.make_feed(engine(), by=scope(), at=now())
    return redirect(url_for("notice.own", _anchor="agenda"), 303)


@blueprint.get("/post/<choice>/<letter_token>")
@public("the token in the mail is the authority")
@for_respondents
def ask(choice: str, letter_token: str) -> str:
    """Show one button and change nothing: mail scanners open links too."""
    chosen = _choice(choice, unknown=404)
    return _choice_page(_holder(letter_token, chosen), chosen, letter_token)


@blueprint.post("/post/<choice>/<letter_token>")
@public("the token in the mail is the authority")
@for_respondents
@takes_files  # RFC 8058: a mail program may send its one word this way; it holds no file
def choose(choice: str, letter_token: str) -> str:
    """Choose, and say so without leading on: mail programs follow no redirect."""
    chosen = _choice(choice, unknown=404)
    who = _holder(letter_token, chosen)
    actions.choose(engine(), person_id=who.person_id, choice=chosen, at=now())
    return _choice_page(who, chosen, letter_token)


@blueprint.get("/agenda/feed/<feed_token>.ics")
@public("the address of an own calendar is the authority, calendar programs sign in nowhere")
@for_respondents
def feed(feed_token: str) -> Response:
    """An own calendar, as a calendar program reads it."""
    who = reports.holder_of_feed(engine(), feed_token)
    if who is None:
        abort(404)
    speak(who.language)
    return _calendar(reports.own_calendar(engine(), who, now()))


@blueprint.get("/agenda/<event_id>.ics")
@allow(Permission.TAKE_PART)
def event_file(event_id: str) -> Response:
    """An event for the own calendar."""
    return _calendar(reports.event_file(engine(), scope(), event_id, now()))


@blueprint.get("/reflectie/<round_id>.ics")
@allow(Permission.REFLECT)
def round_file(round_id: str) -> Response:
    """The last day of a round for the own calendar."""
    return _calendar(reports.round_file(engine(), scope(), round_id, now()))


@blueprint.get("/mail")
@allow(Permission.MANAGE_COHORTS)
def state() -> str:
    """How much mail waits and left, and what did not arrive; never what a mail says."""
    mail = trouble.state(engine(), scope(), now())
    return render_template("notice/mail.html", mail=mail, again="opnieuw" in request.args)


@blueprint.post("/mail/<mail_id>/opnieuw")
@allow(Permission.MANAGE_COHORTS)
def retry(mail_id: str) -> ResponseReturnValue:
    """Try a mail again; one that left meanwhile is left alone."""
    with contextlib.suppress(trouble_actions.NotInTrouble):
        trouble_actions.retry(engine(), mail_id=mail_id, by=scope(), at=now())
    return courier.deliver_after(redirect(url_for("notice.state", opnieuw=1), 303))


def _choice(text: str, unknown: int = 400) -> Choice:
    try:
        return Choice(text)
    except ValueError:
        abort(unknown)


def _holder(token: str, choice: Choice) -> Scope:
    who = reports.holder(engine(), token, choice) if choice in IN_A_MAIL else None
    if who is None:
        abort(404)
    speak(who.language)
    return who


def _choice_page(who: Scope, asked: Choice, token: str) -> str:
    mail = reports.standing(engine(), who, now())
    return render_template("notice/choice.html", mail=mail, asked=asked, token=token)


def _calendar(text: bytes | None) -> Response:
    if text is None:
        abort(404)
    return Response(text, mimetype=calendars.MIMETYPE)
