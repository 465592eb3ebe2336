"""The register as a file, and a file as the register: a look at what it does, then all or nothing."""

import io
from contextlib import closing

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.placement import actions, importing, reports, sheet
from survey.placement.cells import around
from survey.placement.importing import Preview
from survey.placement.views.front import asked, blueprint
from survey.placement.views.one import refused
from survey.sheets.reading import LARGE, SMALL, Line, Unreadable, as_text, from_bytes, from_text
from survey.sheets.tables import Table
from survey.sheets.writing import csv_pieces, workbook
from survey.web.trust import takes_large_files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100  # lines of a kind on the page


@blueprint.get("/inzet/inzet.csv")
@allow(Permission.KEEP_REGISTER)
def as_csv() -> Response:
    """The placements that are asked for, as a file that comes back in as it is."""
    return _file(b"".join(csv_pieces(_table(typed=True))), "text/csv; charset=utf-8", "csv")


@blueprint.get("/inzet/inzet.xlsx")
@allow(Permission.KEEP_REGISTER)
def as_workbook() -> Response:
    """As the CSV file, for a spreadsheet."""
    target = io.BytesIO()
    workbook([_table(typed=False)], target)
    return _file(target.getvalue(), XLSX, "xlsx")


@blueprint.get("/inzet/importeren")
@allow(Permission.KEEP_REGISTER)
def start_import() -> str:
    """Choose a file, or paste lines."""
    return _start_page()


@blueprint.post("/inzet/importeren")
@allow(Permission.KEEP_REGISTER)
@takes_large_files
def check_import() -> ResponseReturnValue:
    """Show what each line does and what is wrong; what was looked at and is fine is written when asked."""
    typed = request.form.get("regels", "")
    try:
        lines = _lines(typed)
        preview = _checked(lines)
    except Unreadable as error:
        return _start_page(typed, str(error)), 422
    if not preview.is_fine:
        return _preview_page(preview, lines), 422
    seen = request.form.get("gezien")
    if seen is None:
        return _preview_page(preview, lines)
    if seen != preview.fingerprint:
        return _preview_page(preview, lines, meanwhile=True), 409
    try:
        actions.take_over(engine(), wanted=_wanted(preview), by=scope(), at=now())
    except (actions.Clashes, actions.Misfit, actions.NotYours):  # someone changed one a moment ago
        return _preview_page(_checked(lines), lines, meanwhile=True), 409
    return redirect(url_for("placement.index"), 303)


def _lines(typed: str) -> list[Line]:
    with closing(request.files.get("bestand") or io.BytesIO()) as file:
        data = file.read()
    if data and typed.strip():
        raise Unreadable(_("Kies één van de twee: een bestand, of geplakte regels. Nu is het allebei."))
    if not data and not typed.strip():
        raise Unreadable(_("Kies een bestand, of plak de regels hieronder."))
    return from_bytes(data, LARGE, formulas=True) if data else from_text(typed, LARGE)


def _checked(lines: list[Line]) -> Preview:
    me = scope()
    schools, people = reports.schools(engine(), me), reports.everyone(engine(), me)
    names = {one.id: one.name for one in schools} | {who.id: who.name for who in people}
    known = reports.by_ids(engine(), me, importing.ids(lines))
    preview = importing.check(lines, known, around(schools, people, local_day(now())), names)
    if not preview.is_fine or not preview.to_write:
        return preview
    found = actions.try_over(engine(), wanted=_wanted(preview), by=me, at=now())
    return importing.with_clashes(preview, found, refused)


def _wanted(preview: Preview) -> list[actions.Wanted]:
    return [(one.before.id if one.before else None, one.after) for one in preview.to_write if one.after]


def _table(*, typed: bool) -> Table:
    me, ask = scope(), asked()
    lines = reports.every(engine(), me, school_year=ask.school_year, day=ask.day, filters=ask.filters)
    codes = {one.id: one.code for one in reports.schools(engine(), me)}
    emails = {who.id: who.email for who in reports.everyone(engine(), me)}
    actions.note_export(engine(), school_year=ask.school_year, by=me, at=now())
    return sheet.table(lines, codes, emails, typed=typed)


def _file(body: bytes, kind: str, ending: str) -> Response:
    response = current_app.response_class(body, content_type=kind)
    name = f"inzet-{asked().school_year}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _start_page(typed: str = "", fault: str | None = None) -> str:
    fits = typed if len(typed.splitlines()) <= SMALL.lines else ""
    return render_template(
        "placement/import.html", typed=fits, fault=fault, most=LARGE.lines, columns=sheet.COLUMNS
    )


def _preview_page(preview: Preview, lines: list[Line], *, meanwhile: bool = False) -> str:
    return render_template(
        "placement/preview.html",
        preview=preview,
        text=as_text(lines),
        meanwhile=meanwhile,
        shown=SHOWN,
        by_hand=len(lines) <= SMALL.lines,
    )
