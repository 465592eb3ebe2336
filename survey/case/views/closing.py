"""Closing a case with its outcome, and how a closed one ended."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.ending import closing, reports
from survey.case.ending.forms import CloseForm
from survey.case.reports import Case
from survey.case.views import lines
from survey.case.views.front import Step, blueprint, label_of, open_case_or_404, part
from survey.clock import local_day, now
from survey.database.request import engine
from survey.talk import reports as talks


@blueprint.before_request
def nothing_changes_in_a_closed_case() -> None:
    """Whatever is sent to a closed case is refused, also by pages that forget to look."""
    code = (request.view_args or {}).get("code")
    if code and request.method == "POST":
        open_case_or_404(code)


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """How a closed case ended, and who had the case before."""
    steps = []
    if case.taken_over_at:
        steps.append(Step.at(case.taken_over_at, _("Overgenomen van een andere coach")))
    if case.closed_at is None:
        return {"closing": None, "steps": steps}
    ended = reports.closing(engine(), scope(), case.id)
    outcome = label_of("outcome", ended.outcome) if ended else ""
    steps.append(Step(local_day(case.closed_at), _("Traject afgesloten"), outcome, part_of_day=1))
    return {"closing": _in_words(case, ended), "steps": steps}


@blueprint.get("/<code>/afsluiten")
@allow(Permission.KEEP_CASES)
def confirm_close(code: str) -> ResponseReturnValue:
    """Ask how the case ended, and say what stops."""
    return _page(open_case_or_404(code), CloseForm(formdata=None))


@blueprint.post("/<code>/afsluiten")
@allow(Permission.KEEP_CASES)
def close(code: str) -> ResponseReturnValue:
    """Close the case."""
    case = open_case_or_404(code)
    form, line = CloseForm(), lines.read()
    if not form.validate() or not line.may_be_kept:
        return _page(case, form, line), 422
    closing.close(
        engine(),
        case_id=case.id,
        outcome=form.outcome.data,
        reason=form.reason,
        helped=form.helped.data or None,
        line=line.text,
        by=scope().person_id,
        at=now(),
    )
    return redirect(url_for(".show", code=code), 303)


def _page(case: Case, form: CloseForm, line: lines.Line | None = None) -> str:
    errors = [(f"#{field.id}", field.errors[0]) for field in form if field.errors]
    if line and not line.may_be_kept:
        errors.append(("#line", _("Kijk uw eigen regel na.")))
    planned = [talk for talk in talks.talks(engine(), scope(), case.id) if talk.state == "planned"]
    return render_template(
        "case/close.html",
        case=case,
        form=form,
        errors=errors,
        line=line,
        planned=len(planned),
        directions=closing.DIRECTIONS,
    )


def _in_words(case: Case, ended: reports.Closing | None) -> Mapping[str, str]:
    """The choices as they read on screen; a case that was closed without them says so."""
    return {
        "outcome": label_of("outcome", ended.outcome) if ended else "",
        "reason": label_of("scale_reason", ended.reason) if ended else "",
        "helped": label_of("helped", ended.helped) if ended else "",
        "line": talks.notes(engine(), scope(), case.id).get(("closing", ""), ""),
    }
