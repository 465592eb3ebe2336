"""Pages and files to take along: own data for everyone, a portfolio for coaches, numbers for trainers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.cohort import reports as cohorts
from survey.current import catalog
from survey.database.request import engine
from survey.export import actions, reports
from survey.sheets.tables import Table
from survey.sheets.writing import csv_pieces, workbook_bytes
from survey.web.attachment import attachment
from survey.web.language import screen_language
from survey.web.tables import as_csv, as_workbook
from survey.web.texts import chart_texts

STYLE = Path(__file__).parents[2] / "templates" / "export" / "portfolio.css"
NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")

blueprint = Blueprint("export", __name__)


@blueprint.get("/eigen-gegevens")
@allow(Permission.KEEP_ACCOUNT)
def show() -> str:
    """What someone can take along, and what is not in it."""
    return render_template("export/own.html", me=scope(), Permission=Permission)


@blueprint.get("/eigen-gegevens/portfolio.html")
@allow(Permission.SEE_OWN_GROWTH)
def portfolio() -> Response:
    """Own growth as one file that opens without a network."""
    actions.note_own(engine(), by=scope().person_id, what="portfolio", at=now())
    text = _portfolio(own_words=request.args.get("woorden") == "1")
    return attachment(text.encode(), "text/html; charset=utf-8", "portfolio.html")


@blueprint.get("/eigen-gegevens/gegevens.xlsx")
@allow(Permission.KEEP_ACCOUNT)
def own_workbook() -> Response:
    """Everything about oneself, a sheet for each kind."""
    return as_workbook(_own("xlsx"), "mijn-gegevens")


@blueprint.get("/eigen-gegevens/gegevens.zip")
@allow(Permission.KEEP_ACCOUNT)
def own_archive() -> Response:
    """Everything about oneself in every format."""
    tables = _own("zip")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mijn-gegevens.xlsx", workbook_bytes(tables))
        for table in tables:
            archive.writestr(f"csv/{file_name(table.name)}.csv", b"".join(csv_pieces(table)))
        if scope().can(Permission.SEE_OWN_GROWTH):
            archive.writestr("portfolio.html", _portfolio(own_words=True))
    return attachment(packed.getvalue(), "application/zip", "mijn-gegevens.zip")


@blueprint.get("/cohorten/<cohort_id>/export.csv")
@allow(Permission.SEE_COHORTS)
def cohort_csv(cohort_id: str) -> Response:
    """The numbers of the page of a cohort, a line for each."""
    cohort, parts = _cohort(cohort_id)
    table = reports.cohort_lines(parts, cohort.name)
    return as_csv(table, file_name(cohort.name))


@blueprint.get("/cohorten/<cohort_id>/export.xlsx")
@allow(Permission.SEE_COHORTS)
def cohort_workbook(cohort_id: str) -> Response:
    """The numbers of the page of a cohort, a sheet for each chart."""
    cohort, parts = _cohort(cohort_id)
    return as_workbook(reports.cohort_sheets(parts), file_name(cohort.name))


def file_name(name: str) -> str:
    """A name as a file may have it anywhere."""
    return NOT_IN_A_NAME.sub("-", name.lower()).strip("-") or "export"


def _own(what: str) -> list[Table]:
    actions.note_own(engine(), by=scope().person_id, what=what, at=now())
    return reports.own_tables(engine(), scope(), catalog=catalog(), lang=screen_language())


def _portfolio(*, own_words: bool) -> str:
    found = reports.portfolio(
        engine(), scope(), own_words=own_words, at=now(), catalog=catalog(), texts=chart_texts()
    )
    style = Markup("<style>{}</style>").format(Markup(STYLE.read_text(encoding="utf-8")))  # noqa: S704 - our own file
    return render_template("export/portfolio.html", portfolio=found, style=style)


def _cohort(cohort_id: str) -> tuple[cohorts.Cohort, dict[str, reports.BuiltChart]]:
    """One cohort of this trainer with the charts of its page; the export is noted."""
    trained = cohorts.trained(engine(), scope())
    cohort = next((one for one in trained if one.id == cohort_id), None) or abort(404)
    actions.note_cohort(engine(), by=scope().person_id, cohort_id=cohort.id, at=now())
    parts = reports.cohort_parts(
        engine(), scope(), cohort=cohort, at=now(), texts=chart_texts(), catalog=catalog()
    )
    return cohort, parts
