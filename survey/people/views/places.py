"""What a lead does with someone's place in cohorts: entering, another first day, stopping."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, Role, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.cohort import actions as cohorts
from survey.database.request import engine
from survey.people import actions, reports
from survey.people.forms import EnterForm, SinceForm
from survey.people.reports import Person, Place
from survey.people.views.everyone import blueprint
from survey.people.views.one import here, person_page
from survey.web.fields import errors_of
from survey.web.language import full_date


@blueprint.post("/<person_id>/cohort")
@allow(Permission.MANAGE_COHORTS)
def enter(person_id: str) -> ResponseReturnValue:
    """Put a coach in a cohort, or in it again."""
    person = here(person_id)
    form = EnterForm(reports.cohort_choices(engine()))
    if Role.COACH not in person.roles:
        form.cohort.errors = [_("Alleen een coach doet mee in een cohort. Geef eerst de rol coach.")]
        return person_page(person, form), 422
    if not (form.validate() and _not_before_the_cohort(form)):
        return person_page(person, form), 422
    try:
        actions.enter(
            engine(),
            cohort_id=form.cohort.data,
            person_id=person.id,
            since=form.since.data,
            by=scope(),
            at=now(),
        )
    except cohorts.AlreadyIn:
        form.cohort.errors = [_("%(name)s doet al mee in dit cohort.", name=person.name)]
        return person_page(person, form), 409
    return _back_to(person)


@blueprint.get("/<person_id>/cohort/<cohort_id>")
@allow(Permission.MANAGE_COHORTS)
def place(person_id: str, cohort_id: str) -> ResponseReturnValue:
    """One membership that runs: another first day, or stopping."""
    person, place = _running(person_id, cohort_id)
    return _place_page(person, place, SinceForm(formdata=None, data={"since": place.since}))


@blueprint.post("/<person_id>/cohort/<cohort_id>")
@allow(Permission.MANAGE_COHORTS)
def move_start(person_id: str, cohort_id: str) -> ResponseReturnValue:
    """Correct the first day."""
    person, place = _running(person_id, cohort_id)
    form = SinceForm()
    if not (form.validate() and _not_before_the_cohort(form, cohort_id)):
        return _place_page(person, place, form), 422
    try:
        actions.move_start(
            engine(),
            cohort_id=cohort_id,
            person_id=person.id,
            since=form.since.data,
            by=scope(),
            at=now(),
            shown=request.form.get("shown"),
        )
    except actions.Changed:
        return _place_page(*_running(person_id, cohort_id), form, meanwhile=True), 409
    except cohorts.Reflected:
        form.since.errors = [
            _(
                "%(name)s vulde al een ronde in die vóór deze dag opende. Kies een eerdere dag.",
                name=person.name,
            )
        ]
        return _place_page(person, place, form), 409
    return _back_to(person)


@blueprint.post("/<person_id>/cohort/<cohort_id>/stop")
@allow(Permission.MANAGE_COHORTS)
def step_out(person_id: str, cohort_id: str) -> ResponseReturnValue:
    """Someone stops in one cohort and stays in the programme."""
    person, _place = _running(person_id, cohort_id)
    actions.step_out(engine(), cohort_id=cohort_id, person_id=person.id, by=scope(), at=now())
    return _back_to(person)


def _running(person_id: str, cohort_id: str) -> tuple[Person, Place]:
    person = here(person_id)
    running = [place for place in person.places if place.cohort_id == cohort_id and place.until is None]
    return person, running[0] if running else abort(404)


def _not_before_the_cohort(form: EnterForm | SinceForm, cohort_id: str = "") -> bool:
    starts = reports.cohort_starts(engine())
    start = starts.get(cohort_id or form.cohort.data)
    if start is None or form.since.data >= start:
        return True
    form.since.errors = [_("Het cohort begint op %(day)s. Kies die dag of later.", day=full_date(start))]
    return False


def _back_to(person: Person) -> ResponseReturnValue:
    return redirect(url_for("people.show", person_id=person.id), 303)


def _place_page(person: Person, place: Place, form: SinceForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "people/place.html",
        person=person,
        place=place,
        form=form,
        errors=errors_of(form),
        meanwhile=meanwhile,
        today=local_day(now()),
    )
