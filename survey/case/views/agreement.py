"""Noting what parents and pupil say about asking the pupil, and taking it back."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, agreed
from survey.case.agreement import Given
from survey.case.forms import AgreementForm
from survey.case.reports import Agreement, Case
from survey.case.views.front import Step, blueprint, open_case_or_404, page_of, part
from survey.clock import local_day, now
from survey.database.request import engine


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """The agreement in words, the form to note it, and why the pupil cannot be asked yet (empty: can be)."""
    if case.kind != "pupil":
        return {"pupil_locked": ""}
    return {
        "agreement_form": _form(case, formdata=None),
        "pupil_locked": "" if case.agreed else agreed.why_locked(case.agreement),
        "agreed": agreed,
        "steps": [step for one in case.agreements for step in _steps(one)],
    }


@blueprint.post("/<code>/akkoord")
@allow(Permission.KEEP_CASES)
def agree(code: str) -> ResponseReturnValue:
    """Note what each of them says."""
    case = _of_a_pupil(code)
    form = _form(case)
    if not form.validate():
        return page_of(case, agreement_form=form), 422
    actions.note_agreement(engine(), case_id=case.id, given=form.given, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code, _anchor="agreement"), 303)


@blueprint.post("/<code>/akkoord/intrekken")
@allow(Permission.KEEP_CASES)
def withdraw(code: str) -> ResponseReturnValue:
    """Note that the parents no longer agree: open questions to the pupil end now."""
    case = open_case_or_404(code)
    actions.withdraw_agreement(engine(), case_id=case.id, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code, _anchor="agreement"), 303)


def _of_a_pupil(code: str) -> Case:
    case = open_case_or_404(code)
    if case.kind != "pupil":
        abort(409)
    return case


def _form(case: Case, **options: Any) -> AgreementForm:
    in_force = case.agreement if case.agreement and case.agreement.ended_at is None else None
    form = AgreementForm.about(in_force.given if in_force else None, **options)
    form.agreed_on.back_from = local_day(case.opened_at)
    return form


def _steps(noted: Agreement) -> list[Step]:
    """The latest first: within one second they are read in this order."""
    steps = [Step.at(noted.noted_at, _what(noted.given))]
    if noted.ended_at and noted.ended_because == "withdrawn":
        steps.insert(0, Step.at(noted.ended_at, _("Akkoord ingetrokken")))
    return steps


def _what(given: Given) -> str:
    if given.refused:
        return str(_("Geen akkoord"))
    return str(_("Akkoord genoteerd") if given.allows else _("Akkoord nog niet compleet"))
