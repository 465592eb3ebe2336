"""Sharing own growth with own trainers, and what a trainer sees of it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import NotYours, Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.reflection import reports
from survey.reflection.sharing import actions, reading
from survey.reflection.sharing.reading import Sharer
from survey.reflection.views.front import blueprint
from survey.web.figure import send_figure
from survey.web.language import screen_language
from survey.web.texts import chart_texts


@blueprint.post("/groei/delen/<trainer_id>")
@allow(Permission.SEE_OWN_GROWTH)
def share(trainer_id: str) -> ResponseReturnValue:
    """On or off, as the button said; a page that is older than the choice changes nothing else."""
    wanted = request.form.get("share")
    if wanted not in {"on", "off"}:
        abort(400)
    try:
        act = actions.share if wanted == "on" else actions.stop_sharing
        act(engine(), by=scope(), trainer_id=trainer_id, at=now())
    except NotYours:
        abort(404)
    return redirect(url_for(".growth", _anchor="share"), 303)


@blueprint.get("/gedeeld")
@allow(Permission.SEE_COHORTS)
def shared() -> str:
    """The coaches who let this trainer see their growth, by name."""
    sharers = reading.sharers(engine(), scope=scope(), at=now())
    return render_template("reflection/shared.html", sharers=sharers)


@blueprint.get("/gedeeld/<person_id>")
@allow(Permission.SEE_COHORTS)
def shared_growth(person_id: str) -> str:
    """The chart someone shares, and the names of their focus points; no aim, no line, no answer."""
    sharer = _sharer(person_id)
    actions.note_look(engine(), by=scope(), coach_id=sharer.id, at=now())
    lang, growths = screen_language(), _growths(sharer)
    focus = {
        one.profile.profile: reports.shared_focus(engine(), sharer, one.profile, lang) for one in growths
    }
    return render_template(
        "reflection/shared_growth.html", sharer=sharer, growths=growths, focus=focus, lang=lang
    )


@blueprint.get("/gedeeld/<person_id>/<profile>.json")
@allow(Permission.SEE_COHORTS)
def shared_figure(person_id: str, profile: str) -> ResponseReturnValue:
    """The figure of a shared growth: as much a look as the page."""
    sharer = _sharer(person_id)
    found = next((one for one in _growths(sharer) if one.profile.profile == profile), None)
    if found:
        actions.note_look(engine(), by=scope(), coach_id=sharer.id, at=now())
    return send_figure(found.chart.json if found and found.chart else "")


def _growths(sharer: Sharer) -> list[reports.Growth]:
    return reports.shared_growths(engine(), sharer, now(), catalog=catalog(), texts=chart_texts())


def _sharer(person_id: str) -> Sharer:
    """Someone who shares with this trainer; everyone else is as little there as nobody."""
    found = reading.sharer(engine(), person_id, scope=scope(), at=now())
    if found is None:
        abort(404)
    return found
