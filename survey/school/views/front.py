"""The pages where whoever keeps the register finds schools: the list and one school."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now, school_year
from survey.database.request import engine
from survey.school import actions, reports
from survey.school.forms import CountForm
from survey.school.reports import Filter, School
from survey.school.words import WHICH
from survey.school.years import near
from survey.web.fields import errors_of
from survey.web.numbers import taken_over, wanted_page
from survey.web.tables import as_csv

blueprint = Blueprint("school", __name__, url_prefix="/inzet/scholen")

LONGEST_SEARCH = 100


@blueprint.get("")
@allow(Permission.KEEP_REGISTER)
def index() -> ResponseReturnValue:
    """The schools that take part, or others, a page at a time."""
    year, looked_for = _year(), _filter()
    found = reports.page(
        engine(),
        scope(),
        looked_for=looked_for,
        school_year=year,
        number=wanted_page(),
    )
    return render_template(
        "school/index.html",
        page=found,
        looked_for=looked_for,
        which=WHICH,
        year=year,
        municipalities=reports.municipalities(engine(), scope(), looked_for.which),
        address={"zoek": looked_for.text, "gemeente": looked_for.municipality, "welke": looked_for.which},
        done=taken_over(),
    )


@blueprint.get("/lijst.csv")
@allow(Permission.KEEP_REGISTER)
def download() -> Response:
    """The schools that take part, to fill in and read again."""
    table = reports.to_fill_in(engine(), scope(), school_year=_year())
    actions.note_export(engine(), by=scope(), at=now())
    return as_csv(table, "scholen")


@blueprint.get("/<school_id>")
@allow(Permission.KEEP_REGISTER)
def show(school_id: str) -> str:
    """One school: what is noted, and its pupils per school year."""
    return school_page(known(school_id))


def known(school_id: str) -> School:
    """One school; 404 where there is none."""
    return reports.find(engine(), scope(), school_id) or abort(404)


def school_page(school: School, form: CountForm | None = None, *, meanwhile: bool = False) -> str:
    """The page of a school, with the form for its pupils as it was typed."""
    today = local_day(now())
    return render_template(
        "school/show.html",
        school=school,
        form=form or CountForm(near(today), formdata=None, data={"school_year": school_year(today)}),
        errors=errors_of(form) if form else [],
        meanwhile=meanwhile,
        typed=form is not None,
        coaches=reports.coaches_now(engine(), school.id, today),
    )


def _year() -> str:
    return school_year(local_day(now()))


def _filter() -> Filter:
    which = request.args.get("welke", "")
    return Filter(
        text=" ".join(request.args.get("zoek", "").split())[:LONGEST_SEARCH],
        municipality=request.args.get("gemeente", ""),
        which=which if which in WHICH else "taking_part",
    )
