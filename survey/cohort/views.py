"""Pages of trainers about their cohorts."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.cohort import reports
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.profile import Profile
from survey.web.figure import send_figure
from survey.web.texts import chart_texts

blueprint = Blueprint("cohort", __name__, url_prefix="/cohorten")


@blueprint.get("")
@allow(Permission.SEE_COHORTS)
def index() -> ResponseReturnValue:
    """The oldest cohort of this trainer, or what to do when there is none."""
    cohorts = reports.trained(engine(), scope())
    if not cohorts:
        return render_template("cohort/none.html")
    return redirect(url_for(".show", cohort_id=cohorts[0].id))


@blueprint.get("/<cohort_id>")
@allow(Permission.SEE_COHORTS)
def show(cohort_id: str) -> str:
    """Participation and growth of one cohort."""
    cohorts = reports.trained(engine(), scope())
    cohort = _one_of(cohorts, cohort_id)
    return render_template(
        "cohort/show.html",
        cohort=cohort,
        cohorts=cohorts,
        profile=_profile(cohort, cohorts),
        open_round=reports.open_round(engine(), scope(), cohort=cohort, at=now()),
        growth=_growth(cohort),
        participation=reports.participation(engine(), scope(), cohort=cohort, at=now(), texts=chart_texts()),
        shows_raw=_shows_raw(),
    )


@blueprint.get("/<cohort_id>/groei.json")
@allow(Permission.SEE_COHORTS)
def growth_figure(cohort_id: str) -> ResponseReturnValue:
    """The figure of the curve, drawn after the numbers are on the screen."""
    cohort = _one_of(reports.trained(engine(), scope()), cohort_id)
    return send_figure(_growth(cohort).draw(raw=_shows_raw()))


@blueprint.get("/<cohort_id>/deelname.json")
@allow(Permission.SEE_COHORTS)
def participation_figure(cohort_id: str) -> ResponseReturnValue:
    """The figure of participation."""
    cohort = _one_of(reports.trained(engine(), scope()), cohort_id)
    chart = reports.participation(engine(), scope(), cohort=cohort, at=now(), texts=chart_texts())
    return send_figure(chart.json)


def _one_of(cohorts: tuple[reports.Cohort, ...], cohort_id: str) -> reports.Cohort:
    found = next((cohort for cohort in cohorts if cohort.id == cohort_id), None)
    return found or abort(404)


def _growth(cohort: reports.Cohort) -> reports.BuiltChart:
    return reports.growth(
        engine(),
        scope(),
        cohort=cohort,
        at=now(),
        texts=chart_texts(),
        catalog=catalog(),
    )


def _profile(cohort: reports.Cohort, cohorts: tuple[reports.Cohort, ...]) -> Profile | None:
    """The profile its coaches reflect on, where the cohorts of this trainer differ in that."""
    several = len({one.profile for one in cohorts}) > 1
    return catalog().profile(cohort.profile) if several else None


def _shows_raw() -> bool:
    return request.args.get("grijs") == "1"
