"""A coach hands open cases of one school to a successor."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.ending import handover, reports
from survey.case.ending.forms import HandOverForm
from survey.case.ending.reports import Kept
from survey.case.views.front import blueprint
from survey.clock import now
from survey.database.request import engine


@blueprint.get("/overdragen")
@allow(Permission.KEEP_CASES)
def choose_successor() -> ResponseReturnValue:
    """Which school, and then which cases and to whom; the case one came from is chosen already."""
    kept = reports.kept(engine(), scope(), at=now())
    at_school, code = _chosen(kept), request.args.get("code", "")
    if at_school is None:
        return _page(kept)
    alone = [coach.id for coach in at_school.successors]
    form = HandOverForm(
        at_school,
        formdata=None,
        cases=[code] if code else [],
        to=alone[0] if len(alone) == 1 else None,
    )
    return _page(kept, at_school, form)


@blueprint.post("/overdragen")
@allow(Permission.KEEP_CASES)
def hand_over() -> ResponseReturnValue:
    """Hand the chosen cases over."""
    kept = reports.kept(engine(), scope(), at=now())
    at_school = _chosen(kept)
    if at_school is None or not at_school.successors:
        return _page(kept, at_school, changed=True), 409
    form = HandOverForm(at_school)
    if not form.validate():
        return _page(kept, at_school, form), 422
    chosen = [case.id for case in at_school.cases if case.code in form.cases.data]
    try:
        handover.hand_over(engine(), case_ids=chosen, to=form.to.data, by=scope().person_id, at=now())
    except handover.CannotHandOver:
        kept = reports.kept(engine(), scope(), at=now())
        return _page(kept, changed=True), 409
    return redirect(url_for(".choose_successor", klaar=1), 303)


def _chosen(kept: Sequence[Kept]) -> Kept | None:
    """The school asked for, by its id or by the code of a case there; the only one where there is one."""
    school, code = request.values.get("school"), request.values.get("code")
    if len(kept) == 1 and not school and not code:
        return kept[0]
    return next(
        (one for one in kept if one.school_id == school or code in {case.code for case in one.cases}), None
    )


def _page(
    kept: Sequence[Kept],
    at_school: Kept | None = None,
    form: HandOverForm | None = None,
    *,
    changed: bool = False,
) -> str:
    return render_template(
        "case/hand-over.html",
        kept=kept,
        at_school=at_school,
        form=form,
        errors=[(f"#{field.id}", field.errors[0]) for field in form if field.errors] if form else [],
        changed=changed,
        done="klaar" in request.args,
        handed=reports.handed_over(engine(), scope(), at=now()),
    )
