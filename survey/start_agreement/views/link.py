"""What a link to sign opens for whoever holds it: the agreement, a name to sign with, or a remark."""

from contextlib import suppress
from datetime import timedelta

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import public
from survey.clock import now
from survey.database import Busy, Full
from survey.database.request import engine
from survey.start_agreement import forms, paper, words
from survey.start_agreement.signing import actions, links
from survey.start_agreement.signing.links import Door, Link
from survey.start_agreement.views.front import blueprint
from survey.web import limits
from survey.web.fields import one_line
from survey.web.respondent import for_respondents

WHY = "a partner has no account: the token in the address, 128 bits and known to them only, lets them in"
FAILURES, WINDOW = 100, timedelta(minutes=15)
SIGN, REMARK = "sign", "remark"


@blueprint.get("/s/<signing_token>")
@public(WHY)
@for_respondents
def read(signing_token: str) -> ResponseReturnValue:
    """The agreement, with room to sign while that can be done. Changes nothing."""
    link = links.find(engine(), signing_token, at=now())
    return _unknown() if link is None else _page(link)


@blueprint.post("/s/<signing_token>")
@public(WHY)
@for_respondents
def answer(signing_token: str) -> ResponseReturnValue:
    """Sign, or send a remark; what comes after somebody signed changes nothing."""
    link = links.find(engine(), signing_token, at=now())
    if link is None:
        return _unknown()
    if link.door is Door.SIGNED:
        return redirect(url_for(".read", signing_token=signing_token), 303)
    wrong = _wrong()
    if wrong:
        return _page(link, wrong), 422
    try:
        _do(signing_token)
    except actions.Closed:
        return _page(links.find(engine(), signing_token, at=now()) or link), 409
    except (Busy, Full) as error:
        current_app.logger.error("%s at %s: %s", type(error).__name__, request.endpoint, error)
        busy = {"main": _("Het opslaan lukte niet. Er is niets verstuurd. Probeer het zo nog eens.")}
        return _page(link, busy), 503, {"Retry-After": "30"}
    return redirect(url_for(".read", signing_token=signing_token), 303)


def _do(token: str) -> None:
    if request.form.get("act") == SIGN:
        actions.sign(engine(), token=token, name=_name(), clock=now)
    else:
        actions.remark(engine(), token=token, words=_remark(), clock=now)


def _wrong() -> dict[str, str]:
    """What is still wrong with what was sent, by control."""
    act = request.form.get("act")
    if act == SIGN and not 0 < len(_name()) <= actions.LONGEST_NAME:
        return {"name": _("Vul uw naam in, hooguit %(n)s tekens.", n=actions.LONGEST_NAME)}
    if act == REMARK and not 0 < len(_remark()) <= actions.LONGEST_REMARK:
        return {"remark": _("Schrijf uw opmerking op, hooguit %(n)s tekens.", n=actions.LONGEST_REMARK)}
    return {} if act in {SIGN, REMARK} else {"name": _("Kies: ondertekenen of een opmerking sturen.")}


def _name() -> str:
    return one_line(request.form.get("name", ""))


def _remark() -> str:
    return forms.several(request.form.get("remark", ""))


def _page(link: Link, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "start_agreement/sign.html",
        link=link,
        can_sign=link.door is Door.OPEN and link.agreement.state == "asked",
        title=paper.title(link.placement),
        blocks=paper.blocks(link.agreement, link.placement),
        errors=errors or {},
        typed=request.form,
        words=words,
    )


def _unknown() -> ResponseReturnValue:
    """One page for every token that opens nothing. Counts failures only: a school has one address."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"signing:{limits.address()}", limit=FAILURES, per=WINDOW):
            abort(429)
    return render_template("start_agreement/gone.html"), 404
