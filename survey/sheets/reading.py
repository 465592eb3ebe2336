"""A table that someone uploads or pastes, read as lines of cells: CSV, text with tabs, or XLSX."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from msgspec import Struct

from survey.signs import fit

MEGABYTE = 1024 * 1024
SHEET = re.compile(rb"[:<]sheet[\s/>]")
DELIMITERS = ";,\t"
QUOTED = re.compile(r'"[^"]*"')
FORMULA = "="  # with it begins what a spreadsheet works out
READ_AS_TYPED = (str, int, float, time, timedelta)
ZIPPED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Limits(Struct, frozen=True):
    """How much a table may hold: what goes beyond it is refused before it costs anything.

    A workbook of that many lines stays far under the last four. A small file that unfolds without end
    does not.
    """

    lines: int = 500  # below the names of the columns
    columns: int = 30  # what stands further is not read
    cell: int = 300
    rows: int = 5_000  # with the empty ones
    unpacked: int = 4 * MEGABYTE
    tags: int = 200_000
    sheets: int = 20


SMALL = Limits()  # what one person types
LARGE = Limits(lines=10_000, columns=60, rows=20_000, unpacked=40 * MEGABYTE, tags=3_500_000)  # a register


class Unreadable(ValueError):
    """This is no table we can read; the message says in the language of the screen what to do."""


class Line(NamedTuple):
    """One line that is not empty, and where it stands in the file."""

    number: int
    cells: tuple[str, ...]


def from_bytes(data: bytes, limits: Limits = SMALL, *, formulas: bool = False) -> list[Line]:
    """The lines of an uploaded file; raises Unreadable.

    A formula of a workbook counts as its outcome; with `formulas` it stays one, so that it can be refused.
    """
    if data.startswith(OLD_EXCEL):
        raise Unreadable(
            _("Dit is een oud Excel-bestand. Bewaar het als .xlsx of als .csv en kies het opnieuw.")
        )
    if data.startswith(ZIPPED):
        return _whole(_of_workbook(data, limits, formulas=formulas), limits)
    return from_text(_decoded(data), limits)


def from_text(text: str, limits: Limits = SMALL) -> list[Line]:
    """The lines of a text with semicolons, commas or tabs; raises Unreadable."""
    first = QUOTED.sub("", next((line for line in text.splitlines() if line.strip()), ""))
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _whole(_numbered(rows, limits), limits)


def as_text(lines: Iterable[Line]) -> str:
    """The lines as text with semicolons, to correct by hand and read again."""
    written = io.StringIO()
    plain = csv.writer(written, delimiter=";", lineterminator="\n")
    quoted = csv.writer(written, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    for line in lines:  # a comma outside quotes would pass for what stands between cells
        divides = any(sign in cell for cell in line.cells for sign in DELIMITERS)
        (quoted if divides else plain).writerow(line.cells)
    return written.getvalue()


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        _("Dit bestand kunnen we niet lezen. Bewaar het als .xlsx of als .csv en kies het opnieuw.")
    )


def _numbered(rows: Iterator[list[str]], limits: Limits) -> Iterator[Line]:
    at = 0
    while True:
        start = at + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                _(
                    "Bij regel %(n)s kloppen de aanhalingstekens niet. Haal ze weg en probeer het opnieuw.",
                    n=start,
                )
            ) from error
        at = rows.line_num  # type: ignore[attr-defined]  # what csv.reader returns has it
        yield Line(start, tuple(" ".join(fit(cell).split()) for cell in cells[: limits.columns]))


def _of_workbook(data: bytes, limits: Limits, *, formulas: bool) -> Iterator[Line]:
    from openpyxl import load_workbook

    try:
        _hold_to_size(data, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and menus of cells, which are not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)
            sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=limits.columns, values_only=True)
            for number, row in enumerate(rows, start=1):
                yield Line(number, tuple(_written(value) for value in row))
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise Unreadable(
            _("Dit Excel-bestand kunnen we niet lezen. Bewaar het in Excel opnieuw en kies het dan.")
        ) from error


def _hold_to_size(data: bytes, limits: Limits) -> None:
    """Refuse a workbook that takes much more to read than to send; raises Unreadable or ValueError."""
    tags = sheets = 0
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > limits.unpacked:
            raise _too_big()
        for part in packed.infolist():
            text = packed.read(part).replace(b"\0", b"")  # two bytes a sign is XML as well
            if b"<!DOCTYPE" in text:
                raise ValueError("a workbook defines no words of its own")
            tags, sheets = tags + text.count(b"<"), sheets + len(SHEET.findall(text))
    if tags > limits.tags or sheets > limits.sheets:
        raise _too_big()


def _too_big() -> Unreadable:
    return Unreadable(_("Dit bestand is te groot. Zet alleen de regels die nodig zijn in een nieuw bestand."))


def _written(value: object) -> str:
    """What a cell of a workbook says, as someone would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, READ_AS_TYPED):
        return FORMULA
    return " ".join(fit(str(value)).split())


def _whole(lines: Iterable[Line], limits: Limits) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if line.number > limits.rows:
            raise _too_big()
        if not any(line.cells):
            continue
        if any(len(cell) > limits.cell for cell in line.cells):
            raise Unreadable(
                _("In regel %(n)s staat een vak met heel veel tekst. Maak dat korter.", n=line.number)
            )
        if len(found) > limits.lines:
            raise Unreadable(
                _(
                    "Een bestand mag hooguit %(most)s regels hebben. Verdeel ze over meer bestanden.",
                    most=limits.lines,
                )
            )
        used = max(place for place, cell in enumerate(line.cells, start=1) if cell)
        found.append(Line(line.number, line.cells[:used]))
    return found
