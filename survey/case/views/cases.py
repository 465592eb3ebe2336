"""The list of the coach's cases, opening one, its page, what it is about, and the card with its code."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, reports
from survey.case.forms import CHOOSE_SCHOOL, AboutForm, OpenCaseForm
from survey.case.reports import Case
from survey.case.sides import Sides, both_sides
from survey.case.views.front import Step, blueprint, case_or_404, label_of, open_case_or_404, page_of, part
from survey.clock import local_day, now
from survey.coaching import reports as coaching
from survey.current import catalog
from survey.database.request import engine
from survey.hint import reports as hints
from survey.talk import reports as talks
from survey.web import once
from survey.web.language import full_date


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """What the case is about, whether home and school are in the picture, and how it began."""
    return {
        "about": _about(case),
        "sides": _sides(case),
        "today": local_day(now()),
        "steps": _steps(case),
    }


@blueprint.get("")
@allow(Permission.KEEP_CASES)
def index() -> ResponseReturnValue:
    """The coach's own cases, and which of them hold something to talk about."""
    open_hints = hints.open_hints(engine(), scope(), catalog=catalog(), at=now())
    return render_template(
        "case/index.html",
        cases=reports.cases(engine(), scope()),
        hints={hint.code for hint in open_hints},
        phases=coaching.current(engine(), scope(), catalog=catalog()),
        label_of=label_of,
    )


@blueprint.get("/nieuw")
@allow(Permission.KEEP_CASES)
def new() -> ResponseReturnValue:
    """One short form, of which only the school has no answer yet."""
    return _opening(OpenCaseForm(_schools(), formdata=None))


@blueprint.post("/nieuw")
@allow(Permission.KEEP_CASES)
def create() -> ResponseReturnValue:
    """Open a case under a random code."""
    form = OpenCaseForm(_schools())
    if not form.validate():
        return _opening(form), 422
    about = form.about
    try:
        code = actions.open_case(
            engine(),
            school_id=form.school.data,
            **about,
            by=scope().person_id,
            at=now(),
            key=once.form_id(),
        )
    except actions.NotPlaced:
        form.school.errors = [CHOOSE_SCHOOL]
        return _opening(form), 422
    return redirect(url_for(".show", code=code, nieuw=1), 303)


@blueprint.get("/<code>")
@allow(Permission.KEEP_CASES)
def show(code: str) -> ResponseReturnValue:
    """One case; a new one says what to do with its code, and one just written in what was kept."""
    return page_of(case_or_404(code), is_new="nieuw" in request.args, kept=request.args.get("bewaard"))


@blueprint.get("/<code>/wijzigen")
@allow(Permission.KEEP_CASES)
def edit(code: str) -> ResponseReturnValue:
    """What the case is about, to put a mistake right."""
    case = open_case_or_404(code)
    return _editing(case, _about_form(case, formdata=None))


@blueprint.post("/<code>/wijzigen")
@allow(Permission.KEEP_CASES)
def change(code: str) -> ResponseReturnValue:
    """Put right what the case is about."""
    case = open_case_or_404(code)
    form = _about_form(case)
    if not form.validate():
        return _editing(case, form), 422
    actions.describe(engine(), case_id=case.id, **form.about, by=scope().person_id, at=now())
    return redirect(url_for(".show", code=code), 303)


@blueprint.get("/<code>/kaart")
@allow(Permission.KEEP_CASES)
def code_card(code: str) -> ResponseReturnValue:
    """The code on paper, for the school's own file."""
    return render_template("case/code-card.html", case=case_or_404(code))


def _schools() -> Mapping[str, str]:
    return {school.id: school.name for school in reports.schools(engine(), scope(), at=now())}


def _opening(form: OpenCaseForm) -> str:
    return render_template("case/new.html", form=form)


def _about_form(case: Case, **options: Any) -> AboutForm:
    opened = local_day(case.opened_at)
    form = AboutForm(
        kind=case.kind,
        signalled_by=case.signalled_by,
        signalled_on=case.signalled_on or opened,
        theme=case.theme or "",
        **options,
    )
    form.signalled_on.back_from = opened
    return form


def _editing(case: Case, form: AboutForm) -> str:
    has_pupil = any(who.kind == "pupil" for who in reports.known(engine(), scope(), case.id))
    return render_template("case/edit.html", case=case, form=form, kind_stays=has_pupil)


def _about(case: Case) -> list[str]:
    """The line above the code."""
    about = [case.school, label_of("case_kind", case.kind), label_of("case_theme", case.theme)]
    about.append(_("gestart op %(day)s", day=full_date(case.opened_at)))
    if case.closed_at:
        about.append(_("afgesloten op %(day)s", day=full_date(case.closed_at)))
    return [words for words in about if words]


def _sides(case: Case) -> Sides:
    with_ = talks.talks(engine(), scope(), case.id)
    return both_sides(
        case.kind,
        involved={
            *map(str, reports.known(engine(), scope(), case.id)),
            *talks.involved(engine(), scope(), case.id),
            *(who for one in case.agreements for who in one.given.parents),
        },
        planned={who for talk in with_ if talk.state == "planned" for who in talk.with_},
    )


def _steps(case: Case) -> list[Step]:
    opened = local_day(case.opened_at)
    by = label_of("signalled_by", case.signalled_by).lower()
    signal = _("signaal: %(who)s", who=by) if by else ""
    if case.signalled_on in {None, opened}:
        return [Step(opened, _("Traject gestart"), signal, part_of_day=-1)]
    return [Step(opened, _("Traject gestart"), part_of_day=-1), Step(case.signalled_on, _("Signaal"), by)]
