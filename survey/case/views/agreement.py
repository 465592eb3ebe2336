"""Noting what parents and pupil say about asking the pupil, and taking it back."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions
from survey.case.agreement import words
from survey.case.agreement.rules import Given
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
        "pupil_locked": "" if case.agreed else words.why_locked(case.agreement),
        "agreed": words,
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
    given, seen = form.given, request.form.get("seen", "")
    try:
        actions.note_agreement(
            engine(), case_id=case.id, given=given, by=scope().person_id, at=now(), seen=seen
        )
    except actions.Changed:
        return _once_more(_of_a_pupil(code), form), 409
    return redirect(url_for(".show", code=code, bewaard="akkoord", _anchor="agreement"), 303)


@blueprint.post("/<code>/akkoord/intrekken")
@allow(Permission.KEEP_CASES)
def withdraw(code: str) -> ResponseReturnValue:
    """Note that the parents no longer agree: open questions to the pupil end now."""
    case = open_case_or_404(code)
    actions.withdraw_agreement(engine(), case_id=case.id, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code, bewaard="ingetrokken", _anchor="agreement"), 303)


def _of_a_pupil(code: str) -> Case:
    case = open_case_or_404(code)
    if case.kind != "pupil":
        abort(409)
    return case


def _form(case: Case, **options: Any) -> AgreementForm:
    noted, stopped = case.in_force, case.stopped
    form = AgreementForm.about(noted.given if noted else None, seen=noted.id if noted else "", **options)
    form.agreed_on.back_from = local_day(case.opened_at)
    form.agreed_on.ended_on = local_day(stopped.ended_at) if stopped and stopped.ended_at else None
    return form


def _once_more(case: Case, form: AgreementForm) -> str:
    """What stands there now, and below it what was filled in: whoever sends that again has seen both."""
    form.seen.data = case.in_force.id if case.in_force else ""
    form.form_errors.append(
        _("Het akkoord is intussen veranderd. Hierboven staat hoe het nu is. Klopt dit nog? Noteer het dan.")
    )
    return page_of(case, agreement_form=form)


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
