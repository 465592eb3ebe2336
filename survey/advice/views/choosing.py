"""The choice of an advice: a person says what is proposed, and why."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.advice import actions, reports
from survey.advice.document import Advice
from survey.advice.forms import ChoiceForm
from survey.advice.views.front import blueprint, frozen, known, unsigned
from survey.advice.words import CHOICES
from survey.clock import local_day, now
from survey.database.request import engine


@blueprint.get("/advies/<advice_id>/keuze")
@allow(Permission.WRITE_ADVICE)
def choice(advice_id: str) -> str:
    """The form with what was chosen; nothing at first."""
    advice = unsigned(advice_id)
    return _page(advice, ChoiceForm.of(advice))


@blueprint.post("/advies/<advice_id>/keuze")
@allow(Permission.WRITE_ADVICE)
def choose(advice_id: str) -> ResponseReturnValue:
    """Keep a choice; with a mistake, everything typed stays."""
    advice = known(advice_id)
    form = ChoiceForm(of_school=advice.school_id is not None)
    if advice.is_signed:
        return frozen(advice, form.reason.data or "")
    if not form.validate():
        return _page(advice, form), 422
    shown = request.form.get("shown")
    try:
        actions.choose(engine(), advice_id=advice.id, chosen=form.chosen, shown=shown, by=scope(), at=now())
    except actions.Frozen:
        return frozen(known(advice_id), form.reason.data)
    except actions.Changed:
        return _page(unsigned(advice_id), form, meanwhile=True), 409
    return redirect(url_for("advice.show", advice_id=advice.id), 303)


def _page(advice: Advice, form: ChoiceForm, *, meanwhile: bool = False) -> str:
    facts = reports.facts(
        engine(),
        scope(),
        school_id=advice.school_id,
        school_year=advice.school_year,
        today=local_day(now()),
    )
    return render_template(
        "advice/choice.html",
        advice=advice,
        form=form,
        facts=facts,
        errors=[(f"#{field.id}", field.errors[0]) for field in form if field.errors],
        meanwhile=meanwhile,
        words=CHOICES,
    )
