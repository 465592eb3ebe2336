"""The page Vandaag: asks the rooms what waits for this person. Holds nothing of its own."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import HOME, now
from survey.database.request import engine
from survey.reflection import reports as reflections

blueprint = Blueprint("today", __name__)

NOON, EVENING = 12, 18


@blueprint.get("/")
@allow(Permission.SEE_TODAY)
def start() -> ResponseReturnValue:
    return redirect(url_for(".show"))


@blueprint.get("/vandaag")
@allow(Permission.SEE_TODAY)
def show() -> str:
    me, at = scope(), now()
    due = (
        reflections.due(engine(), me, at, catalog=current_app.extensions["catalog"])
        if me.can(Permission.REFLECT)
        else []
    )
    return render_template(
        "today/show.html",
        me=me,
        at=at,
        hello=_greeting(at.astimezone(HOME).hour),
        Permission=Permission,
        due=due,
    )


def _greeting(hour: int) -> str:
    if hour < NOON:
        return str(_("Goedemorgen"))
    return str(_("Goedemiddag") if hour < EVENING else _("Goedenavond"))
