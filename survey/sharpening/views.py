"""Pages of sharpening: proposing a change, deciding on proposals, and what other words did to answers."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.sharpening import actions, reports
from survey.sharpening.forms import LONGEST, TAKEN, DecisionForm, ProposalForm
from survey.web import once
from survey.web.language import screen_language
from survey.web.texts import chart_texts

blueprint = Blueprint("sharpening", __name__, url_prefix="/voorstellen")


@blueprint.get("")
@allow(Permission.TAKE_PART)
def index() -> str:
    """The form of a proposal, and what this person proposed with the answer to it."""
    form = _proposal_form()
    about = f"{request.args.get('profiel', '')}:{request.args.get('over', '')}"
    if about in {choice.value for choice in form.about.choices}:
        form.about.data = about
    return _page(form)


@blueprint.post("")
@allow(Permission.TAKE_PART)
def propose() -> ResponseReturnValue:
    """Keep a proposal; with a mistake, everything typed stays."""
    form = _proposal_form()
    if not form.validate():
        return _page(form), 422
    actions.propose(
        engine(),
        by=scope(),
        profile=form.profile,
        item=form.item,
        change=form.change.data,
        at=now(),
        key=once.form_id(),
    )
    return redirect(url_for(".index", _anchor="own"), 303)


@blueprint.post("/<proposal_id>/intrekken")
@allow(Permission.TAKE_PART)
def take_back(proposal_id: str) -> ResponseReturnValue:
    """Delete an own proposal that is still open."""
    try:
        actions.take_back(engine(), by=scope(), proposal_id=proposal_id)
    except actions.Decided:
        abort(404)
    return redirect(url_for(".index", _anchor="own"), 303)


@blueprint.get("/verzameld")
@allow(Permission.MANAGE_COHORTS)
def collected() -> str:
    """Every proposal by item, with a form to decide on those that are open."""
    return _collected_page()


@blueprint.post("/<proposal_id>/besluit")
@allow(Permission.MANAGE_COHORTS)
def decide(proposal_id: str) -> ResponseReturnValue:
    """Decide on a proposal; with a mistake, or when somebody did before, everything typed stays."""
    subjects = reports.collected(engine(), catalog=catalog())
    if proposal_id not in {one.id for subject in subjects for one in subject.proposals}:
        abort(404)
    form = DecisionForm(prefix=proposal_id)
    if not form.validate():
        return _collected_page(proposal_id, form), 422
    taken, answer = form.taken.data == TAKEN, form.answer.data
    try:
        actions.decide(engine(), by=scope(), proposal_id=proposal_id, taken=taken, answer=answer, at=now())
    except actions.Decided:
        return _collected_page(proposal_id, form), 409
    return redirect(url_for(".collected", _anchor=f"p-{proposal_id}"), 303)


@blueprint.get("/formulering")
@allow(Permission.SEE_COHORTS)
def wordings() -> str:
    """The shift between the old and the new wording of items, for a trainer."""
    return render_template(
        "sharpening/wordings.html",
        found=reports.shifts(engine(), scope(), at=now(), catalog=catalog()),
        number=chart_texts().number,
        lang=screen_language(),
    )


def _proposal_form() -> ProposalForm:
    profiles = reports.profiles(engine(), scope(), catalog=catalog())
    return ProposalForm(profiles, screen_language())


def _page(form: ProposalForm) -> str:
    competencies = {
        (profile.profile, one.key): one for profile in catalog().profiles for one in profile.competencies
    }
    return render_template(
        "sharpening/index.html",
        form=form,
        errors=_errors(form),
        own=reports.own(engine(), scope()),
        competencies=competencies,
        titles={profile.profile: profile.title for profile in catalog().profiles},
        longest=LONGEST,
        lang=screen_language(),
        sees_wordings=scope().can(Permission.SEE_COHORTS),
    )


def _collected_page(proposal_id: str = "", sent: DecisionForm | None = None) -> str:
    """The whole list, each open proposal with its own form; what was sent stands in the one it is about."""
    subjects = reports.collected(engine(), catalog=catalog())
    forms = {
        one.id: DecisionForm(prefix=one.id, formdata=None)
        for subject in subjects
        for one in subject.proposals
        if one.is_open
    }
    if sent and proposal_id in forms:
        forms[proposal_id] = sent
    return render_template(
        "sharpening/collected.html",
        subjects=subjects,
        forms=forms,
        errors=_errors(forms[proposal_id]) if proposal_id in forms else [],
        late=sent if sent and proposal_id not in forms else None,
        several=len({subject.profile.profile for subject in subjects}) > 1,
        longest=LONGEST,
        lang=screen_language(),
    )


def _errors(form: FlaskForm) -> list[tuple[str, str]]:
    """Where each mistake stands, and what it is."""
    return [(f"#{field.id}", field.errors[0]) for field in form if field.errors]
