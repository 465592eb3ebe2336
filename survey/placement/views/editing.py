"""A new placement, and changing one."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.clock import school_year as year_of
from survey.database.request import engine
from survey.placement import actions, reports, words
from survey.placement import hours as rules
from survey.placement.forms import PlacementForm
from survey.placement.places import Placement
from survey.placement.views.front import asked, blueprint
from survey.placement.views.one import known, to
from survey.school import reports as schools
from survey.web import once
from survey.web.numbers import shown_revision


@blueprint.get("/inzet/nieuw")
@allow(Permission.KEEP_REGISTER)
def new() -> str:
    """The form of a new placement; the address may name the school and the year."""
    today, year = local_day(now()), asked().school_year
    first = today if year == year_of(today) else rules.first_day(year)
    stands = {"school": request.args.get("school", ""), "status": "wanted", "starts_on": first}
    return _page(_form(None, formdata=None, data=stands))


@blueprint.post("/inzet/nieuw")
@allow(Permission.KEEP_REGISTER)
def add() -> ResponseReturnValue:
    """Make a placement; with a mistake, everything typed stays."""
    form = _form(None)
    if not form.fits(_pupils(form)):
        return _page(form), 422
    try:
        key = actions.add(
            engine(),
            details=form.details,
            by=scope(),
            at=now(),
            second=form.second.data,
            key=once.form_id(),
        )
    except (actions.Overlaps, actions.SecondPlace, actions.TooManyHours, actions.NoCoach) as refusal:
        return _page(_told(form, refusal)), 409
    return redirect(url_for("placement.show", placement_id=key), 303)


@blueprint.get("/inzet/<placement_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def edit(placement_id: str) -> str:
    """The form of a placement as it is."""
    one = known(placement_id)
    stands = {"school": one.school_id, "coach": one.person_id or ""}
    same = ("status", "starts_on", "ends_on", "employer", "click_on", "hours_agreed", "agreed_note")
    more = ("hours_needed", "needed_note")
    stands |= {name: getattr(one, name) for name in (*same, *more)}
    stands |= {name: getattr(one, name) or "" for name in ("agreed_because", "needed_because")}
    return _page(_form(one, formdata=None, data=stands), one)


@blueprint.post("/inzet/<placement_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def change(placement_id: str) -> ResponseReturnValue:
    """Change a placement; what was typed stays where it cannot be stored."""
    one = known(placement_id)
    form = _form(one)
    if not form.fits(_pupils(form)):
        return _page(form, one, request.form.get("shown")), 422
    try:
        actions.change(
            engine(),
            placement_id=one.id,
            details=form.details,
            by=scope(),
            at=now(),
            shown=shown_revision(),
            second=form.second.data,
        )
    except actions.Changed:
        return _page(form, known(one.id), meanwhile=True), 409
    except (actions.Overlaps, actions.SecondPlace, actions.TooManyHours, actions.NoCoach) as refusal:
        return _page(_told(form, refusal), one, request.form.get("shown")), 409
    return to(one)


def _form(one: Placement | None, **options: Any) -> PlacementForm:
    """The form, in which a school and a coach that are noted can stay, also when they stopped."""
    me = scope()
    at, who = dict(schools.choices(engine(), me)), dict(reports.coaches(engine(), me))
    if one is not None:
        at.setdefault(one.school_id, f"{one.school}, {one.place}")
        if one.person_id:
            who.setdefault(one.person_id, one.coach or "")
    return PlacementForm(at, who, **options)


def _pupils(form: PlacementForm) -> int | None:
    if not form.starts_on.data:
        return None
    counted = schools.counts(engine(), scope(), year_of(form.starts_on.data)).get(form.school.data or "")
    return counted.pupils if counted else None


def _told(form: PlacementForm, refusal: Exception) -> PlacementForm:
    """The form with why it was refused, at the field it is about."""
    field = {actions.SecondPlace: form.second, actions.TooManyHours: form.hours_agreed}.get(
        type(refusal), form.coach
    )
    field.errors = [words.refused(refusal)]
    if field is form.second:
        ask = _("Is dit een tweede plek? Zet dan het vinkje.")
        field.errors = [f"{words.refused(refusal)} {ask}"]
    return form


def _page(
    form: PlacementForm, one: Placement | None = None, shown: str | None = None, *, meanwhile: bool = False
) -> str:
    return render_template(
        "placement/form.html",
        form=form,
        one=one,
        shown=shown or (one.revision if one else ""),
        meanwhile=meanwhile,
        pupils=_pupils(form),
        rule=rules.rule,
        calculation=rules.calculation,
        employers=reports.choices(engine(), scope(), asked().school_year).employers,
        words=words,
    )
