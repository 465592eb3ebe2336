"""The pages of a coach: own placements, the hours of each month in one tap, and a wish for next year."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.placement import actions, reports, words
from survey.placement.places import WISHES, Placement
from survey.placement.views.front import blueprint
from survey.placement.views.one import typed_hours
from survey.web.fields import one_line


@blueprint.get("/mijn-inzet")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own() -> str:
    """The placements of this coach in this school year, with the months that wait."""
    return _page()


@blueprint.post("/mijn-inzet/<placement_id>/uren")
@allow(Permission.SEE_OWN_PLACEMENTS)
def log(placement_id: str) -> ResponseReturnValue:
    """Write down the hours of a month: as agreed, or other ones."""
    one, month = _own(placement_id), request.form.get("month", "")
    as_agreed = request.form.get("as_agreed") == "1" and one.hours_agreed is not None
    hours = one.hours_agreed if as_agreed else typed_hours(request.form.get("hours", ""))
    if hours is None or isinstance(hours, str):
        typed = {"month": month, "hours": request.form.get("hours", "")}
        return _page(one, hours or _("Vul in hoeveel uur per week het was."), typed), 422
    try:
        actions.log_hours(engine(), placement_id=one.id, month=month, hours=hours, by=scope(), at=now())
    except actions.NoSuchMonth:
        return _page(one, _("Van deze maand kunt u geen uren opschrijven.")), 422
    return redirect(url_for("placement.own", _anchor=f"plek-{one.id}"), 303)


@blueprint.post("/mijn-inzet/<placement_id>/wens")
@allow(Permission.SEE_OWN_PLACEMENTS)
def wish(placement_id: str) -> ResponseReturnValue:
    """Note what coach and school wish for the next school year."""
    one = _own(placement_id)
    note, chosen = one_line(request.form.get("wish_note", "")), request.form.get("wish", "")
    if chosen not in WISHES:
        return _page(one, _("Kies een van de antwoorden."), {"wish_note": note}), 422
    if len(note) > actions.LONGEST_NOTE:
        said = _("Maak dit korter: hooguit %(n)s tekens.", n=actions.LONGEST_NOTE)
        return _page(one, said, {"wish": chosen, "wish_note": note}), 422
    actions.note_wish(engine(), placement_id=one.id, wish=chosen, note=note, by=scope(), at=now())
    return redirect(url_for("placement.own", _anchor=f"plek-{one.id}"), 303)


def _own(placement_id: str) -> Placement:
    """A placement of the reader; 404 for one of anybody else."""
    one = reports.one(engine(), scope(), placement_id)
    return one if one is not None and one.person_id == scope().person_id else abort(404)


def _page(wrong: Placement | None = None, said: str = "", typed: dict[str, str] | None = None) -> str:
    me, today = scope(), local_day(now())
    held = reports.of_coach(engine(), me, today)
    waiting = reports.due(engine(), me, today)
    return render_template(
        "placement/own.html",
        held=held,
        hours={one.id: reports.hours(engine(), me, one.id) for one in held},
        months={one.id: reports.months(engine(), me, one.id, today) for one in held},
        waiting={one.id: [each.month for each in waiting if each.placement.id == one.id] for one in held},
        wrong=wrong,
        said=said,
        typed=typed or {},
        today=today,
        words=words,
    )
