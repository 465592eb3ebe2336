"""Noting what parents and pupil say about asking the pupil, and taking it back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions
from survey.case.views.front import blueprint, case_or_404
from survey.clock import now
from survey.database.request import engine


@blueprint.post("/<code>/akkoord/intrekken")
@allow(Permission.KEEP_CASES)
def withdraw(code: str) -> ResponseReturnValue:
    """Note that the parents no longer agree: open questions to the pupil end now."""
    case = case_or_404(code)
    actions.withdraw_agreement(engine(), case_id=case.id, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code), 303)
