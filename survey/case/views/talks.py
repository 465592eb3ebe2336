"""Talks of a case: planning one, noting what was agreed, calling one off, and an incident in one tap."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import asking, reports
from survey.case.informants import Who
from survey.case.reports import Case
from survey.case.talks.company import named
from survey.case.talks.forms import DoneForm, IncidentForm, PlanForm
from survey.case.views import lines
from survey.case.views.front import Step, blueprint, case_or_404, label_of, not_there, open_case_or_404, part
from survey.clock import HOME, local_day, now
from survey.database.request import engine
from survey.questionnaire.vocabulary import Family
from survey.talk import actions
from survey.talk import reports as talks
from survey.talk.actions import DONE, INCIDENT, PLANNED
from survey.talk.reports import Talk
from survey.web import once
from survey.web.language import time


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """What is planned, what happened today, and every talk on the path."""
    found = talks.talks(engine(), scope(), case.id)
    today = local_day(now())
    return {
        "planned_talks": sorted(
            (talk for talk in found if talk.state == PLANNED),
            key=lambda talk: (talk.day, str(talk.starts_at)),
        ),
        "incident_today": next((talk for talk in found if talk.kind == INCIDENT and talk.day == today), None),
        "talk_words": in_words,
        "steps": [_step(case, talk) for talk in found],
    }


@blueprint.get("/<code>/gesprek/plan")
@allow(Permission.KEEP_CASES)
def plan_talk(code: str) -> ResponseReturnValue:
    """One small form for a talk that will be."""
    case = open_case_or_404(code)
    return _planning(case, PlanForm(case, _known(case), formdata=None))


@blueprint.post("/<code>/gesprek/plan")
@allow(Permission.KEEP_CASES)
def keep_plan(code: str) -> ResponseReturnValue:
    """Plan a talk."""
    case = open_case_or_404(code)
    form = PlanForm(case, _known(case))
    if not form.validate():
        return _planning(case, form), 422
    actions.plan(engine(), case_id=case.id, **form.plan, by=scope().person_id, at=now(), key=once.form_id())
    return _to_case(case)


@blueprint.get("/<code>/gesprek/noteer")
@allow(Permission.KEEP_CASES)
def note_talk(code: str) -> ResponseReturnValue:
    """A talk that was held: with whom is the only thing without an answer yet."""
    case = open_case_or_404(code)
    return _noting(case, DoneForm(case, _known(case), formdata=None), lines.Line())


@blueprint.post("/<code>/gesprek/noteer")
@allow(Permission.KEEP_CASES)
def keep_talk(code: str) -> ResponseReturnValue:
    """Note a talk that was held."""
    case = open_case_or_404(code)
    form, line = DoneForm(case, _known(case)), lines.read()
    if not form.validate() or not line.may_be_kept:
        return _noting(case, form, line), 422
    key = actions.note_done(
        engine(),
        case_id=case.id,
        **form.done,
        line=line.text,
        by=scope().person_id,
        at=now(),
        key=once.form_id(),
    )
    return redirect(url_for(".talk", code=code, talk_id=key), 303)


@blueprint.post("/<code>/gesprek/incident")
@allow(Permission.KEEP_CASES)
def note_incident(code: str) -> ResponseReturnValue:
    """One tap: something happened today."""
    case = open_case_or_404(code)
    actions.note_incident(engine(), case_id=case.id, day=local_day(now()), by=scope().person_id, at=now())
    return _to_case(case)


@blueprint.get("/<code>/gesprek/<talk_id>")
@allow(Permission.KEEP_CASES)
def talk(code: str, talk_id: str) -> ResponseReturnValue:
    """One talk: to begin and note it while it is planned, to read and put it right afterwards."""
    case = case_or_404(code)
    return _page(case, _talk_or_404(case, talk_id))


@blueprint.post("/<code>/gesprek/<talk_id>")
@allow(Permission.KEEP_CASES)
def finish_talk(code: str, talk_id: str) -> ResponseReturnValue:
    """A planned talk took place, or what was noted is put right."""
    case = open_case_or_404(code)
    found = _talk_or_404(case, talk_id)
    form, line = _done_form(case, found), lines.read(kept=found.line)
    if not form.validate() or not line.may_be_kept:
        return _page(case, found, form=form, line=line), 422
    try:
        actions.finish(
            engine(),
            case_id=case.id,
            talk_id=talk_id,
            **form.done,
            line=line.text,
            shown=lines.shown(),
            by=scope().person_id,
            at=now(),
        )
    except actions.Changed as other:
        line = lines.changed(line, other.lines["talk"])
        return _page(case, _talk_or_404(case, talk_id), form=form, line=line), 409
    return redirect(url_for(".talk", code=code, talk_id=talk_id), 303)


@blueprint.post("/<code>/gesprek/<talk_id>/verzet")
@allow(Permission.KEEP_CASES)
def move_talk(code: str, talk_id: str) -> ResponseReturnValue:
    """A planned talk gets another day, company or form."""
    case = open_case_or_404(code)
    found = _talk_or_404(case, talk_id)
    form = _plan_form(case, found)
    if not form.validate():
        return _page(case, found, plan=form), 422
    actions.replan(engine(), case_id=case.id, talk_id=talk_id, **form.plan, by=scope().person_id)
    return _to_case(case)


@blueprint.post("/<code>/gesprek/<talk_id>/afzeggen")
@allow(Permission.KEEP_CASES)
def cancel_talk(code: str, talk_id: str) -> ResponseReturnValue:
    """A planned talk will not be."""
    case = open_case_or_404(code)
    _talk_or_404(case, talk_id)
    actions.cancel(engine(), talk_id=talk_id, by=scope().person_id)
    return _to_case(case)


@blueprint.post("/<code>/gesprek/<talk_id>/verwijder")
@allow(Permission.KEEP_CASES)
def remove_talk(code: str, talk_id: str) -> ResponseReturnValue:
    """Drop a talk that was noted by mistake; one that is gone already is gone."""
    case = open_case_or_404(code)
    if talks.talk(engine(), scope(), case.id, talk_id) is not None:
        actions.remove(engine(), talk_id=talk_id, by=scope().person_id, at=now())
    return _to_case(case)


def in_words(talk: Talk) -> str:
    """Telefoon met ouder en leerkracht."""
    kind = label_of("talk_kind", talk.kind)
    return _("%(kind)s met %(who)s", kind=kind, who=named(talk.with_)) if talk.with_ else kind


def _planning(case: Case, form: PlanForm) -> str:
    return render_template("case/talk-plan.html", case=case, form=form)


def _noting(case: Case, form: DoneForm, line: lines.Line) -> str:
    wrong = [*form.wrong, *line.wrong("line")]
    return render_template("case/talk-note.html", case=case, form=form, line=line, wrong=wrong)


def _page(
    case: Case,
    found: Talk,
    *,
    form: DoneForm | IncidentForm | None = None,
    line: lines.Line | None = None,
    plan: PlanForm | None = None,
) -> str:
    wrong = [*(form.wrong if form else ()), *(line.wrong("line") if line else ())]
    return render_template(
        "case/talk.html",
        case=case,
        talk=found,
        what=in_words(found),
        agreed=[label_of("hint_action", choice) for choice in found.agreed],
        has_come=found.has_come(local_day(now())),
        asks=_asks(case, found),
        form=form or _done_form(case, found, formdata=None),
        line=line,
        plan=plan or _plan_form(case, found, formdata=None),
        moving=plan is not None,
        wrong=plan.wrong if plan else wrong,
    )


def _asks(case: Case, found: Talk) -> list[asking.Person]:
    """Who is asked for a check now: at the start of a talk how it goes, at its end how the talk was."""
    today = local_day(now())
    is_over = found.state == DONE and found.day == today and found.kind != INCIDENT
    if case.closed_at or not (is_over or found.has_come(today)):
        return []
    family = Family.RELATIONSHIP if is_over else Family.WELLBEING
    people = asking.people(engine(), scope(), case, at=now())
    present = [person for person in people if str(person.who) in found.with_ and person.lock is None]
    return [person for person in present if person.due and person.due.family is family]


def _done_form(case: Case, found: Talk, **options: Any) -> DoneForm | IncidentForm:
    day = min(found.day, local_day(now()))
    if found.kind == INCIDENT:
        return IncidentForm(case, day=day, **options)
    return DoneForm(
        case, _known(case), who=found.with_, kind=found.kind, day=day, agreed=found.agreed, **options
    )


def _plan_form(case: Case, found: Talk, **options: Any) -> PlanForm:
    return PlanForm(
        case,
        _known(case),
        who=found.with_,
        kind=found.kind,
        day=found.day,
        starts_at=found.starts_at,
        prefix="new-",  # beside the form of what came of it
        **options,
    )


def _known(case: Case) -> list[Who]:
    return reports.known(engine(), scope(), case.id)


def _talk_or_404(case: Case, talk_id: str) -> Talk:
    return talks.talk(engine(), scope(), case.id, talk_id) or not_there()


def _to_case(case: Case) -> ResponseReturnValue:
    return redirect(url_for(".show", code=case.code, _anchor="talks"), 303)


def _step(case: Case, talk: Talk) -> Step:
    if talk.state == DONE:
        detail = "; ".join(label_of("hint_action", choice) for choice in talk.agreed)
    elif talk.state == PLANNED:
        detail = _("%(time)s uur", time=time(talk.starts)) if talk.starts else ""
    else:
        detail = _("ging niet door")
    href = url_for(".talk", code=case.code, talk_id=talk.id)
    moment = talk.starts.replace(tzinfo=HOME) if talk.starts else talk.noted_at
    return Step(talk.day, in_words(talk), detail, href, talk.state == PLANNED, moment=moment)
