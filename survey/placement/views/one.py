"""One placement: what is noted, its hours and months, its history, and what can be done with it."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.assignment import reports as assignments
from survey.clock import local_day, now
from survey.database.request import engine
from survey.placement import actions, reports, words
from survey.placement.forms import EndForm, FillForm
from survey.placement.places import OPEN, Placement
from survey.placement.views.front import blueprint
from survey.web.fields import HoursField
from survey.web.language import full_date
from survey.web.numbers import shown_revision

SETTLED = ("active", "paused", "agreed")  # between which a place with a coach goes to and fro


@blueprint.get("/inzet/<placement_id>")
@allow(Permission.KEEP_REGISTER)
def show(placement_id: str) -> str:
    """One placement with its history."""
    return page(known(placement_id))


@blueprint.post("/inzet/<placement_id>/stand")
@allow(Permission.KEEP_REGISTER)
def settle(placement_id: str) -> ResponseReturnValue:
    """Note that a coach began, stopped for a time, or is back."""
    one = known(placement_id)
    status = request.form.get("status", "")
    if status not in SETTLED or one.status not in SETTLED:
        return page(one, said=_("Kies hoe het ervoor staat.")), 422
    actions.set_status(
        engine(), placement_id=one.id, status=status, by=scope(), at=now(), shown=shown_revision()
    )
    return to(one)


@blueprint.get("/inzet/<placement_id>/stoppen")
@allow(Permission.KEEP_REGISTER)
def confirm_end(placement_id: str) -> ResponseReturnValue:
    """Ask when and why a placement ends, and whether the place stays."""
    one = known(placement_id)
    if one.status == "ended":
        return to(one)
    return _end_page(one, EndForm(formdata=None, data={"vacancy": one.person_id is not None}))


@blueprint.post("/inzet/<placement_id>/stoppen")
@allow(Permission.KEEP_REGISTER)
def end(placement_id: str) -> ResponseReturnValue:
    """End a placement; what was typed stays where it cannot be."""
    one, form = known(placement_id), EndForm()
    if not form.validate():
        return _end_page(one, form), 422
    try:
        vacant = actions.end(
            engine(),
            placement_id=one.id,
            ends_on=form.ends_on.data,
            reason=form.reason.data,
            vacancy=form.vacancy.data,
            by=scope(),
            at=now(),
            shown=shown_revision(),
        )
    except actions.Changed:
        return _end_page(known(one.id), form, meanwhile=True), 409
    except actions.NotNow:
        form.ends_on.errors = [_("De plek is al gestopt, of deze dag ligt buiten de plek. Kijk de dag na.")]
        return _end_page(one, form), 422
    return redirect(url_for("placement.show", placement_id=vacant or one.id), 303)


@blueprint.post("/inzet/<placement_id>/verlengen")
@allow(Permission.KEEP_REGISTER)
def go_on(placement_id: str) -> ResponseReturnValue:
    """Take a placement to the next school year."""
    one = known(placement_id)
    field = typed_hours(request.form.get("hours", ""))
    if isinstance(field, str):
        return page(one, said=field), 422
    try:
        key = actions.continue_next_year(
            engine(), placement_id=one.id, by=scope(), at=now(), hours_agreed=field, shown=shown_revision()
        )
    except actions.NotNow:
        return page(one, said=_("Deze plek is al verlengd, of stopte eerder.")), 409
    except actions.NoCoach as refusal:
        return page(one, said=words.refused(refusal)), 409
    return redirect(url_for("placement.show", placement_id=key), 303)


@blueprint.post("/inzet/<placement_id>/intrekken")
@allow(Permission.KEEP_REGISTER)
def withdraw(placement_id: str) -> ResponseReturnValue:
    """Take away a placement that has not begun."""
    one = known(placement_id)
    try:
        actions.withdraw(engine(), placement_id=one.id, by=scope(), at=now(), shown=shown_revision())
    except actions.NotNow:
        return page(
            one, said=_("Deze plek is al begonnen, of er hoort al iets bij. Laat de plek stoppen.")
        ), 409
    return redirect(url_for("placement.index", jaar=one.school_year), 303)


@blueprint.get("/inzet/<placement_id>/vullen")
@allow(Permission.KEEP_REGISTER)
def choose(placement_id: str) -> ResponseReturnValue:
    """Ask who comes in an open place."""
    one = known(placement_id)
    if one.status not in OPEN:
        return to(one)
    stands = {"starts_on": max(one.starts_on, local_day(now())), "coach": one.person_id or ""}
    return _fill_page(one, FillForm(_coaches(), formdata=None, data=stands))


@blueprint.post("/inzet/<placement_id>/vullen")
@allow(Permission.KEEP_REGISTER)
def fill(placement_id: str) -> ResponseReturnValue:
    """Put a coach or a candidate in an open place."""
    one, form = known(placement_id), FillForm(_coaches())
    if not form.validate():
        return _fill_page(one, form), 422
    try:
        key = actions.fill(
            engine(),
            placement_id=one.id,
            person_id=form.coach.data,
            starts_on=form.starts_on.data,
            status=form.status.data,
            click_on=form.click_on.data,
            by=scope(),
            at=now(),
            shown=shown_revision(),
        )
    except actions.Changed:
        return _fill_page(known(one.id), form, meanwhile=True), 409
    except (actions.NotNow, actions.Misfit):
        return _not_filled(one, form), 422
    except (actions.Overlaps, actions.TooManyHours, actions.NoCoach) as refusal:
        form.coach.errors = [words.refused(refusal)]
        return _fill_page(one, form), 409
    return redirect(url_for("placement.show", placement_id=key), 303)


def known(placement_id: str) -> Placement:
    """One placement; 404 where there is none."""
    return reports.one(engine(), scope(), placement_id) or abort(404)


def to(one: Placement) -> ResponseReturnValue:
    """Back to the page of a placement."""
    return redirect(url_for("placement.show", placement_id=one.id), 303)


@blueprint.errorhandler(actions.Changed)
@blueprint.errorhandler(actions.Overlaps)
@blueprint.errorhandler(actions.SecondPlace)
@blueprint.errorhandler(actions.TooManyHours)
def as_it_stands(refusal: Exception) -> ResponseReturnValue:
    """The placement as it is now, with why one press of a button did nothing to it."""
    one = known((request.view_args or {})["placement_id"])
    if not isinstance(refusal, actions.Changed):
        return page(one, said=words.refused(refusal)), 409
    said = _("Iemand anders wijzigde deze plek intussen. Kijk wat er nu staat, en probeer het dan opnieuw.")
    return page(one, said=said), 409


def page(one: Placement, said: str = "") -> str:
    """The page of a placement, with what went wrong."""
    me, today = scope(), local_day(now())
    changes = reports.changes(engine(), me, one.id)
    held = assignments.of_coach(engine(), me, one.person_id, one.school_year) if one.person_id else ()
    return render_template(
        "placement/show.html",
        one=one,
        said=said,
        today=today,
        may_withdraw=actions.may_withdraw(engine(), one, today),
        hours=reports.hours(engine(), me, one.id),
        months=reports.months(engine(), me, one.id, today) if one.person_id else (),
        changes=changes,
        names=reports.names(engine(), me, changes),
        earlier=one.follows and reports.one(engine(), me, one.follows),
        later=reports.followed_by(engine(), me, one.id),
        beside=[
            other
            for other in reports.at_school(engine(), me, one.school_id, one.school_year)
            if other.id != one.id
        ],
        assignment=next((each for each in held if each.school_id == one.school_id), None),
        words=words,
    )


def typed_hours(text: str) -> float | str | None:
    """Hours as they were typed, or what is wrong with them."""
    field = HoursField().bind(EndForm(formdata=None), "hours")
    try:
        field.process_formdata([text])
    except ValueError as error:
        return str(error)
    hours: float | None = field.data
    return hours


def _coaches() -> Any:
    return reports.coaches(engine(), scope())


def _end_page(one: Placement, form: EndForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "placement/end.html", one=one, form=form, meanwhile=meanwhile, today=local_day(now()), words=words
    )


def _not_filled(one: Placement, form: FillForm) -> str:
    """The form again, with which of two hinders: the day, or somebody who came in between."""
    first, last = one.starts_on, one.until
    if first <= form.starts_on.data <= last:
        form.coach.errors = [_("De plek is al bezet.")]
    else:
        days = {"first": full_date(first), "last": full_date(last)}
        said = _("Deze plek is open van %(first)s tot en met %(last)s. Kies een dag daartussen.", **days)
        form.starts_on.errors = [said]
    return _fill_page(one, form)


def _fill_page(one: Placement, form: FillForm, *, meanwhile: bool = False) -> str:
    return render_template("placement/fill.html", one=one, form=form, meanwhile=meanwhile, words=words)
