"""The page of one person: what is noted, correcting it, leaving and coming back."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, Role, allow
from survey.access.session import scope
from survey.assignment import reports as assignments
from survey.clock import local_day, now, school_year
from survey.current import catalog
from survey.database.request import engine
from survey.mail import courier
from survey.people import actions, changing, new_address, reports
from survey.people.forms import DetailsForm, EnterForm, LeaveForm
from survey.people.reports import Person
from survey.people.views.everyone import blueprint, taken_words
from survey.people.words import EXPERIENCE, STATUS
from survey.questionnaire.catalog import UnknownChoice
from survey.web.fields import errors_of
from survey.web.language import screen_language


@blueprint.get("/<person_id>")
@allow(Permission.MANAGE_PEOPLE)
def show(person_id: str) -> ResponseReturnValue:
    """One person, here or left."""
    return person_page(known(person_id))


@blueprint.get("/<person_id>/wijzigen")
@allow(Permission.MANAGE_PEOPLE)
def edit(person_id: str) -> ResponseReturnValue:
    """The form with what is noted now."""
    person = here(person_id)
    stands = {
        "name": person.name,
        "mail": person.email,
        "status": person.status,
        "experience": person.experience or "",
    }
    return _edit_page(person, _form(person, formdata=None, data=stands))


@blueprint.post("/<person_id>/wijzigen")
@allow(Permission.MANAGE_PEOPLE)
def change(person_id: str) -> ResponseReturnValue:
    """Keep what was corrected; with a mistake, everything typed stays."""
    person = here(person_id)
    form = _form(person)
    if not form.validate():
        return _edit_page(person, form), 422
    if person.id == scope().person_id and form.mail.data != person.email:
        form.mail.errors = [
            _("Uw eigen mailadres wijzigt een andere programmaleider. Zo sluit u zich niet buiten.")
        ]
        return _edit_page(person, form), 422
    try:
        changing.change(
            engine(),
            person_id=person.id,
            details=_details(form),
            by=scope(),
            at=now(),
            shown=request.form.get("shown"),
        )
    except changing.Changed:
        return _edit_page(here(person_id), form, meanwhile=True), 409
    except actions.EmailTaken as taken:
        form.mail.errors = [taken_words(taken)]
        return _edit_page(person, form), 409
    except actions.LastLead:
        form.fewer_roles.errors = [_only_lead(person)]
        return _edit_page(person, form), 409
    except actions.NotHere:
        abort(404)
    return courier.deliver_after(redirect(url_for("people.show", person_id=person.id), 303))


@blueprint.post("/<person_id>/adres")
@allow(Permission.MANAGE_PEOPLE)
def withdraw_address(person_id: str) -> ResponseReturnValue:
    """Take back a new mail address that waits."""
    person = here(person_id)
    shown = request.form.get("shown")
    try:
        new_address.withdraw(engine(), person_id=person.id, by=scope(), at=now(), shown=shown)
    except actions.Changed:
        return person_page(here(person_id), meanwhile=True), 409
    return redirect(url_for("people.show", person_id=person.id), 303)


@blueprint.get("/<person_id>/vertrek")
@allow(Permission.MANAGE_PEOPLE)
def confirm_leave(person_id: str) -> ResponseReturnValue:
    """Ask once whether someone leaves and why, and say what ends."""
    return _leave_page(_leaver(person_id), LeaveForm(formdata=None))


@blueprint.post("/<person_id>/vertrek")
@allow(Permission.MANAGE_PEOPLE)
def leave(person_id: str) -> ResponseReturnValue:
    """Note that someone left."""
    person, form = _leaver(person_id), LeaveForm()
    if not form.validate():
        return _leave_page(person, form), 422
    try:
        actions.leave(
            engine(), person_id=person.id, at=now(), by=scope().person_id, because=form.because.data
        )
    except actions.LastLead:
        return _leave_page(person, form, said=_only_lead(person)), 409
    except actions.NotHere:
        abort(404)
    return courier.deliver_after(redirect(url_for("people.index"), 303))


@blueprint.post("/<person_id>/terug")
@allow(Permission.MANAGE_PEOPLE)
def come_back(person_id: str) -> ResponseReturnValue:
    """Someone who left takes part again."""
    try:
        actions.come_back(engine(), person_id=person_id, by=scope(), at=now())
    except actions.NotGone:
        abort(404)
    return courier.deliver_after(redirect(url_for("people.show", person_id=person_id), 303))


def known(person_id: str) -> Person:
    """One person, here or left; 404 where there is none."""
    return reports.person(engine(), person_id, scope()) or abort(404)


def here(person_id: str) -> Person:
    """One person who is here; 404 otherwise."""
    person = known(person_id)
    return person if person.is_here else abort(404)


def person_page(person: Person, enter: EnterForm | None = None, *, meanwhile: bool = False) -> str:
    """The page of a person, with the form to enter a cohort as it was typed."""
    groups = reports.groups(engine(), scope())
    now_in = {place.cohort_id for place in person.places if place.until is None}
    open_to = {one.id: one.name for one in groups if one.id not in now_in}
    today = local_day(now())
    year = school_year(today)
    is_coach = person.is_here and Role.COACH in person.roles
    return render_template(
        "people/person.html",
        person=person,
        experience=EXPERIENCE,
        status=STATUS,
        because=_reason(person),
        enter=enter or EnterForm(open_to, formdata=None, data={"since": today}),
        errors=errors_of(enter) if enter else [],
        meanwhile=meanwhile,
        waits=reports.waiting_address(engine(), person.id, scope()) if person.is_here else None,
        is_coach=is_coach,
        is_self=person.id == scope().person_id,
        today=today,
        school_year=year,
        assignments=assignments.of_coach(engine(), scope(), person.id, year) if is_coach else (),
    )


def _leaver(person_id: str) -> Person:
    """Someone who can leave; a lead cannot lock herself out."""
    person = here(person_id)
    return person if person.id != scope().person_id else abort(404)


def _details(form: DetailsForm) -> changing.Details:
    return changing.Details(
        name=form.name.data,
        email=form.mail.data,
        status=form.status.data,
        experience=form.experience.data or None,
        more_roles=frozenset(Role(role) for role in form.more_roles.data or ()),
        fewer_roles=frozenset(Role(role) for role in form.fewer_roles.data or ()),
    )


def _reason(person: Person) -> str | None:
    try:
        return catalog().choice("leave_reason", person.left_because or "").label[screen_language()]
    except UnknownChoice:
        return None


def _form(person: Person, **options: Any) -> DetailsForm:
    """The form with the roles that can be added or ended: nobody changes their own."""
    offered = set() if person.id == scope().person_id else set(Role)
    held = offered & set(person.roles)
    return DetailsForm(offered - held, held & changing.ENDS, **options)


def _edit_page(person: Person, form: DetailsForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "people/edit.html",
        person=person,
        form=form,
        errors=errors_of(form),
        meanwhile=meanwhile,
        is_self=person.id == scope().person_id,
        experience=EXPERIENCE,
        status=STATUS,
    )


def _leave_page(person: Person, form: LeaveForm, said: str = "") -> str:
    return render_template("people/leave.html", person=person, form=form, errors=errors_of(form), said=said)


def _only_lead(person: Person) -> str:
    return str(_("%(name)s is de enige programmaleider. Geef eerst iemand anders die rol.", name=person.name))
