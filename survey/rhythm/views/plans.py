"""All cohorts with their plans, the plan of one, and the proposal it is made from."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.rhythm import actions, reports
from survey.rhythm.forms import ProposalForm, bounds
from survey.rhythm.holidays import Holidays, Region
from survey.rhythm.plan import Kind
from survey.rhythm.reports import State
from survey.rhythm.spans import days_of
from survey.rhythm.views.front import Place, blueprint, known, place

DONE = ("gemaakt", "gewijzigd", "toegevoegd", "ingetrokken", "begonnen")


@blueprint.get("")
@allow(Permission.MANAGE_COHORTS)
def index() -> str:
    """Every cohort with this school year and the next."""
    at = now()
    return render_template(
        "rhythm/index.html",
        cohorts=reports.overview(engine(), at),
        tick=reports.tick(engine(), at),
        Kind=Kind,
    )


@blueprint.get("/<cohort_id>/<year>")
@allow(Permission.MANAGE_COHORTS)
def show(cohort_id: str, year: str) -> str:
    """The plan of a cohort for a school year, or what it could be."""
    here = place(cohort_id, year)
    if here.plan.id:
        return _plan_page(here)
    region, calendar = _region(request.args.get("regio", here.plan.region)), known()
    return _proposal_page(here, region, _form(here, region, calendar) if calendar else None)


@blueprint.post("/<cohort_id>/<year>")
@allow(Permission.MANAGE_COHORTS)
def make(cohort_id: str, year: str) -> ResponseReturnValue:
    """Make the plan as it was put; with a mistake everything chosen stays."""
    here = place(cohort_id, year)
    region, calendar = _region(request.form.get("region", here.plan.region)), known()
    if here.plan.id:
        return here.back(DONE[0])
    if calendar is None:
        return _proposal_page(here, region, None), 409
    form = _form(here, region, calendar, sent=True)
    if not all((form.validate(), form.heeds(here.faults))):
        return _proposal_page(here, region, form), 422
    try:
        actions.make_plan(
            engine(),
            cohort_id=cohort_id,
            school_year=year,
            region=region,
            form=here.form,
            slots=form.slots,
            by=scope(),
            at=now(),
        )
    except actions.PlanExists:
        return here.back(DONE[0])
    except actions.Overlap:
        meanwhile = place(cohort_id, year)
        form.heeds(meanwhile.faults)
        return _proposal_page(meanwhile, region, form), 409
    return here.back(DONE[0])


def _region(word: str) -> Region:
    try:
        return Region(word)
    except ValueError:
        abort(404)


def _form(here: Place, region: Region, calendar: Holidays, *, sent: bool = False) -> ProposalForm:
    proposal = reports.proposal(here.plan, here.cohort, here.year, region=region, holidays=calendar, at=now())
    return ProposalForm(proposal, request.form if sent else None)


def _proposal_page(here: Place, region: Region, form: ProposalForm | None) -> str:
    calendar, whole = known(), days_of(here.year)
    return render_template(
        "rhythm/proposal.html",
        here=here,
        form=form,
        region=region,
        regions=list(Region),
        holidays=here.holidays(region),
        touched=reports.touched,
        known=calendar is not None and calendar.known(here.year),
        bounds=bounds(whole.first, whole.last),
        is_over=whole.last <= local_day(now()),
        Kind=Kind,
    )


def _plan_page(here: Place) -> str:
    return render_template(
        "rhythm/plan.html",
        here=here,
        holidays=here.holidays(here.plan.region),
        touched=reports.touched,
        done=next((word for word in DONE if word in request.args), None),
        Kind=Kind,
        State=State,
    )
