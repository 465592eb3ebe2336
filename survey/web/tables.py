"""Tables that come in with a form, as a file or as pasted lines, and that go out as files."""

import io
from collections.abc import Mapping, Sequence
from contextlib import closing

from flask import Response, request
from flask_babel import gettext as _

from survey.sheets.columns import Column
from survey.sheets.reading import SMALL, Limits, Line, Unreadable, from_bytes, from_text
from survey.sheets.tables import Table
from survey.sheets.writing import csv_pieces, workbook_bytes
from survey.web.attachment import attachment

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_sent() -> bytes:
    """What the file of this form holds; nothing where none was chosen."""
    with closing(request.files.get("bestand") or io.BytesIO()) as file:
        return file.read()


def lines_sent(limits: Limits = SMALL, *, formulas: bool = False) -> list[Line]:
    """The lines of the file, or those that were pasted; raises Unreadable, also with both or neither."""
    data, pasted = file_sent(), request.form.get("regels", "")
    if data and pasted.strip():
        raise Unreadable(_("Kies één van de twee: een bestand, of geplakte regels. Nu is het allebei."))
    if not data and not pasted.strip():
        raise Unreadable(_("Kies een bestand, of plak de regels hieronder."))
    return from_bytes(data, limits, formulas=formulas) if data else from_text(pasted, limits)


def pasted_before() -> str:
    """What was pasted, to show it again; nothing where that is more than a page can hold."""
    pasted = request.form.get("regels", "")
    return pasted if len(pasted.splitlines()) <= SMALL.lines else ""


def to_fill_in(name: str, columns: Mapping[str, Column], told: Mapping[str, object]) -> Response:
    """A file to fill in: the names of the columns, and one line under them."""
    head = ";".join(str(column.label) for column in columns.values())
    line = ";".join(str(told.get(key, "")) for key in columns)
    return attachment(f"{head}\n{line}\n".encode("utf-8-sig"), CSV, f"{name}.csv")


def as_csv(table: Table, name: str) -> Response:
    """A table as a CSV file."""
    return attachment(b"".join(csv_pieces(table)), CSV, f"{name}.csv")


def as_workbook(tables: Sequence[Table], name: str) -> Response:
    """Tables as the sheets of one Excel file."""
    return attachment(workbook_bytes(tables), XLSX, f"{name}.xlsx")
