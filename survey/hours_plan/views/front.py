"""The list of plans, two beside each other, and what every page of a plan needs."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.database.request import engine
from survey.hours_plan import reports, words
from survey.hours_plan.plans import Plan

blueprint = Blueprint("hours_plan", __name__, url_prefix="/inzet/plannen")


@blueprint.get("")
@allow(Permission.KEEP_REGISTER)
def index() -> str:
    """Every plan, and the choice of two to compare."""
    return render_template("hours_plan/index.html", plans=reports.every(engine(), scope()), words=words)


@blueprint.get("/vergelijk")
@allow(Permission.KEEP_REGISTER)
def compare() -> ResponseReturnValue:
    """Two plans school by school."""
    first, second = (reports.one(engine(), scope(), request.args.get(name, "")) for name in ("een", "twee"))
    if first is None or second is None:
        return redirect(url_for(".index"), 303)
    sides = reports.compared(first, second)
    return render_template("hours_plan/compare.html", first=first, second=second, sides=sides, words=words)


def known(plan_id: str) -> Plan:
    """One plan; 404 where there is none."""
    return reports.one(engine(), scope(), plan_id) or abort(404)


def to(plan_id: str, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the page of a plan."""
    return redirect(url_for("hours_plan.show", plan_id=plan_id, _anchor=anchor), 303)


def meanwhile() -> str:
    """That someone else changed the plan, or adopted it, and what to do."""
    return str(
        _("Iemand anders wijzigde dit plan intussen. Kijk wat er nu staat, en probeer het dan opnieuw.")
    )


def settled() -> str:
    """That an adopted plan stays as it is."""
    return str(_("Dit plan is vastgesteld en blijft zoals het is. Maak een kopie om verder te rekenen."))
