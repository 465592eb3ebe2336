"""The coach's pages of cases: the list, one case, the agreement, and asking someone for a check."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NoReturn

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, informants, reports
from survey.case.informants import Who
from survey.case.reports import Case, Informant
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, Check, Comparison, State
from survey.clock import now
from survey.current import catalog
from survey.database import Busy, Full
from survey.database.request import engine
from survey.web import limits
from survey.web.language import screen_language

SHOWN = 4  # checks side by side; older ones are one tap away
FAILURES, WINDOW = 30, timedelta(minutes=15)

blueprint = Blueprint("case", __name__, url_prefix="/trajecten")


@dataclass(frozen=True, slots=True)
class Series:
    """The checks of one person: the newest side by side, then the older ones."""

    who: Who
    newest: Comparison | None
    older: Comparison | None


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
    return _page_of(_case_or_404(code))


@blueprint.post("/<code>/akkoord")
@allow(Permission.KEEP_CASES)
def agree(code: str) -> ResponseReturnValue:
    """Note that the parents agree, so that the pupil can be asked."""
    case = _case_or_404(code)
    actions.note_agreement(engine(), case_id=case.id, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code), 303)


@blueprint.post("/<code>/akkoord/intrekken")
@allow(Permission.KEEP_CASES)
def withdraw(code: str) -> ResponseReturnValue:
    """Note that the parents no longer agree: open questions to the pupil end now."""
    case = _case_or_404(code)
    actions.withdraw_agreement(engine(), case_id=case.id, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code), 303)


@blueprint.post("/<code>/check")
@allow(Permission.KEEP_CASES)
def ask(code: str) -> ResponseReturnValue:
    """Make a link for one person."""
    case = _case_or_404(code)
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
        return _page_of(case, refused=True), 409
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


def _choose_school(error: str = "") -> str:
    schools = reports.schools(engine(), scope(), at=now())
    return render_template("case/new.html", schools=schools, error=error)


def _page_of(case: Case, *, refused: bool = False) -> str:
    people = reports.people(engine(), scope(), case.id)
    return render_template(
        "case/case.html",
        case=case,
        refused=refused,
        waiting=reports.waiting(engine(), scope(), case.code, at=now()),
        series=[_series(person) for person in people if person.checks],
        first=informants.first(),
        further=informants.further(person.who for person in people),
    )


def _answers_of(asked: Asked) -> str:
    case = _case_or_404(asked.code)
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


def _case_or_404(code: str) -> Case:
    found = reports.case(engine(), scope(), code)
    return found if found is not None else _not_there()


def _asked_or_404(code: str, link_id: str) -> Asked:
    asked = checks.asked(engine(), scope(), link_id, at=now())
    return asked if asked is not None and asked.code == code else _not_there()


def _not_there() -> NoReturn:
    """Another's case and no case are the same. Counts failures, so that codes cannot be guessed."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"case:{scope().person_id}", limit=FAILURES, per=WINDOW):
            abort(429)
    abort(404)
