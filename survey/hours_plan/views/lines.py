"""A place in a plan: adding, changing and taking it out, and moving hours to another."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from wtforms import Field

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.hours_plan import actions, reports, words
from survey.hours_plan.dividing import QUARTERS, Place
from survey.hours_plan.forms import LineForm, MoveForm, NewLineForm, quarters_of
from survey.hours_plan.plans import Line, Plan
from survey.hours_plan.views.front import blueprint, known, meanwhile, to
from survey.web.numbers import shown_revision

REFUSALS = (actions.Short, actions.TooMuch, actions.TooFew, actions.Taken)


@blueprint.get("/<plan_id>/regel")
@allow(Permission.KEEP_REGISTER)
def new_line(plan_id: str) -> ResponseReturnValue:
    """The form of a place that comes in."""
    plan = known(plan_id)
    return to(plan_id) if plan.adopted_at else _new_page(plan, _new_form(formdata=None))


@blueprint.post("/<plan_id>/regel")
@allow(Permission.KEEP_REGISTER)
def add_line(plan_id: str) -> ResponseReturnValue:
    """Put a coach, or nobody yet, at a school; what was typed stays where it does not fit."""
    plan, form = known(plan_id), _new_form()
    again = partial(_new_page, form=form)
    if not form.validate():
        return again(plan), 422
    act = partial(
        actions.add,
        place=Place(form.school.data, form.person_id),
        quarters=quarters_of(form.hours),
        roles=form.roles.data,
    )
    return _done(act, plan, again, who=form.coach, hours=form.hours) or _at(plan, form.school.data)


@blueprint.get("/<plan_id>/regel/<line_id>")
@allow(Permission.KEEP_REGISTER)
def line(plan_id: str, line_id: str) -> ResponseReturnValue:
    """A place: its coach, hours and roles, and where hours of it could go."""
    plan = known(plan_id)
    one = _line(plan, line_id)
    return to(plan_id) if plan.adopted_at else _page(plan, one)


@blueprint.post("/<plan_id>/regel/<line_id>")
@allow(Permission.KEEP_REGISTER)
def change_line(plan_id: str, line_id: str) -> ResponseReturnValue:
    """Put another coach, other hours or other roles in a place."""
    plan = known(plan_id)
    one = _line(plan, line_id)
    form = LineForm(_coaches(one))
    again = partial(_page, one=one, form=form)
    if not form.validate():
        return again(plan), 422
    act = partial(
        actions.change,
        line_id=line_id,
        person_id=form.person_id,
        quarters=quarters_of(form.hours),
        roles=form.roles.data,
    )
    return _done(act, plan, again, who=form.coach, hours=form.hours) or _at(plan, one.school_id)


@blueprint.post("/<plan_id>/regel/<line_id>/verplaatsen")
@allow(Permission.KEEP_REGISTER)
def move_hours(plan_id: str, line_id: str) -> ResponseReturnValue:
    """Take hours of a place to another."""
    plan = known(plan_id)
    one = _line(plan, line_id)
    form = _move_form(plan, one)
    again = partial(_page, one=one, moving=form)
    if not form.validate():
        return again(plan), 422
    act = partial(actions.move, line_id=line_id, target=form.place, quarters=quarters_of(form.moved))
    return _done(act, plan, again, who=form.target, hours=form.moved) or _at(plan, form.place.school_id)


@blueprint.post("/<plan_id>/regel/<line_id>/weg")
@allow(Permission.KEEP_REGISTER)
def take_line(plan_id: str, line_id: str) -> ResponseReturnValue:
    """Take a place out; its hours can be divided again."""
    one = _line(known(plan_id), line_id)
    actions.take(engine(), plan_id=plan_id, line_id=one.id, by=scope(), at=now(), shown=shown_revision())
    return to(plan_id)


def _done(
    act: Callable[..., None], plan: Plan, again: Callable[..., str], *, who: Field, hours: Field
) -> ResponseReturnValue | None:
    """Divide as the form says; or the form again, with why that was refused at the field it is about."""
    try:
        act(engine(), plan_id=plan.id, by=scope(), at=now(), shown=shown_revision())
    except REFUSALS as refusal:
        field = who if isinstance(refusal, actions.Taken) else hours
        field.errors = [words.refused(refusal, plan)]
        return again(plan), 422
    except actions.Changed:
        return again(known(plan.id), said=meanwhile()), 409
    return None


def _at(plan: Plan, school_id: str) -> ResponseReturnValue:
    return to(plan.id, f"school-{school_id}")


def _line(plan: Plan, line_id: str) -> Line:
    return plan.by_id.get(line_id) or abort(404)


def _coaches(one: Line | None = None) -> dict[str, str]:
    """Who can be put in a place; who left stays where the plan has them."""
    found = dict(reports.coach_choices(engine(), scope()))
    if one is not None and one.person_id:
        found.setdefault(one.person_id, one.coach or "")
    return found


def _new_form(**options: Any) -> NewLineForm:
    return NewLineForm(reports.school_choices(engine(), scope()), _coaches(), **options)


def _move_form(plan: Plan, one: Line, **options: Any) -> MoveForm:
    return MoveForm(plan, one, reports.school_choices(engine(), scope()), **options)


def _new_page(plan: Plan, form: NewLineForm, said: str = "") -> str:
    return render_template("hours_plan/add.html", plan=plan, form=form, said=said, words=words)


def _page(
    plan: Plan, one: Line, *, form: LineForm | None = None, moving: MoveForm | None = None, said: str = ""
) -> str:
    """The page of a place; the form that was not sent shows how it stands."""
    one = plan.by_id.get(one.id, one)
    stands = {"coach": one.person_id or "", "hours": one.quarters / QUARTERS, "roles": sorted(one.roles)}
    return render_template(
        "hours_plan/line.html",
        plan=plan,
        line=one,
        form=form or LineForm(_coaches(one), formdata=None, data=stands),
        moving=moving or _move_form(plan, one, formdata=None),
        said=said,
        words=words,
    )
