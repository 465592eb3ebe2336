"""A plan: making one, seeing it by school, its name and budget, throwing it away."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now, school_year, year_after
from survey.database.request import engine
from survey.hours_plan import actions, reports, words
from survey.hours_plan.dividing import QUARTERS
from survey.hours_plan.forms import NewPlanForm, PlanForm, quarters_of
from survey.hours_plan.plans import Plan
from survey.hours_plan.views.front import blueprint, known, meanwhile, settled, to
from survey.web import once
from survey.web.numbers import shown_revision


@blueprint.get("/nieuw")
@allow(Permission.KEEP_REGISTER)
def new() -> str:
    """The form of a new plan, for next year unless something else is chosen."""
    offered = _years()
    return _new_page(_new_form(formdata=None, data={"school_year": offered[-1]}))


@blueprint.post("/nieuw")
@allow(Permission.KEEP_REGISTER)
def make() -> ResponseReturnValue:
    """Make a plan; with a mistake, everything typed stays."""
    form = _new_form()
    if not form.validate():
        return _new_page(form), 422
    try:
        key = actions.make(
            engine(),
            name=form.name.data,
            school_year=form.school_year.data,
            budget=None if form.budget.data is None else quarters_of(form.budget),
            start=form.start.data,
            by=scope(),
            at=now(),
            key=once.form_id(),
        )
    except actions.Short as refusal:
        form.budget.errors = [words.refused(refusal)]
        return _new_page(form), 422
    except actions.SameName:
        form.name.errors = [_same_name()]
        return _new_page(form), 422
    return redirect(url_for(".show", plan_id=key), 303)


@blueprint.get("/<plan_id>")
@allow(Permission.KEEP_REGISTER)
def show(plan_id: str) -> str:
    """A plan by school: what is divided, what is left, and what nobody covers."""
    return _page(known(plan_id))


@blueprint.get("/<plan_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def edit(plan_id: str) -> ResponseReturnValue:
    """The name and the budget of a plan."""
    plan = known(plan_id)
    if plan.adopted_at:
        return to(plan_id)
    return _edit_page(
        plan, PlanForm(formdata=None, data={"name": plan.name, "budget": plan.budget / QUARTERS})
    )


@blueprint.post("/<plan_id>/wijzigen")
@allow(Permission.KEEP_REGISTER)
def describe(plan_id: str) -> ResponseReturnValue:
    """Give a plan another name or budget; what was typed stays where it cannot be."""
    plan, form = known(plan_id), PlanForm()
    if not form.validate():
        return _edit_page(plan, form), 422
    try:
        actions.describe(
            engine(),
            plan_id=plan_id,
            name=form.name.data,
            budget=quarters_of(form.budget),
            by=scope(),
            at=now(),
            shown=shown_revision(),
        )
    except actions.Short as refusal:
        said = _("In het plan is al %(divided)s uur verdeeld.", divided=words.hours(plan.divided))
        form.budget.errors = [f"{said} {words.refused(refusal)}"]
        return _edit_page(plan, form), 422
    except actions.SameName:
        form.name.errors = [_same_name()]
        return _edit_page(plan, form), 422
    except actions.Changed:
        return _edit_page(known(plan_id), form, meanwhile()), 409
    return to(plan_id)


@blueprint.get("/<plan_id>/weg")
@allow(Permission.KEEP_REGISTER)
def confirm(plan_id: str) -> ResponseReturnValue:
    """Ask once whether a plan goes."""
    plan = known(plan_id)
    if plan.adopted_at:
        return to(plan_id)
    return render_template("hours_plan/delete.html", plan=plan, words=words)


@blueprint.post("/<plan_id>/weg")
@allow(Permission.KEEP_REGISTER)
def throw_away(plan_id: str) -> ResponseReturnValue:
    """Delete a plan."""
    actions.throw_away(engine(), plan_id=known(plan_id).id, by=scope(), at=now(), shown=shown_revision())
    return redirect(url_for(".index"), 303)


@blueprint.errorhandler(actions.Changed)
@blueprint.errorhandler(actions.Adopted)
def as_it_stands(refusal: Exception) -> ResponseReturnValue:
    """The plan as it is now, after someone else changed or adopted it."""
    plan = known((request.view_args or {})["plan_id"])
    return _page(plan, settled() if isinstance(refusal, actions.Adopted) else meanwhile()), 409


def _page(plan: Plan, said: str = "") -> str:
    return render_template(
        "hours_plan/show.html",
        plan=plan,
        sheet=reports.sheet(engine(), scope(), plan, local_day(now())),
        said=said,
        words=words,
    )


def _years() -> list[str]:
    """The school years a plan can be for: the one that runs and the next."""
    this = school_year(local_day(now()))
    return [this, year_after(this)]


def _new_form(**options: Any) -> NewPlanForm:
    return NewPlanForm(_years(), reports.every(engine(), scope()), **options)


def _new_page(form: NewPlanForm) -> str:
    from_placements = {year: reports.divided_by_placements(engine(), scope(), year) for year in _years()}
    return render_template("hours_plan/new.html", form=form, from_placements=from_placements, words=words)


def _edit_page(plan: Plan, form: PlanForm, said: str = "") -> str:
    return render_template("hours_plan/edit.html", plan=plan, form=form, said=said, words=words)


def _same_name() -> str:
    return str(_("Er is al een plan met deze naam voor dit schooljaar. Kies een andere naam."))
