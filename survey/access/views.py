"""Signing in by a link in a mail, signing out, and the language of the screens."""

import contextlib
from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access import actions, session
from survey.access.forms import SignInForm
from survey.access.guard import safe_next
from survey.access.permissions import Permission, allow, public
from survey.clock import now
from survey.database import Busy, Full
from survey.database.request import engine
from survey.mail import courier
from survey.web import limits
from survey.web.language import LANGUAGES

START = "/"
WINDOW = timedelta(minutes=15)
# Generous: thirty coaches at one meeting share an address, and some ask twice.
LINKS_PER_PLACE = 90
LINKS_PER_MAIL = 5
DEAD_LINKS_PER_PLACE = 60

blueprint = Blueprint("access", __name__)


@blueprint.get("/inloggen")
@public("people who are not signed in start here")
def sign_in() -> ResponseReturnValue:
    """Ask for the mail address."""
    onward = safe_next(request.args.get("next"))
    if session.current() is not None:
        return redirect(onward or START)
    return render_template("access/sign-in.html", form=SignInForm(formdata=None, next=onward))


@blueprint.post("/inloggen")
@public("people who are not signed in ask for their link here")
def ask_link() -> ResponseReturnValue:
    """Mail a link if somebody has this address; the answer is the same if nobody has."""
    form = SignInForm()
    if not form.validate():
        return render_template("access/sign-in.html", form=form), 422
    if _asked_too_often(form.mail.data):
        too_often = _(
            "Dit ging al vaak achter elkaar. Kijk in uw mail, of probeer het over 15 minuten opnieuw."
        )
        form.mail.errors = [too_often]
        return render_template("access/sign-in.html", form=form), 429, {"Retry-After": str(WINDOW.seconds)}
    actions.ask_link(engine(), email=form.mail.data, at=now())
    _remember(safe_next(form.next.data))
    return courier.deliver_after(redirect(url_for("access.link_sent"), 303))


@blueprint.get("/inloggen/verstuurd")
@public("people who are not signed in read here what happens next")
def link_sent() -> ResponseReturnValue:
    """Say where the link is."""
    return render_template("access/link-sent.html")


@blueprint.get("/inloggen/<token>")
@public("the token in the link is the authority")
def open_link(token: str) -> ResponseReturnValue:
    """Show a button and change nothing: mail scanners open links too."""
    owner = actions.owner_of_link(engine(), link=token, at=now())
    if owner is None:
        return _dead_link()
    return render_template("access/open-link.html", name=owner)


@blueprint.post("/inloggen/<token>")
@public("the token in the link is the authority")
def use_link(token: str) -> ResponseReturnValue:
    """Use the link up and sign in."""
    opened = actions.sign_in(engine(), link=token, at=now())
    if opened is None:
        return _dead_link()
    onward = safe_next(cookie.pop("next", None))
    session.hold(opened)
    return redirect(onward or START, 303)


@blueprint.get("/ontgrendelen")
@public("on a device in someone else's hands only the code opens anything")
def unlock() -> ResponseReturnValue:
    """Ask for the code of whoever handed the device over."""
    if not session.is_locked():
        return redirect(START)
    return render_template("access/unlock.html")


@blueprint.post("/ontgrendelen")
@public("on a device in someone else's hands only the code opens anything")
def open_lock() -> ResponseReturnValue:
    """Back to the page from where the device was handed over; the last wrong code signs out."""
    if not session.is_locked():
        return redirect(START, 303)
    tried = session.unlock(request.form.get("code", ""))
    if tried.back is not None:
        return redirect(safe_next(tried.back) or START, 303)
    return render_template("access/unlock.html", left=tried.left), 422 if tried.left else 401


@blueprint.post("/uitloggen")
@public("signing out works for anyone, also when the session has already ended")
def sign_out() -> ResponseReturnValue:
    """End the session on this device."""
    return _signed_out(ended=session.end(), everywhere=False)


@blueprint.post("/uitloggen/overal")
@allow(Permission.KEEP_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of this person, on every device."""
    return _signed_out(ended=session.end_all(session.scope().person_id), everywhere=True)


@blueprint.post("/taal")
@public("the sign-in page has two languages too")
def choose_language() -> ResponseReturnValue:
    """Show the screens in another language, from now on and on every device."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    cookie["language"] = language
    scope = session.current()
    if scope is not None:
        actions.choose_language(engine(), person_id=scope.person_id, language=language)
    return redirect(safe_next(request.form.get("next")) or START, 303)


def _signed_out(*, ended: bool, everywhere: bool) -> ResponseReturnValue:
    """Lead to the door, or say what the server could not do: this device holds no session in either case."""
    if ended:
        return redirect(url_for("access.sign_in"), 303)
    return render_template("access/signed-out.html", everywhere=everywhere), 503


def _asked_too_often(email: str) -> bool:
    # Counted whoever asks, and whether somebody has the address or not; a place over its limit adds no rows.
    return limits.hit(engine(), f"link:{limits.address()}", limit=LINKS_PER_PLACE, per=WINDOW) or limits.hit(
        engine(), f"link:{limits.hashed(email)}", limit=LINKS_PER_MAIL, per=WINDOW
    )


def _dead_link() -> ResponseReturnValue:
    """The one answer to a link that is unknown, expired, used or of someone who left."""
    with contextlib.suppress(Busy, Full):  # the link is as dead when nobody can count
        if limits.hit(engine(), f"dead:{limits.address()}", limit=DEAD_LINKS_PER_PLACE, per=WINDOW):
            abort(429)
    return render_template("access/dead-link.html"), 404


def _remember(onward: str | None) -> None:
    # In the cookie and not in the mail: whoever asks for a link writes nothing into someone else's mail.
    cookie.pop("next", None)
    if onward:
        cookie["next"] = onward
