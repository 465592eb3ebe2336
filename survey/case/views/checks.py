"""Asking someone in a case for a check, the QR code while it waits, and its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, informants, reports
from survey.case.informants import Who
from survey.case.reports import Case, Informant
from survey.case.views.front import blueprint, case_or_404, not_there, page_of, part
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, Check, Comparison, State
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.web.language import screen_language

SHOWN = 4  # checks side by side; older ones are one tap away


@dataclass(frozen=True, slots=True)
class Series:
    """The checks of one person: the newest side by side, then the older ones."""

    who: Who
    newest: Comparison | None
    older: Comparison | None


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """Whom to ask, what waits, and the answers per person."""
    people = reports.people(engine(), scope(), case.id)
    return {
        "refused": False,
        "waiting": reports.waiting(engine(), scope(), case.code, at=now()),
        "series": [_series(person) for person in people if person.checks],
        "first": informants.first(),
        "further": informants.further(person.who for person in people),
    }


@blueprint.post("/<code>/check")
@allow(Permission.KEEP_CASES)
def ask(code: str) -> ResponseReturnValue:
    """Make a link for one person."""
    case = case_or_404(code)
    who = informants.parsed(request.form.get("who", ""))
    if who is None:
        abort(400)
    form = catalog().get(f"relationship-{who.kind}")
    try:
        link_id = actions.start_check(
            engine(),
            case_id=case.id,
            who=who,
            form=form.form,
            version=form.version,
            by=scope().person_id,
            at=now(),
        )
    except checkins.MayNotAsk:
        return page_of(case, refused=True), 409
    return redirect(url_for(".check", code=code, link_id=link_id), 303)


@blueprint.get("/<code>/check/<link_id>")
@allow(Permission.KEEP_CASES)
def check(code: str, link_id: str) -> ResponseReturnValue:
    """The QR code while a check waits; its answers beside earlier ones when it has been answered."""
    asked = _asked_or_404(code, link_id)
    if asked.state is State.ANSWERED:
        return _answers_of(asked)
    return render_template(
        "case/check.html",
        asked=asked,
        who=_who(asked),
        address=checks.address(asked.link_id),
        qr=checks.qr(asked.link_id),
    )


@blueprint.get("/<code>/check/<link_id>/stand")
@allow(Permission.KEEP_CASES)
def status(code: str, link_id: str) -> ResponseReturnValue:
    """What became of a check, for the script that waits."""
    return jsonify(state=_asked_or_404(code, link_id).state)


@blueprint.post("/<code>/check/<link_id>/intrekken")
@allow(Permission.KEEP_CASES)
def revoke(code: str, link_id: str) -> ResponseReturnValue:
    """Take a link back."""
    asked = _asked_or_404(code, link_id)
    checkins.revoke(engine(), link_id=asked.link_id, by=scope().person_id, at=now())
    return redirect(url_for(".check", code=code, link_id=link_id), 303)


def _answers_of(asked: Asked) -> str:
    case = case_or_404(asked.code)
    person = next(one for one in reports.people(engine(), scope(), case.id) if one.id == asked.informant_id)
    at = [check.link_id for check in person.checks].index(asked.link_id)
    until_then = replace(person, checks=person.checks[at:])
    return render_template("case/answers.html", asked=asked, who=_who(asked), series=_series(until_then))


def _series(person: Informant) -> Series:
    return Series(person.who, _compared(person.checks[:SHOWN]), _compared(person.checks[SHOWN:]))


def _compared(found: Sequence[Check]) -> Comparison | None:
    return checks.compare(catalog(), found, screen_language()) if found else None


def _who(asked: Asked) -> Who:
    return Who(asked.kind, asked.number)


def _asked_or_404(code: str, link_id: str) -> Asked:
    asked = checks.asked(engine(), scope(), link_id, at=now())
    return asked if asked is not None and asked.code == code else not_there()
