"""The pages where the programme lead sees who takes part, adds someone, and notes who leaves."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, Role, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.mail import courier
from survey.people import actions, reports
from survey.people.forms import AddPersonForm

blueprint = Blueprint("people", __name__, url_prefix="/mensen")


@blueprint.get("")
@allow(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Everyone who takes part."""
    people = reports.people(engine(), scope())
    added = next((person for person in people if person.id == request.args.get("nieuw")), None)
    return render_template("people/index.html", people=people, added=added, own_id=scope().person_id)


@blueprint.get("/nieuw")
@allow(Permission.MANAGE_PEOPLE)
def new() -> ResponseReturnValue:
    """The form to add someone."""
    return _form_page(AddPersonForm(reports.cohort_choices(engine()), formdata=None))


@blueprint.post("/nieuw")
@allow(Permission.MANAGE_PEOPLE)
def add() -> ResponseReturnValue:
    """Add someone and mail them how to sign in; with a mistake, everything typed stays."""
    form = AddPersonForm(reports.cohort_choices(engine()))
    if not form.validate():
        return _form_page(form), 422
    try:
        key = _invite(form)
    except actions.EmailTaken as taken:
        form.mail.errors = [_taken(taken)]
        return _form_page(form), 409
    return courier.deliver_after(redirect(url_for("people.index", nieuw=key), 303))


@blueprint.get("/<person_id>/vertrek")
@allow(Permission.MANAGE_PEOPLE)
def confirm_leave(person_id: str) -> ResponseReturnValue:
    """Ask once whether someone leaves, and say what ends."""
    return render_template("people/leave.html", name=_leaver(person_id))


@blueprint.post("/<person_id>/vertrek")
@allow(Permission.MANAGE_PEOPLE)
def leave(person_id: str) -> ResponseReturnValue:
    """Note that someone left."""
    _leaver(person_id)
    try:
        actions.leave(engine(), person_id=person_id, at=now(), by=scope().person_id)
    except actions.NotHere:
        abort(404)
    return redirect(url_for("people.index"), 303)


def _leaver(person_id: str) -> str:
    """The name of someone who can leave; a lead cannot lock herself out."""
    name = reports.name_of(engine(), person_id, scope())
    if name is None or person_id == scope().person_id:
        abort(404)
    return name


def _invite(form: AddPersonForm) -> str:
    return actions.invite(
        engine(),
        name=form.name.data,
        email=form.mail.data,
        roles=frozenset(Role(role) for role in form.roles.data),
        status=form.status.data,
        language=form.language.data,
        cohort_id=form.cohort.data or None,
        by=scope(),
        at=now(),
    )


def _taken(taken: actions.EmailTaken) -> str:
    left = _("Dit mailadres is van iemand die vertrokken is. Komt die persoon terug? Vul een ander adres in.")
    here = _("Er is al iemand met dit mailadres. Kijk in de lijst, of vul een ander adres in.")
    return str(left if taken.left else here)


def _form_page(form: AddPersonForm) -> str:
    errors = [(f"#{field.id}", field.errors[0]) for field in form if field.errors]
    return render_template("people/new.html", form=form, errors=errors)
