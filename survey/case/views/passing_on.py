"""The lead's page: open cases whose coach left are passed on, a school at a time, as a number."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.ending import handover, reports
from survey.clock import now
from survey.database.request import engine

blueprint = Blueprint("passing_on", __name__, url_prefix="/overdracht")


@blueprint.get("")
@allow(Permission.PASS_ON_CASES)
def show() -> ResponseReturnValue:
    """How many open cases each school has without a coach."""
    return _page(done="klaar" in request.args)


@blueprint.post("")
@allow(Permission.PASS_ON_CASES)
def pass_on() -> ResponseReturnValue:
    """Give those of one school to a coach who works there."""
    school_id, to = request.form.get("school", ""), request.form.get("to", "")
    schools = {one.school_id: one for one in reports.left_behind(engine(), scope(), at=now())}
    if school_id not in schools:
        return _page(changed=True), 409
    if to not in {coach.id for coach in schools[school_id].successors}:
        return _page(wrong=school_id), 422
    try:
        number = handover.pass_on(engine(), school_id=school_id, to=to, by=scope().person_id, at=now())
    except handover.CannotHandOver:
        number = 0
    if not number:
        return _page(changed=True), 409
    return redirect(url_for(".show", klaar=1), 303)


def _page(*, done: bool = False, changed: bool = False, wrong: str = "") -> str:
    return render_template(
        "case/pass-on.html",
        schools=reports.left_behind(engine(), scope(), at=now()),
        done=done,
        changed=changed,
        wrong=wrong,
    )
