"""One round more, and other days for what did not open yet, or none at all."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.rhythm import actions, reports
from survey.rhythm.forms import MeetingForm, RoundForm, bounds, form_of
from survey.rhythm.plan import Fault, Kind
from survey.rhythm.reports import Item
from survey.rhythm.spans import days_of
from survey.rhythm.views.front import Place, blueprint, place

BEGAN = "begonnen"


@blueprint.get("/<cohort_id>/<year>/toevoegen")
@allow(Permission.MANAGE_COHORTS)
def new(cohort_id: str, year: str) -> str:
    """The form for one round more."""
    return _page(place(cohort_id, year), RoundForm(formdata=None))


@blueprint.post("/<cohort_id>/<year>/toevoegen")
@allow(Permission.MANAGE_COHORTS)
def add(cohort_id: str, year: str) -> ResponseReturnValue:
    """Add one round."""
    here, form = place(cohort_id, year), RoundForm(formdata=request.form)
    if not (form.validate() and form.heeds(here.faults)):
        return _page(here, form), 422
    try:
        actions.add(
            engine(),
            cohort_id=cohort_id,
            plan_id=here.plan.id,
            form=here.form,
            slot=form.slot,
            by=scope(),
            at=now(),
        )
    except actions.Overlap:
        form.say(Fault.OVERLAP)
        return _page(here, form), 409
    return here.back("toegevoegd")


@blueprint.get("/<cohort_id>/<year>/<item_id>")
@allow(Permission.MANAGE_COHORTS)
def edit(cohort_id: str, year: str, item_id: str) -> ResponseReturnValue:
    """The form for other days."""
    here = place(cohort_id, year)
    item = _item(here, item_id)
    return _page(here, form_of(item), item) if item.can_change else here.back(BEGAN)


@blueprint.post("/<cohort_id>/<year>/<item_id>")
@allow(Permission.MANAGE_COHORTS)
def move(cohort_id: str, year: str, item_id: str) -> ResponseReturnValue:
    """Give what did not begin yet other days."""
    here = place(cohort_id, year)
    item = _item(here, item_id)
    form = form_of(item, request.form)
    if not item.can_change:
        return here.back(BEGAN)
    seen = request.form.get("seen")
    if not (form.validate() and form.heeds(here.faults, but=item.id)):
        return _page(here, form, item, seen), 422
    try:
        actions.move(
            engine(), cohort_id=cohort_id, key=item.id, slot=form.slot, by=scope(), at=now(), seen=seen
        )
    except actions.Overlap:
        form.say(Fault.OVERLAP)
        return _page(here, form, item, seen), 409
    except actions.Changed:
        here = place(cohort_id, year)
        return _page(here, form, _item(here, item_id), meanwhile=True), 409
    except actions.Opened:
        return here.back(BEGAN)
    return here.back("gewijzigd")


@blueprint.get("/<cohort_id>/<year>/<item_id>/intrekken")
@allow(Permission.MANAGE_COHORTS)
def confirm_withdraw(cohort_id: str, year: str, item_id: str) -> ResponseReturnValue:
    """Ask once whether something is taken back."""
    here = place(cohort_id, year)
    item = _item(here, item_id)
    if not item.can_change:
        return here.back(BEGAN)
    return render_template("rhythm/withdraw.html", here=here, item=item, Kind=Kind)


@blueprint.post("/<cohort_id>/<year>/<item_id>/intrekken")
@allow(Permission.MANAGE_COHORTS)
def withdraw(cohort_id: str, year: str, item_id: str) -> ResponseReturnValue:
    """Take back what did not begin yet."""
    here = place(cohort_id, year)
    item = _item(here, item_id)
    try:
        actions.withdraw(engine(), kind=item.kind, key=item.id, by=scope(), at=now())
    except actions.Opened:
        return here.back(BEGAN)
    return here.back("ingetrokken")


def _item(here: Place, item_id: str) -> Item:
    return next((one for one in here.plan.items if one.id == item_id), None) or abort(404)


def _page(
    here: Place,
    form: RoundForm | MeetingForm,
    item: Item | None = None,
    seen: str | None = None,
    *,
    meanwhile: bool = False,
) -> str:
    """The form; `seen` is the mark of what its reader saw, `meanwhile` that somebody else changed that."""
    whole = days_of(here.year)
    return render_template(
        "rhythm/change.html",
        here=here,
        form=form,
        item=item,
        seen=seen or (item.fingerprint if item else ""),
        meanwhile=meanwhile,
        changed_by=reports.changed_by(engine(), item) if item and meanwhile else None,
        bounds=bounds(whole.first, whole.last),
        Kind=Kind,
    )
