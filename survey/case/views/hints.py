"""Hints on the page of a case: to talk about, what was agreed, and decisions about more or less help."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.choices import to_agree_on
from survey.case.hints import noticed, words
from survey.case.hints.noticed import Block
from survey.case.reports import Case
from survey.case.views import lines
from survey.case.views.front import Step, blueprint, not_there, open_case_or_404, page_of, part
from survey.case.views.lines import Line
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.hint import actions, reports
from survey.questionnaire.definition import Choice
from survey.web import once

CONSIDERED, REASONS = "considered", "scale_reason"
WAYS = ("up", "stay", "down")


class Typed(Struct, frozen=True):
    """What was sent about a hint and could not be kept: for which check, what, and why not."""

    link_id: str
    agreed: Sequence[str]
    line: Line
    error: str


class Weighed(Struct, frozen=True):
    """A decision that could not be kept: what was chosen, and what still is to be."""

    considered: str
    reason: str
    errors: Mapping[str, str]


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """What waits to be talked about, what was, and what was decided."""
    found = noticed.in_case(engine(), scope(), case.id, at=now())
    is_closed = case.closed_at is not None
    return {
        "just_talked": _just_talked(found),
        "open_hints": [] if is_closed else [block for block in found if block.is_open],
        "earlier_hints": [block for block in found if is_closed or not block.is_open],
        "weighs_help": not is_closed and any(block.asks_a_decision for block in found),
        "hint_actions": to_agree_on(),
        "considered": catalog().choices(CONSIDERED),
        "ways": _ways(),
        "typed": None,
        "weighed": None,
        "steps": [*(_step(case, block) for block in found), *_decisions(case)],
    }


@blueprint.post("/<code>/aandachtspunt/<link_id>")
@allow(Permission.KEEP_CASES)
def settle_hint(code: str, link_id: str) -> ResponseReturnValue:
    """Note what was agreed about the hints on one check."""
    case = open_case_or_404(code)
    block = hints_of(case, link_id) or not_there()
    agreed, line = request.form.getlist("agreed"), lines.read()
    error = _missing(agreed)
    if error or not line.may_be_kept:
        return page_of(case, typed=Typed(link_id, agreed, line, error)), 422
    noticed.settle(
        engine(), case_id=case.id, block=block, agreed=agreed, line=line.text, by=scope().person_id, at=now()
    )
    return talked(code, link_id)


@blueprint.post("/<code>/besluit")
@allow(Permission.KEEP_CASES)
def decide(code: str) -> ResponseReturnValue:
    """Note what was considered about more or less help, what was decided and why."""
    case = open_case_or_404(code)
    chosen = Weighed(request.form.get("considered", ""), request.form.get("reason", ""), {})
    reasons = {one.key: one.direction for ones in _ways().values() for one in ones}
    offered = {one.key for one in catalog().choices(CONSIDERED)}
    missing = {
        **({} if chosen.considered in offered else {"considered": _("Kies wat u hebt overwogen.")}),
        **({} if chosen.reason in reasons else {"reason": _("Kies wat u hebt besloten, en waarom.")}),
    }
    if missing:
        return page_of(
            case, weighed=Weighed(chosen.considered, chosen.reason, missing), weighs_help=True
        ), 422
    actions.decide(
        engine(),
        case_id=case.id,
        considered=chosen.considered,
        decision=str(reasons[chosen.reason]),
        reason=chosen.reason,
        by=scope().person_id,
        at=now(),
        key=once.form_id(),
    )
    return redirect(url_for(".show", code=code, _anchor="path"), 303)


def hints_of(case: Case, link_id: str) -> Block | None:
    """The hints on one check of this case, as one block; None where there are none."""
    found = noticed.in_case(engine(), scope(), case.id, at=now())
    return next((block for block in found if block.link_id == link_id), None)


def talked(code: str, link_id: str) -> ResponseReturnValue:
    """To the page of the case, which says what follows."""
    return redirect(url_for(".show", code=code, besproken=link_id), 303)


def _just_talked(found: Sequence[Block]) -> Block | None:
    link_id = request.args.get("besproken")
    return next((block for block in found if block.link_id == link_id and not block.is_open), None)


def _ways() -> dict[str, list[Choice]]:
    """The reasons by the way they go: choosing one is deciding."""
    return {way: [one for one in catalog().choices(REASONS) if one.direction == way] for way in WAYS}


def _missing(agreed: Sequence[str]) -> str:
    if not set(agreed) <= {one.key for one in to_agree_on()}:
        return str(_("Kies uit wat hier staat."))
    return "" if agreed else str(_("Kies wat jullie afspraken."))


def _step(case: Case, block: Block) -> Step:
    what = f"{block.title}, {block.who.name.lower()}"
    detail = _("nog te bespreken") if block.is_open else block.became
    href = url_for(".check", code=case.code, link_id=block.link_id) if block.has_answers else None
    return Step.at(block.at, what, detail, href)


def _decisions(case: Case) -> list[Step]:
    return [
        Step.at(one.decided_at, _("Meer of minder hulp overwogen"), words.considered(one))
        for one in reports.decisions(engine(), scope(), case.id)
    ]
