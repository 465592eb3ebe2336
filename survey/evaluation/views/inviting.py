"""The page of one school in a window: who is asked there, by mail, with a name, or by cards."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.evaluation import reports
from survey.evaluation.forms import AddressesForm, CardsForm, NamedForm
from survey.evaluation.groups import AT_SCHOOL, FORMS
from survey.evaluation.invitation import actions
from survey.evaluation.invitation.addresses import in_file
from survey.evaluation.views.front import blueprint, here
from survey.evaluation.windows import State, Window
from survey.mail import courier
from survey.sheets.reading import Unreadable
from survey.web.fields import errors_of
from survey.web.numbers import whole
from survey.web.tables import file_sent
from survey.web.trust import takes_files

Asked = TypeVar("Asked")


@blueprint.get("/evaluatie/<window_id>/school/<school_id>")
@allow(Permission.RUN_EVALUATION)
def school(window_id: str, school_id: str) -> str:
    """Who is asked at a school, and the forms to ask more people."""
    window, place = _place(window_id, school_id)
    return _page(window, place)


@blueprint.post("/evaluatie/<window_id>/school/<school_id>/post")
@allow(Permission.RUN_EVALUATION)
@takes_files
def invite(window_id: str, school_id: str) -> ResponseReturnValue:
    """Ask teachers or parents by mail; with a mistake everything typed stays."""
    window, place = _place(window_id, school_id)
    form = AddressesForm(prefix="a")
    fault = _with_file(form)
    if not form.validate() or fault:
        form.addresses.errors = [fault] if fault else form.addresses.errors
        return _page(window, place, addresses=form), 422
    done = _asked(window, place, partial(actions.by_mail, form=form.form.data, addresses=form.found))
    if done is None:
        return _page(window, place, addresses=form, is_over=True), 409
    return _invited(window, place, done)


@blueprint.post("/evaluatie/<window_id>/school/<school_id>/op-naam")
@allow(Permission.RUN_EVALUATION)
def invite_named(window_id: str, school_id: str) -> ResponseReturnValue:
    """Ask an internal supervisor or a director, in one mail with two links."""
    window, place = _place(window_id, school_id)
    form = NamedForm(prefix="n")
    if not form.validate():
        return _page(window, place, named=form), 422
    who = {"respondent": form.respondent.data, "name": form.name.data, "address": form.mail.data}
    done = _asked(window, place, partial(actions.with_a_name, **who))
    if done is None:
        return _page(window, place, named=form, is_over=True), 409
    return _invited(window, place, done)


@blueprint.post("/evaluatie/<window_id>/school/<school_id>/intrekken/<invitation_id>")
@allow(Permission.RUN_EVALUATION)
def take_back(window_id: str, school_id: str, invitation_id: str) -> ResponseReturnValue:
    """Take back the invitation to a named form that nobody answered."""
    window, place = _place(window_id, school_id)
    if invitation_id not in {one.id for one in reports.named_at(engine(), scope(), window.id, place.id)}:
        abort(404)
    actions.take_back(engine(), invitation_id=invitation_id, by=scope().person_id, at=now())
    return redirect(url_for("evaluation.school", window_id=window.id, school_id=place.id), 303)


@blueprint.post("/evaluatie/<window_id>/school/<school_id>/kaarten")
@allow(Permission.RUN_EVALUATION)
def make_cards(window_id: str, school_id: str) -> ResponseReturnValue:
    """Make cards and go to the sheet to print."""
    window, place = _place(window_id, school_id)
    form = CardsForm(prefix="c")
    if not form.validate():
        return _page(window, place, cards=form), 422
    made = _asked(window, place, partial(actions.make_cards, form=form.form.data, number=form.number.data))
    if made is None:
        return _page(window, place, cards=form, is_over=True), 409
    address = url_for("evaluation.sheet", window_id=window.id, school_id=place.id, form=form.form.data)
    return redirect(address, 303)


@blueprint.get("/evaluatie/<window_id>/school/<school_id>/kaarten/<form>")
@allow(Permission.RUN_EVALUATION)
def sheet(window_id: str, school_id: str, form: str) -> str:
    """Every card of a form at a school, to print and hand out."""
    window, place = _place(window_id, school_id)
    cards = reports.cards(engine(), scope(), window.id, school_id=place.id, form=form)
    if not cards:
        abort(404)
    return render_template(
        "evaluation/sheet.html",
        window=window,
        school=place,
        cards=cards,
        form=FORMS[form],
        questionnaire=catalog().get(form),
    )


def _place(window_id: str, school_id: str) -> tuple[Window, reports.School]:
    window = here(window_id)
    schools = reports.schools(engine(), scope(), window)
    return window, next((one for one in schools if one.id == school_id), None) or abort(404)


def _asked(window: Window, place: reports.School, act: Callable[..., Asked]) -> Asked | None:
    """What asking at this school came to; None where nobody can be asked there any more."""
    try:
        return act(engine(), window_id=window.id, school_id=place.id, by=scope().person_id, at=now())
    except actions.CannotInvite:
        return None


def _with_file(form: AddressesForm) -> str | None:
    """Put the addresses of a file below what was typed; what is wrong with the file, if it cannot be read."""
    data = file_sent()
    try:
        found = in_file(data) if data else ""
    except Unreadable as error:
        return str(error)
    if data and not found:
        return str(_("In dit bestand staat geen mailadres."))
    form.addresses.data = "\n".join(part for part in (form.addresses.data, found) if part)
    return None


def _invited(window: Window, place: reports.School, done: actions.Invited) -> ResponseReturnValue:
    address = url_for(
        "evaluation.school",
        window_id=window.id,
        school_id=place.id,
        nieuw=done.new,
        al=done.known,
        stil=done.silent,
    )
    return courier.deliver_after(redirect(address, 303))


def _page(
    window: Window,
    place: reports.School,
    *,
    addresses: AddressesForm | None = None,
    named: NamedForm | None = None,
    cards: CardsForm | None = None,
    is_over: bool = False,
) -> str:
    sent: FlaskForm | None = addresses or named or cards
    state = window.state(now())
    return render_template(
        "evaluation/school.html",
        window=window,
        school=place,
        state=state,
        may_ask=state in {State.PLANNED, State.OPEN},
        response=reports.response_at(engine(), scope(), window.id),
        people=reports.named_at(engine(), scope(), window.id, place.id),
        addresses=addresses or AddressesForm(prefix="a", formdata=None),
        named=named or NamedForm(prefix="n", formdata=None),
        cards=cards or CardsForm(prefix="c", formdata=None),
        errors=errors_of(sent) if sent else [],
        is_over=is_over,
        said=_said(),
        State=State,
        forms={key: FORMS[key] for key in AT_SCHOOL},
    )


def _said() -> dict[str, Any] | None:
    """How many were asked just now, from the address of the page."""
    found = {name: whole(request.args.get(name, "")) for name in ("nieuw", "al", "stil")}
    return None if None in found.values() else found
