"""The pages that take in a list of schools: a file or pasted lines, a look at it, then all or nothing."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now, school_year
from survey.database.request import engine
from survey.school import actions, importing, reports
from survey.school.actions import NotAsSeen, TakePart
from survey.school.importing import Preview
from survey.school.lists import COLUMNS, Table, table_of
from survey.school.views.front import blueprint
from survey.school.years import near
from survey.sheets.reading import LARGE, Unreadable
from survey.web.tables import lines_sent, pasted_before, to_fill_in
from survey.web.trust import takes_large_files

EVERY, NONE, SOME = "alle", "geen", "gemeenten"
SAMPLE = {
    "brin": "12AB",
    "branch": "00",
    "name": "De Kraanheide",
    "place": "Veenrand",
    "municipality": "Veenrand",
    "board": "Stichting Turfstreek",
    "street": "Veenweg",
    "house": "3",
    "postcode": "7811 AB",
    "pupils": "112",
    "weighting": "31,4",
}


@blueprint.get("/importeren")
@allow(Permission.KEEP_REGISTER)
def start_import() -> str:
    """Choose a file, or paste lines."""
    return _start_page()


@blueprint.get("/importeren/voorbeeld.csv")
@allow(Permission.KEEP_REGISTER)
def sample() -> Response:
    """A file to fill in, which a spreadsheet opens as it is."""
    return to_fill_in("scholen", COLUMNS, {**SAMPLE, "school_year": _year()})


@blueprint.post("/importeren")
@allow(Permission.KEEP_REGISTER)
@takes_large_files
def check_import() -> ResponseReturnValue:
    """Show what a list does and what is wrong in it; what was looked at and is fine is put in when asked."""
    try:
        table = table_of(lines_sent(LARGE, formulas=True))
    except Unreadable as error:
        return _start_page(str(error)), 422
    unsaid = _unsaid()
    if "gezien" in request.form and not unsaid:
        return _put_in(table)
    preview = importing.check(table, reports.everything(engine()), _year())
    return _preview_page(preview, table, unsaid=unsaid), 422 if unsaid or not preview.is_fine else 200


def _unsaid() -> str | None:
    """What is missing of the choice which of the new schools take part, where it was asked."""
    wanted = request.form.get("meedoen")
    said = None
    if "keuze" in request.form and wanted not in {EVERY, NONE, SOME}:
        said = _("Kies welke nieuwe scholen meedoen.")
    elif wanted == SOME and not request.form.getlist("gemeente"):
        said = _("Kies ten minste één gemeente.")
    return said and str(said)


def _put_in(table: Table) -> ResponseReturnValue:
    try:
        preview = actions.import_list(
            engine(),
            table=table,
            school_year=_year(),
            take_part=_take_part(),
            by=scope(),
            at=now(),
            seen=request.form["gezien"],
        )
    except NotAsSeen as other:
        return _preview_page(other.preview, table, meanwhile=True), 409
    new, changed = len(preview.of("new")), len(preview.of("changed"))
    which = "taking_part" if request.form.get("meedoen") != NONE else "others"
    return redirect(url_for("school.index", nieuw=new, anders=changed, welke=which), 303)


def _take_part() -> TakePart:
    wanted = request.form.get("meedoen")
    chosen = request.form.getlist("gemeente") if wanted == SOME else ()
    return TakePart(every=wanted == EVERY, municipalities=frozenset(chosen))


def _year() -> str:
    """The school year of pupils that stand there without one."""
    wanted, today = request.form.get("jaar"), local_day(now())
    return wanted if wanted in near(today) else school_year(today)


def _start_page(fault: str | None = None) -> str:
    return render_template(
        "school/import.html",
        typed=pasted_before(),
        fault=fault,
        most=LARGE.lines,
        years=near(local_day(now())),
        year=_year(),
        columns=COLUMNS,
    )


def _preview_page(preview: Preview, table: Table, **more: Any) -> str:
    return render_template(
        "school/preview.html",
        preview=preview,
        text=table.as_text(),
        year=_year(),
        municipalities=importing.municipalities(preview),
        wanted=request.form.get("meedoen"),
        chosen=request.form.getlist("gemeente"),
        **more,
    )
