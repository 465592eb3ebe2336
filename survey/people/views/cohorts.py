"""The page of cohorts: which there are, who trains them, and a new one."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.cohort.actions import NotIn
from survey.current import catalog
from survey.database import Refused
from survey.database.request import engine
from survey.people import actions, reports
from survey.people.forms import CohortForm
from survey.people.views.everyone import blueprint
from survey.web.fields import errors_of
from survey.web.language import screen_language


@blueprint.get("/cohorten")
@allow(Permission.MANAGE_COHORTS)
def cohorts() -> str:
    """Every cohort with its trainers."""
    return _page()


@blueprint.get("/cohorten/nieuw")
@allow(Permission.MANAGE_COHORTS)
def new_cohort() -> str:
    """The form for a new cohort."""
    return _new_page(CohortForm(formdata=None, data={"started_on": local_day(now())}))


@blueprint.post("/cohorten/nieuw")
@allow(Permission.MANAGE_COHORTS)
def add_cohort() -> ResponseReturnValue:
    """Make a cohort; with a mistake, everything typed stays."""
    form = CohortForm()
    if not form.validate():
        return _new_page(form), 422
    try:
        actions.add_cohort(
            engine(),
            name=form.name.data,
            profile=form.profile.data,
            started_on=form.started_on.data,
            by=scope(),
            at=now(),
        )
    except Refused:
        form.name.errors = [_("Er is al een cohort met deze naam. Kies een andere naam.")]
        return _new_page(form), 409
    return redirect(url_for("people.cohorts"), 303)


@blueprint.post("/cohorten/<cohort_id>/trainer")
@allow(Permission.MANAGE_COHORTS)
def appoint(cohort_id: str) -> ResponseReturnValue:
    """Let a trainer see a cohort."""
    if cohort_id not in reports.cohort_choices(engine()):
        abort(404)
    trainer = request.form.get("trainer", "")
    try:
        actions.appoint(engine(), cohort_id=cohort_id, person_id=trainer, by=scope(), at=now())
    except actions.NotHere:
        return _page(**{cohort_id: _("Kies een trainer uit de lijst.")}), 422
    except Refused:
        return _page(**{cohort_id: _("Deze trainer ziet dit cohort al.")}), 409
    return _back_to(cohort_id)


@blueprint.post("/cohorten/<cohort_id>/trainer/<person_id>/weg")
@allow(Permission.MANAGE_COHORTS)
def dismiss(cohort_id: str, person_id: str) -> ResponseReturnValue:
    """A trainer sees a cohort no more."""
    try:
        actions.dismiss(engine(), cohort_id=cohort_id, person_id=person_id, by=scope(), at=now())
    except NotIn:
        abort(404)
    return _back_to(cohort_id)


def _back_to(cohort_id: str) -> ResponseReturnValue:
    return redirect(url_for("people.cohorts", _anchor=f"cohort-{cohort_id}"), 303)


def _page(**faults: Any) -> str:
    profiles = {one.profile: one.title[screen_language()] for one in catalog().profiles}
    return render_template(
        "people/cohorts.html",
        groups=reports.groups(engine(), scope()),
        could_train=reports.could_train(engine(), scope()),
        profiles=profiles,
        faults=faults,
    )


def _new_page(form: CohortForm) -> str:
    return render_template("people/cohort_new.html", form=form, errors=errors_of(form))
