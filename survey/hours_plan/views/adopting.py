"""Adopting a plan: what it does to the register is shown first, and asked once."""

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.hours_plan import actions, reports, words
from survey.hours_plan.plans import Plan
from survey.hours_plan.views.front import blueprint, known, meanwhile, to
from survey.web.numbers import shown_revision


@blueprint.get("/<plan_id>/vaststellen")
@allow(Permission.KEEP_REGISTER)
def ask_adopt(plan_id: str) -> ResponseReturnValue:
    """What adopting does, place by place."""
    plan = known(plan_id)
    return to(plan_id) if plan.adopted_at else _page(plan)


@blueprint.post("/<plan_id>/vaststellen")
@allow(Permission.KEEP_REGISTER)
def adopt(plan_id: str) -> ResponseReturnValue:
    """Make the placements of the school year as the plan has them, all or none."""
    plan = known(plan_id)
    try:
        actions.adopt(engine(), plan_id=plan_id, by=scope(), at=now(), shown=shown_revision())
    except actions.Clashes as clashes:
        return _page(plan, clashes.refusals), 409
    except actions.Empty:
        return _page(plan), 422
    except actions.Changed:
        return _page(known(plan_id), said=meanwhile()), 409
    except actions.Adopted:
        return to(plan_id)
    return to(plan_id)


def _page(plan: Plan, refusals: Mapping[int, Exception] | None = None, said: str = "") -> str:
    return render_template(
        "hours_plan/adopt.html",
        plan=plan,
        steps=reports.steps(engine(), scope(), plan),
        refusals=refusals or {},
        said=said,
        words=words,
    )
