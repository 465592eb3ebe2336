"""The page that asks where the hours went; nobody has to fill it in."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.reflection.actions import RoundClosed
from survey.reflection.emphasis import actions, reading
from survey.reflection.emphasis.reading import Ask, Emphasis
from survey.reflection.views.front import blueprint, standing_of
from survey.web.language import screen_language

KNOWN = {emphasis.value: emphasis for emphasis in Emphasis}


@blueprint.get("/reflectie/<round_id>/uren")
@allow(Permission.REFLECT)
def emphasis(round_id: str) -> ResponseReturnValue:
    """The tasks of the assignment, once the round was handed in."""
    asked = _ask(round_id)
    if not asked.is_open:
        return redirect(url_for(".result", round_id=round_id))
    return _page(asked, {task: one.value for task, one in asked.given.items()})


@blueprint.post("/reflectie/<round_id>/uren")
@allow(Permission.REFLECT)
def save_emphasis(round_id: str) -> ResponseReturnValue:
    """Keep what was chosen; what was not stays out."""
    asked = _ask(round_id)
    chosen = {task.key: request.form[task.key] for task in asked.tasks if task.key in request.form}
    if set(chosen.values()) - KNOWN.keys():
        return _page(asked, chosen, _("Kies één van de antwoorden.")), 422
    given = {task: KNOWN[value] for task, value in chosen.items()}
    try:
        actions.save(engine(), by=scope(), round_id=round_id, given=given, catalog=catalog(), clock=now)
    except RoundClosed:
        return _page(asked, chosen, _("De ronde is gesloten. Dit is niet meer bewaard.")), 409
    return redirect(url_for(".result", round_id=round_id, _anchor="uren"), 303)


def _page(asked: Ask, chosen: dict[str, str], fault: str | None = None) -> str:
    return render_template(
        "reflection/emphasis.html",
        asked=asked,
        round=asked.standing.round,
        chosen=chosen,
        fault=fault,
        Emphasis=Emphasis,
        lang=screen_language(),
    )


def _ask(round_id: str) -> Ask:
    asked = reading.ask(engine(), standing_of(round_id), scope=scope(), catalog=catalog())
    return asked or abort(404)
