"""The pages where the programme lead sees who takes part, and adds someone."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey import paging
from survey.access.permissions import Permission, Role, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.mail import courier
from survey.people import actions, reports
from survey.people.forms import AddPersonForm
from survey.people.words import STATUS
from survey.web.fields import errors_of
from survey.web.numbers import wanted_page, whole

blueprint = Blueprint("people", __name__, url_prefix="/mensen")

PAGE = 100  # people
LONGEST_SEARCH = 80


@blueprint.get("")
@allow(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Everyone who takes part, or whom the address looks for, a page at a time."""
    looked_for = " ".join(request.args.get("zoek", "").split())[:LONGEST_SEARCH]
    found = reports.people(engine(), scope(), looked_for.split())
    page = paging.page(len(found), size=PAGE, wanted=wanted_page())
    return render_template(
        "people/index.html",
        people=page.of(found),
        page=page,
        looked_for=looked_for,
        added=reports.person(engine(), request.args.get("nieuw", ""), scope()),
        imported=whole(request.args.get("erbij", "")) or 0,
        status=STATUS,
    )


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
        form.mail.errors = [taken_words(taken)]
        return _form_page(form, holder=taken.holder), 409
    return courier.deliver_after(redirect(url_for("people.index", nieuw=key), 303))


def taken_words(taken: actions.EmailTaken) -> str:
    """What is said where a mail address is someone else's."""
    left = _("Dit mailadres is van iemand die vertrokken is. Komt die persoon terug? Open dan de pagina.")
    here = _("Er is al iemand met dit mailadres. Kijk in de lijst, of vul een ander adres in.")
    return str(left if taken.left else here)


def _invite(form: AddPersonForm) -> str:
    newcomer = actions.Newcomer(
        name=form.name.data,
        email=form.mail.data,
        roles=frozenset(Role(role) for role in form.roles.data),
        status=form.status.data,
        language=form.language.data,
        cohort_id=form.cohort.data or None,
        experience=form.experience.data or None,
    )
    return actions.invite(engine(), person=newcomer, by=scope(), at=now())


def _form_page(form: AddPersonForm, holder: str | None = None) -> str:
    return render_template("people/new.html", form=form, errors=errors_of(form), holder=holder)
