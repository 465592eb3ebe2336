"""The pages that add a school and correct one, note its pupils, and say whether it takes part or closes."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.school import actions, reports
from survey.school.actions import Changed, Taken
from survey.school.forms import CloseForm, CountForm, SchoolForm
from survey.school.reports import School
from survey.school.views.front import blueprint, known, school_page
from survey.school.years import near
from survey.web.fields import errors_of


@blueprint.get("/nieuw")
@allow(Permission.KEEP_REGISTER)
def new() -> str:
    """The form to add a school."""
    return _form_page(SchoolForm(formdata=None))


@blueprint.post("/nieuw")
@allow(Permission.KEEP_REGISTER)
def add() -> ResponseReturnValue:
    """Add a school; with a mistake, everything typed stays."""
    form = SchoolForm()
    if not form.validate():
        return _form_page(form), 422
    try:
        key = actions.add(engine(), details=form.details, by=scope(), at=now())
    except Taken as taken:
        return _taken_page(form, taken), 409
    return _to(key)


@blueprint.get("/<school_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def edit(school_id: str) -> str:
    """The form with what is noted now."""
    school = known(school_id)
    return _form_page(SchoolForm.of(school), school)


@blueprint.post("/<school_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def change(school_id: str) -> ResponseReturnValue:
    """Keep what was corrected; with a mistake, everything typed stays."""
    school, form = known(school_id), SchoolForm()
    if not form.validate():
        return _form_page(form, school), 422
    shown = request.form.get("shown")
    try:
        actions.change(engine(), school_id=school.id, details=form.details, by=scope(), at=now(), shown=shown)
    except Changed:
        return _form_page(form, known(school_id), meanwhile=True), 409
    except Taken as taken:
        return _taken_page(form, taken, school), 409
    return _to(school.id)


@blueprint.post("/<school_id>/leerlingen")
@allow(Permission.KEEP_REGISTER)
def count(school_id: str) -> ResponseReturnValue:
    """Note the pupils of a school year; without a number the year goes."""
    school, form = known(school_id), CountForm(near(local_day(now())))
    if not form.validate():
        return school_page(school, form), 422
    shown = request.form.get("shown")
    try:
        actions.count(engine(), school_id=school.id, counted=form.counted, by=scope(), at=now(), shown=shown)
    except Changed:
        return school_page(known(school_id), form, meanwhile=True), 409
    return _to(school.id, "leerlingen")


@blueprint.post("/<school_id>/meedoen")
@allow(Permission.KEEP_REGISTER)
def take_part(school_id: str) -> ResponseReturnValue:
    """Coaches can be placed at this school, or no longer."""
    school, wanted = known(school_id), request.form.get("doet_mee")
    if wanted not in {"ja", "nee"}:
        abort(400)
    actions.take_part(engine(), school_id=school.id, on=wanted == "ja", by=scope(), at=now())
    return _to(school.id)


@blueprint.get("/<school_id>/sluiten")
@allow(Permission.KEEP_REGISTER)
def confirm_close(school_id: str) -> str:
    """Ask once on which day a school closes, and say what that means."""
    school = known(school_id)
    if not school.is_open:
        abort(404)
    return _close_page(school, CloseForm(formdata=None, data={"last_day": local_day(now())}))


@blueprint.post("/<school_id>/sluiten")
@allow(Permission.KEEP_REGISTER)
def close(school_id: str) -> ResponseReturnValue:
    """Note that a school closes."""
    school, form = known(school_id), CloseForm()
    if not form.validate():
        return _close_page(school, form), 422
    try:
        actions.close(engine(), school_id=school.id, last_day=form.last_day.data, by=scope(), at=now())
    except Changed:
        return school_page(known(school_id), meanwhile=True), 409
    return _to(school.id)


@blueprint.post("/<school_id>/heropenen")
@allow(Permission.KEEP_REGISTER)
def reopen(school_id: str) -> ResponseReturnValue:
    """A school is open after all."""
    actions.reopen(engine(), school_id=known(school_id).id, by=scope(), at=now())
    return _to(school_id)


def _to(school_id: str, part: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("school.show", school_id=school_id, _anchor=part), 303)


def _taken_page(form: SchoolForm, taken: Taken, school: School | None = None) -> str:
    field = form.brin if form.brin.read else form.name
    said = _("Dit is al een andere school: %(name)s, %(place)s.", name=taken.name, place=taken.place)
    field.errors = [said]
    return _form_page(form, school, holder=taken.id)


def _form_page(
    form: SchoolForm, school: School | None = None, *, meanwhile: bool = False, holder: str | None = None
) -> str:
    return render_template(
        "school/form.html",
        form=form,
        school=school,
        errors=errors_of(form),
        meanwhile=meanwhile,
        holder=holder,
    )


def _close_page(school: School, form: CloseForm) -> str:
    return render_template(
        "school/close.html",
        school=school,
        form=form,
        errors=errors_of(form),
        coaches=reports.coaches_now(engine(), school.id, local_day(now())),
    )
