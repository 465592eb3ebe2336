"""A table that someone uploads or pastes, read as lines of cells: CSV, text with tabs, or XLSX."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

MOST_LINES = 500
MOST_COLUMNS = 30
LONGEST_CELL = 300
# What a workbook of 500 people stays far under, and a small file that unfolds without end does not.
MOST_UNPACKED = 4 * 1024 * 1024
MOST_ROWS, MOST_TAGS, MOST_SHEETS = 5_000, 200_000, 20
SHEET = re.compile(rb"[:<]sheet[\s/>]")
DELIMITERS = ";,\t"
QUOTED = re.compile(r'"[^"]*"')
ZIPPED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(ValueError):
    """This is no table we can read; the message says in the language of the screen what to do."""


class Line(NamedTuple):
    """One line that is not empty, and where it stands in the file."""

    number: int
    cells: tuple[str, ...]


def from_bytes(data: bytes) -> list[Line]:
    """The lines of an uploaded file; raises Unreadable."""
    if data.startswith(OLD_EXCEL):
        raise Unreadable(
            _("Dit is een oud Excel-bestand. Bewaar het als .xlsx of als .csv en kies het opnieuw.")
        )
    if data.startswith(ZIPPED):
        return _whole(_of_workbook(data))
    return from_text(_decoded(data))


def from_text(text: str) -> list[Line]:
    """The lines of a text with semicolons, commas or tabs; raises Unreadable."""
    first = QUOTED.sub("", next((line for line in text.splitlines() if line.strip()), ""))
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _whole(_numbered(rows))


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


def _numbered(rows: Iterator[list[str]]) -> Iterator[Line]:
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
        yield Line(start, tuple(" ".join(cell.split()) for cell in cells[:MOST_COLUMNS]))


def _of_workbook(data: bytes) -> Iterator[Line]:
    from openpyxl import load_workbook

    try:
        _hold_to_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and menus of cells, which are not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                yield Line(number, tuple(_written(value) for value in row))
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise Unreadable(
            _("Dit Excel-bestand kunnen we niet lezen. Bewaar het in Excel opnieuw en kies het dan.")
        ) from error


def _hold_to_size(data: bytes) -> None:
    """Refuse a workbook that takes much more to read than to send; raises Unreadable or ValueError."""
    tags = sheets = 0
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise _too_big()
        for part in packed.infolist():
            text = packed.read(part).replace(b"\0", b"")  # two bytes a sign is XML as well
            if b"<!DOCTYPE" in text:
                raise ValueError("a workbook defines no words of its own")
            tags, sheets = tags + text.count(b"<"), sheets + len(SHEET.findall(text))
    if tags > MOST_TAGS or sheets > MOST_SHEETS:
        raise _too_big()


def _too_big() -> Unreadable:
    return Unreadable(_("Dit bestand is te groot. Zet alleen de mensen in een nieuw bestand."))


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
    return " ".join(str(value).split())


def _whole(lines: Iterable[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if line.number > MOST_ROWS:
            raise _too_big()
        if not any(line.cells):
            continue
        if any(len(cell) > LONGEST_CELL for cell in line.cells):
            raise Unreadable(
                _("In regel %(n)s staat een vak met heel veel tekst. Maak dat korter.", n=line.number)
            )
        if len(found) > MOST_LINES:
            raise Unreadable(
                _(
                    "U kunt hooguit %(most)s mensen tegelijk toevoegen. Verdeel ze over meer bestanden.",
                    most=MOST_LINES,
                )
            )
        used = max(place for place, cell in enumerate(line.cells, start=1) if cell)
        found.append(Line(line.number, line.cells[:used]))
    return found
