"""Pages of trainers about their cohorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.cohort import reports
from survey.cohort.comparison import choosing
from survey.cohort.comparison import reports as comparison
from survey.cohort.dashboard import reports as dashboard
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.profile import Profile
from survey.web.figure import send_figure
from survey.web.texts import chart_texts

blueprint = Blueprint("cohort", __name__, url_prefix="/cohorten")
GROWTH = "groei"


@blueprint.get("")
@allow(Permission.SEE_COHORTS)
def index() -> ResponseReturnValue:
    """The oldest cohort of this trainer, or what to do when there is none."""
    cohorts = reports.trained(engine(), scope())
    if not cohorts:
        return render_template("cohort/none.html")
    return redirect(url_for(".show", cohort_id=cohorts[0].id))


@blueprint.get("/vergelijk")
@allow(Permission.SEE_COHORTS)
def compare() -> ResponseReturnValue:
    """Two to four cohorts on one profile beside one another, or all of them by experience."""
    asked = _asked()
    return render_template(
        "cohort/compare.html",
        asked=asked,
        compared=_compared(asked) if asked.is_whole else None,
        profile=catalog().profile(asked.profile) if asked.profile else None,
    )


@blueprint.get("/vergelijk/verschil.json")
@allow(Permission.SEE_COHORTS)
def difference_figure() -> ResponseReturnValue:
    """The figure of the differences in growth."""
    return _figure_of("difference")


@blueprint.get("/vergelijk/lijnen.json")
@allow(Permission.SEE_COHORTS)
def curves_figure() -> ResponseReturnValue:
    """The figure of the lines beside one another."""
    return _figure_of("curves")


@blueprint.get("/<cohort_id>")
@allow(Permission.SEE_COHORTS)
def show(cohort_id: str) -> str:
    """Participation, growth, where coaches stand and what they chose, of one cohort."""
    cohorts = reports.trained(engine(), scope())
    cohort = _one_of(cohorts, cohort_id)
    return render_template(
        "cohort/show.html",
        cohort=cohort,
        cohorts=cohorts,
        beside=[one for one in cohorts if one.profile == cohort.profile],
        profile=_profile(cohort, cohorts),
        open_round=reports.open_round(engine(), scope(), cohort=cohort, at=now()),
        found=_dashboard(cohort),
        participation=_participation(cohort),
        shows_raw=_shows_raw(),
    )


@blueprint.get("/<cohort_id>/<chart>.json")
@allow(Permission.SEE_COHORTS)
def figure(cohort_id: str, chart: str) -> ResponseReturnValue:
    """A figure of the page, drawn after the numbers are on the screen."""
    cohort = _one_of(reports.trained(engine(), scope()), cohort_id)
    built = FIGURES[chart](cohort) if chart in FIGURES else None
    if built is None:
        abort(404)
    return send_figure(built.draw(raw=_shows_raw()) if chart == GROWTH else built.json)


def _one_of(cohorts: tuple[reports.Cohort, ...], cohort_id: str) -> reports.Cohort:
    found = next((cohort for cohort in cohorts if cohort.id == cohort_id), None)
    return found or abort(404)


def _dashboard(cohort: reports.Cohort) -> dashboard.Dashboard:
    return dashboard.dashboard(
        engine(), scope(), cohort=cohort, at=now(), texts=chart_texts(), catalog=catalog()
    )


def _participation(cohort: reports.Cohort) -> reports.BuiltChart:
    return reports.participation(engine(), scope(), cohort=cohort, at=now(), texts=chart_texts())


FIGURES: Mapping[str, Callable[[reports.Cohort], reports.BuiltChart | None]] = {
    GROWTH: lambda cohort: _dashboard(cohort).growth,
    "deelname": _participation,
    "verdeling": lambda cohort: _dashboard(cohort).spread,
    "focus": lambda cohort: _dashboard(cohort).focus,
    "uren": lambda cohort: _dashboard(cohort).hours,
}


def _asked() -> choosing.Asked:
    args = request.args
    cohorts = reports.trained(engine(), scope())
    found = choosing.asked(cohorts, args.getlist("met"), args.get("naar", ""), args.get("profiel", ""))
    return found or abort(404)


def _compared(asked: choosing.Asked) -> comparison.Compared:
    compare = comparison.by_experience if asked.by_experience else comparison.of_cohorts
    cohorts = asked.offered if asked.by_experience else asked.chosen
    return compare(engine(), scope(), cohorts=cohorts, at=now(), texts=chart_texts(), catalog=catalog())


def _figure_of(chart: str) -> ResponseReturnValue:
    asked = _asked()
    found = getattr(_compared(asked), chart) if asked.is_whole else None
    return send_figure(found.json if found else "")


def _profile(cohort: reports.Cohort, cohorts: tuple[reports.Cohort, ...]) -> Profile | None:
    """The profile its coaches reflect on, where the cohorts of this trainer differ in that."""
    several = len({one.profile for one in cohorts}) > 1
    return catalog().profile(cohort.profile) if several else None


def _shows_raw() -> bool:
    return request.args.get("grijs") == "1"
