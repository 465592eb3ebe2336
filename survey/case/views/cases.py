"""The list of the coach's cases, opening one, and its page."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, reports
from survey.case.views.front import blueprint, case_or_404, page_of
from survey.clock import now
from survey.database.request import engine


@blueprint.get("")
@allow(Permission.KEEP_CASES)
def index() -> ResponseReturnValue:
    """The coach's own cases."""
    return render_template("case/index.html", cases=reports.cases(engine(), scope()))


@blueprint.get("/nieuw")
@allow(Permission.KEEP_CASES)
def new() -> ResponseReturnValue:
    """Where the new case is."""
    return _choose_school()


@blueprint.post("/nieuw")
@allow(Permission.KEEP_CASES)
def create() -> ResponseReturnValue:
    """Open a case under a random code."""
    schools = reports.schools(engine(), scope(), at=now())
    chosen = request.form.get("school") or (schools[0].id if len(schools) == 1 else "")
    try:
        code = actions.open_case(engine(), school_id=chosen, by=scope().person_id, at=now())
    except actions.NotPlaced:
        return _choose_school(error=_("Kies de school van dit traject.")), 422
    return redirect(url_for(".show", code=code), 303)


@blueprint.get("/<code>")
@allow(Permission.KEEP_CASES)
def show(code: str) -> ResponseReturnValue:
    """One case."""
    return page_of(case_or_404(code))


def _choose_school(error: str = "") -> str:
    schools = reports.schools(engine(), scope(), at=now())
    return render_template("case/new.html", schools=schools, error=error)
