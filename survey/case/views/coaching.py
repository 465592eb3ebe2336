"""The coaching of a professional in a case: its phases, the levels looked at, and three private lines."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.coaching_form import PhaseForm
from survey.case.reports import Case
from survey.case.views import lines
from survey.case.views.front import Step, blueprint, not_there, open_case_or_404, page_of, part
from survey.clock import local_day, now
from survey.coaching import actions, reports
from survey.coaching.reports import Coaching, Entry
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.profile import Cycle, Phase, Profile
from survey.talk import actions as talks
from survey.talk import reports as notes
from survey.web import errors
from survey.web.language import screen_language

LINES = ("question", "own_share", "new_behaviour")


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """Where the coaching is, what was looked at and what the coach wrote; nothing without a cycle."""
    profile = catalog().profile(case.profile)
    found = reports.cycle(engine(), scope(), case.id, profile)
    if found is None:
        return {"coaching": None}
    return {
        "coaching": found,
        "coaching_profile": profile,
        "coaching_lines": _kept(case),
        "coaching_typed": {},
        "coaching_found": lines.Line(),
        "phase_form": PhaseForm(case, found.phases, formdata=None),
        "phase_words": phase_in_words,
        "next_phase": _next(found),
        "steps": [_step(case, found, entry) for entry in reversed(found.entries)],
    }


@blueprint.post("/<code>/coaching/fase")
@allow(Permission.KEEP_CASES)
def enter_phase(code: str) -> ResponseReturnValue:
    """The coaching is in a phase, today or since another day."""
    case, _profile, cycle = _coached_or_404(code)
    form = PhaseForm(case, cycle.phases)
    if not form.validate():
        return page_of(case, phase_form=form), 422
    actions.enter_phase(
        engine(),
        case_id=case.id,
        phase=form.phase.data,
        day=form.entered_on.data,
        by=scope().person_id,
        at=now(),
    )
    return _to_coaching(case)


@blueprint.post("/<code>/coaching/fase/<entry_id>/verwijder")
@allow(Permission.KEEP_CASES)
def remove_phase(code: str, entry_id: str) -> ResponseReturnValue:
    """Take back a phase that was noted by mistake; one that is gone already is gone."""
    case, profile, _cycle = _coached_or_404(code)
    found = reports.cycle(engine(), scope(), case.id, profile)
    if found and entry_id in {entry.id for entry in found.entries}:
        actions.remove_phase(engine(), case_id=case.id, entry_id=entry_id, by=scope().person_id)
    return _to_coaching(case)


@blueprint.post("/<code>/coaching/niveau")
@allow(Permission.KEEP_CASES)
def note_level(code: str) -> ResponseReturnValue:
    """A level was looked at, or was not after all."""
    case, profile, _cycle = _coached_or_404(code)
    chosen, is_examined = request.form.get("examined"), True
    if chosen is None:
        chosen, is_examined = request.form.get("not_examined"), False
    if chosen not in {level.key for level in profile.factor_levels}:
        return errors.page(400)
    actions.note_level(
        engine(),
        case_id=case.id,
        level=chosen,
        is_examined=is_examined,
        day=local_day(now()),
        by=scope().person_id,
    )
    return _to_coaching(case)


@blueprint.post("/<code>/coaching/regels")
@allow(Permission.KEEP_CASES)
def keep_lines(code: str) -> ResponseReturnValue:
    """Keep learning question, own share and new behaviour; an empty line erases what was there."""
    case, _profile, _cycle = _coached_or_404(code)
    kept = _kept(case)
    typed = {place: lines.read(place, kept=kept[place]) for place in LINES}
    if not all(line.may_be_kept for line in typed.values()):
        return page_of(case, coaching_typed=typed, coaching_found=lines.together(typed.values())), 422
    try:
        talks.write_lines(
            engine(),
            case_id=case.id,
            lines={place: line.text for place, line in typed.items()},
            shown={place: seen for place in LINES if (seen := lines.shown(place)) is not None},
            by=scope().person_id,
            at=now(),
        )
    except talks.Changed as other:
        return page_of(case, coaching_typed=lines.changed_among(typed, other.lines)), 409
    return _to_coaching(case)


def phase_in_words(phase: Phase, total: int) -> str:
    """fase 4 van 6, and its name once the programme gave it one."""
    where = _("fase %(n)s van %(total)s", n=phase.order, total=total)
    return f"{where}: {phase.label[screen_language()]}" if phase.official else where


def _next(found: Coaching) -> Phase | None:
    """The phase that comes after the current one: the first when none was noted, none after the last."""
    phase = found.current.phase if found.current else None
    at = phase.order if phase else 0
    return next((each for each in found.phases if each.order == at + 1), None)


def _step(case: Case, found: Coaching, entry: Entry) -> Step:
    known = entry.phase
    words = phase_in_words(known, len(found.phases)) if known else _("een fase die er niet meer is")
    href = url_for(".show", code=case.code, _anchor="coaching")
    return Step(entry.day, words[:1].upper() + words[1:], "", href, moment=entry.noted_at)


def _coached_or_404(code: str) -> tuple[Case, Profile, Cycle]:
    case = open_case_or_404(code)
    profile = catalog().profile(case.profile)
    return case, profile, profile.cycle or not_there()


def _kept(case: Case) -> Mapping[str, str]:
    found = notes.notes(engine(), scope(), case.id)
    return {place: found.get((place, ""), "") for place in LINES}


def _to_coaching(case: Case) -> ResponseReturnValue:
    return redirect(url_for(".show", code=case.code, _anchor="coaching"), 303)
