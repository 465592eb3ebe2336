"""The register as a file, and a file as the register: a look at what it does, then all or nothing."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.placement import actions, importing, reports, sheet
from survey.placement.cells import around
from survey.placement.importing import Preview
from survey.placement.views.front import asked, blueprint
from survey.placement.words import refused
from survey.sheets.reading import LARGE, Line, Unreadable, as_text
from survey.sheets.tables import Table
from survey.web import once
from survey.web import tables as files
from survey.web.trust import takes_large_files


@blueprint.get("/inzet/inzet.csv")
@allow(Permission.KEEP_REGISTER)
def as_csv() -> Response:
    """The placements that are asked for, as a file that comes back in as it is."""
    return files.as_csv(_table(typed=True), _name())


@blueprint.get("/inzet/inzet.xlsx")
@allow(Permission.KEEP_REGISTER)
def as_workbook() -> Response:
    """As the CSV file, for a spreadsheet."""
    return files.as_workbook([_table(typed=False)], _name())


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
    if reports.one(engine(), scope(), key := once.form_id()):
        return _done()
    try:
        lines = files.lines_sent(LARGE, formulas=True)
        preview = _checked(lines)
    except Unreadable as error:
        return _start_page(str(error)), 422
    if not preview.is_fine:
        return _preview_page(preview, lines), 422
    seen = request.form.get("gezien")
    if seen is None:
        return _preview_page(preview, lines)
    if preview.does_nothing:
        return _done()
    if seen != preview.fingerprint:
        return _preview_page(preview, lines, meanwhile=True), 409
    try:
        actions.take_over(engine(), wanted=_wanted(preview), by=scope(), at=now(), key=key)
    except (actions.Clashes, actions.Misfit, actions.NotYours):  # someone changed one a moment ago
        return _preview_page(_checked(lines), lines, meanwhile=True), 409
    return _done(nieuw=len(preview.of("new")), anders=len(preview.of("changed")))


def _done(nieuw: int | None = None, anders: int | None = None) -> ResponseReturnValue:
    return redirect(url_for("placement.index", nieuw=nieuw, anders=anders), 303)


def _checked(lines: list[Line]) -> Preview:
    me = scope()
    schools, people = reports.schools(engine(), me), reports.everyone(engine(), me)
    names = {one.id: one.name for one in schools} | {who.id: who.name for who in people}
    known = reports.by_ids(engine(), me, importing.ids(lines))
    preview = importing.check(lines, known, around(schools, people, local_day(now())), names)
    if not preview.is_fine or not preview.to_write:
        return preview
    found = actions.try_over(engine(), wanted=_wanted(preview), by=me)
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


def _name() -> str:
    return f"inzet-{asked().school_year}"


def _start_page(fault: str | None = None) -> str:
    return render_template(
        "placement/import.html",
        typed=files.pasted_before(),
        fault=fault,
        most=LARGE.lines,
        columns=sheet.COLUMNS,
    )


def _preview_page(preview: Preview, lines: list[Line], *, meanwhile: bool = False) -> str:
    return render_template(
        "placement/preview.html", preview=preview, text=as_text(lines), meanwhile=meanwhile
    )
