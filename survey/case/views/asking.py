"""Asking someone in a case for a check: what is due for whom, how soon, and the goal they are asked about."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, asking, informants
from survey.case.asking import Ask, Lock, Person
from survey.case.informants import Who
from survey.case.reports import Case
from survey.case.views.front import Step, blueprint, case_or_404, page_of, part
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, State
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.vocabulary import Family
from survey.web.language import screen_language

REASONS = "dose_reason"


class Why(StrEnum):
    """Why a question was not put."""

    TOO_SOON = "too_soon"
    NO_REASON = "no_reason"
    AGREEMENT = "agreement"
    STOPPED = "stopped"
    KIND = "kind"
    TALK = "talk"
    GOAL = "goal"


class Refused(Struct, frozen=True):
    """A question that was not put: why, to whom, and what to send again with a reason."""

    why: Why
    person: Person
    ask: Ask | None = None
    talk_id: str = ""


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """Whom to ask for what, and everything that was asked."""
    closed = case.closed_at is not None
    return {
        "refused": None,
        "people": [] if closed else asking.people(engine(), scope(), case, at=now()),
        "dose_reasons": catalog().choices(REASONS),
        "steps": _steps(case),
    }


@blueprint.post("/<code>/check")
@allow(Permission.KEEP_CASES)
def ask(code: str) -> ResponseReturnValue:
    """Make a link for one person and go to its QR code; without a form named it is the relationship check."""
    case, who = case_or_404(code), named()
    family = request.form.get("family", Family.RELATIONSHIP)
    if family not in set(Family):
        abort(400)
    chosen = {
        "talk_id": request.form.get("talk_id") or None,
        "dose_reason": request.form.get("dose_reason") or None,
    }
    if chosen["dose_reason"] and chosen["dose_reason"] not in {one.key for one in catalog().choices(REASONS)}:
        return refuse(case, who, Family(family), Why.NO_REASON)
    try:
        link_id = actions.start_check(
            engine(), case_id=case.id, who=who, family=Family(family), by=scope(), at=now(), **chosen
        )
    except actions.TooSoon:
        why = Why.NO_REASON if "dose_reason" in request.form else Why.TOO_SOON
        return refuse(case, who, Family(family), why)
    except checkins.MayNotAsk:
        return refuse(case, who, Family(family))
    return redirect(url_for(".check", code=code, link_id=link_id), 303)


@blueprint.post("/<code>/doel")
@allow(Permission.KEEP_CASES)
def choose_goal(code: str) -> ResponseReturnValue:
    """Choose what someone is asked about from the next wellbeing check on; nothing chosen is no goal."""
    case, who = case_or_404(code), named()
    if who.kind not in informants.offered(case.kind) or _person(case, who).lock:
        return refuse(case, who)
    goal = request.form.get("goal") or None
    try:
        actions.choose_goal(engine(), case_id=case.id, who=who, goal=goal, by=scope().person_id, at=now())
    except actions.NotOffered:
        return refuse(case, who, why=Why.GOAL)
    return redirect(url_for(".show", code=code, bewaard="doel", _anchor="ask"), 303)


@blueprint.post("/<code>/weer-vragen")
@allow(Permission.KEEP_CASES)
def resume(code: str) -> ResponseReturnValue:
    """Someone who wanted no more questions told the coach that they may be asked again."""
    case, who = case_or_404(code), named()
    actions.resume(engine(), case_id=case.id, who=who, by=scope(), at=now())
    return redirect(url_for(".show", code=code, _anchor="ask"), 303)


@blueprint.app_template_global()
def check_name(family: Family) -> str:
    """A check as coaches call it."""
    return str(_("Werkrelatie-check") if family is Family.RELATIONSHIP else _("Hoe-gaat-het-check"))


def why_not_now(one: Asked) -> str:
    """The reason someone chose with "not now", in the words they read; empty without."""
    said = one.decline_reason and catalog().page_texts("formal").get(f"reason_{one.decline_reason}")
    return said[screen_language()] if said else ""


def named() -> Who:
    """The person named; nobody else can be meant by a form of ours."""
    return informants.parsed(request.form.get("who", "")) or abort(400)


def refuse(case: Case, who: Who, family: Family | None = None, why: Why | None = None) -> ResponseReturnValue:
    """The page of the case with why nothing was asked; 422 where choosing something else helps."""
    person = _person(case, who)
    found = next((one for one in (person.due, *person.others) if one and one.family is family), None)
    refused = Refused(why or _why_not(case, person), person, found, request.form.get("talk_id", ""))
    can_choose = refused.why in {Why.TOO_SOON, Why.NO_REASON, Why.GOAL}
    return page_of(case, refused=refused), 422 if can_choose else 409


def _person(case: Case, who: Who) -> Person:
    return asking.person(engine(), scope(), case, who, at=now())


def _why_not(case: Case, person: Person) -> Why:
    if person.who.kind not in informants.offered(case.kind):
        return Why.KIND
    if person.lock is Lock.STOPPED:
        return Why.STOPPED
    return Why.AGREEMENT if person.lock is Lock.AGREEMENT else Why.TALK


def _steps(case: Case) -> list[Step]:
    """What was asked and what came of it. A link that was taken back before anyone said anything is none."""
    links = checks.asked_links(engine(), scope(), case.id, at=now())
    told = [one for one in links if one.state is not State.CLOSED or one.declined_at or not one.is_revoked]
    stops = [
        Step.at(at, _("Stop met vragen"), who.name) for who, at in asking.stopped(engine(), scope(), case.id)
    ]
    return [*map(_step, told), *stops]


def _step(one: Asked) -> Step:
    what = f"{check_name(one.family)}, {Who(one.kind, one.number).name.lower()}"
    href = url_for(".check", code=one.code, link_id=one.link_id)
    if one.answered_at:
        return Step.at(one.answered_at, what, _("beantwoord"), href)
    if one.declined_at:
        reason = why_not_now(one)
        said = _("nu niet") + (f": {reason}" if reason else "")
        return Step.at(one.declined_at, what, said, href)
    if one.state is State.OPEN:
        return Step.at(one.created_at, what, _("wacht op antwoord"), href)
    return Step.at(one.created_at, what, _("gevraagd, geen antwoord"))
