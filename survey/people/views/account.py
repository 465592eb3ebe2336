"""The page where someone sees the own account, and says whether research may use the own reflections."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.people import actions, reports

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@allow(Permission.KEEP_ACCOUNT)
def show() -> str:
    """Name, mail address, roles, and what someone chose."""
    own = reports.own(engine(), scope()) or abort(404)
    return render_template("people/account.html", own=own, me=scope(), Permission=Permission)


@blueprint.post("/account/onderzoek")
@allow(Permission.REFLECT)
def research() -> ResponseReturnValue:
    """Let research use own reflections, or no longer."""
    if request.form.get("mag") not in {"ja", "nee"}:
        abort(400)
    actions.let_research(engine(), by=scope(), yes=request.form["mag"] == "ja", at=now())
    return redirect(url_for(".show", _anchor="onderzoek"), 303)
