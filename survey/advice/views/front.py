"""The advices of a school year: which are to be made, which are drafts, which are signed."""

import re
from collections import Counter

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import paging
from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.advice import actions, reports
from survey.advice.document import Advice
from survey.advice.words import STATES
from survey.clock import local_day, now, school_year, year_before
from survey.database.request import engine
from survey.web.numbers import wanted_page

blueprint = Blueprint("advice", __name__)

YEAR = re.compile(r"(20\d\d)-(20\d\d)")
PROGRAMME = "programma"
LONGEST_SEARCH = 80
PAGE = 100  # schools


@blueprint.get("/advies")
@allow(Permission.WRITE_ADVICE)
def index() -> str:
    """The advices of a school year: the programme first, then schools by name, a page at a time."""
    year, state = asked_year(), request.args.get("staat", "")
    looked_for = " ".join(request.args.get("zoek", "").split())[:LONGEST_SEARCH]
    found = reports.overview(engine(), scope(), year)
    named = {key: name for key, name in found.schools.items() if looked_for.casefold() in name.casefold()}
    states = {key: state_of(found.by_school.get(key)) for key in named}
    shown = [key for key in named if states[key] == state or state not in STATES]
    page = paging.page(len(shown), size=PAGE, wanted=wanted_page())
    return render_template(
        "advice/index.html",
        year=year,
        years=_years(year),
        found=found,
        states=states,
        counts=Counter(states.values()),
        shown=page.of(shown),
        page=page,
        state=state if state in STATES else "",
        looked_for=looked_for,
        words=STATES,
    )


@blueprint.post("/advies/maken")
@allow(Permission.WRITE_ADVICE)
def make() -> ResponseReturnValue:
    """Draft the advice of a school or of the programme, and go there; of all schools, and stay."""
    year, wanted = asked_year(request.form.get("jaar", "")), request.form.get("school", "")
    known = reports.overview(engine(), scope(), year).schools
    if wanted == "alle":
        actions.draft_all(engine(), school_ids=known, school_year=year, by=scope(), at=now())
        return redirect(url_for("advice.index", jaar=year), 303)
    if wanted != PROGRAMME and wanted not in known:
        abort(400)
    school = None if wanted == PROGRAMME else wanted
    key = actions.draft(engine(), school_id=school, school_year=year, by=scope(), at=now())
    return redirect(url_for("advice.show", advice_id=key), 303)


def known(advice_id: str) -> Advice:
    """One advice; 404 where there is none, or not for this reader."""
    try:
        return reports.known(engine(), scope(), advice_id)
    except reports.NoSuchAdvice:
        abort(404)


def unsigned(advice_id: str) -> Advice:
    """One that can still change; 404 for a signed one, whose pages to change it are not there."""
    advice = known(advice_id)
    return abort(404) if advice.is_signed else advice


def frozen(advice: Advice, typed: str = "") -> ResponseReturnValue:
    """Somebody signed it meanwhile: nothing was kept, and what was typed stands there to take along."""
    return render_template("advice/frozen.html", advice=advice, typed=typed), 409


def state_of(advice: Advice | None) -> str:
    """How far an advice is."""
    if advice is None:
        return "none"
    return "signed" if advice.is_signed else "draft"


def asked_year(told: str | None = None) -> str:
    """The school year that is asked for; what makes no sense asks for that of today."""
    year = request.args.get("jaar", "") if told is None else told
    found = YEAR.fullmatch(year)
    if found and int(found[2]) == int(found[1]) + 1:
        return year
    return school_year(local_day(now()))


def _years(shown: str) -> list[str]:
    this = school_year(local_day(now()))
    return sorted({*reports.years(engine(), scope()), this, year_before(this), shown}, reverse=True)
