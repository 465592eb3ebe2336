"""Tables as CSV and XLSX. The one place that keeps text from being run as a formula by a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from survey.sheets.tables import Cell, Rows, Table

BATCH = 500  # rows of a piece, so that the first leaves at once
MOST_ROWS = 1_048_575  # of a sheet, below its header
LONGEST_TITLE = 31
WIDTH = 22
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
# What Excel, LibreOffice and Sheets take for the begin of a formula, also in the wide signs of Asian fonts;
# and a tab or a new line, after which they look again (OWASP, CSV injection). Quotes before it belong to it:
# text that begins so gets one more, and comes back with its own.
FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

Watch = Callable[[Rows, str, Callable[[], int]], Rows]


def unwatched(rows: Rows, _name: str, _expected: Callable[[], int]) -> Rows:
    """The rows as they are: nobody waits for them at a terminal."""
    return rows


def harmless(cell: Cell) -> Cell:
    """The cell for a CSV file: text that a spreadsheet would run gets a quote before it."""
    if not isinstance(cell, str) or cell[:1].isalnum():  # most cells: no look at the pattern
        return cell
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_it_was(text: str) -> str:
    """The text of a cell that `harmless` may have written, without the quote before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def csv_pieces(table: Table, watch: Watch = unwatched) -> Iterator[bytes]:
    """The table as CSV that Dutch spreadsheets open as it is, in pieces: semicolons, UTF-8 with a mark."""
    text = io.StringIO(newline="")
    write = csv.writer(text, delimiter=";", lineterminator="\r\n")
    text.write("\ufeff")
    write.writerow(map(harmless, table.header))
    rows = iter(watch(table.rows(), f"{table.name}.csv", table.expected))
    while True:
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
        batch = list(islice(rows, BATCH))
        if not batch:
            return
        write.writerows(map(harmless, row) for row in batch)


def workbook(
    tables: Iterable[Table], target: Path | BinaryIO, *, scratch: Path | None = None, watch: Watch = unwatched
) -> None:
    """Write the tables as sheets of one XLSX; text stays text.

    With `scratch`, a folder for what is half written, rows do not stay in memory; without it nothing of
    them touches the disk.
    """
    from xlsxwriter import Workbook

    how = {"in_memory": True} if scratch is None else {"constant_memory": True, "tmpdir": str(scratch)}
    with Workbook(target, how) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            rows = watch(table.rows(), f"{table.name}.xlsx", table.expected)
            sheet = _sheet(book, table, 1, bold)
            for count, row in enumerate(rows):
                number, place = divmod(count, MOST_ROWS)
                if number and not place:
                    sheet = _sheet(book, table, number + 1, bold)
                _write(sheet, place + 1, row)


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """The tables as sheets of one small XLSX."""
    target = io.BytesIO()
    workbook(tables, target)
    return target.getvalue()


def title(name: str, number: int = 1) -> str:
    """A name as a sheet may have it."""
    tail = f" {number}" if number > 1 else ""
    return NOT_IN_A_TITLE.sub(" ", name).strip()[: LONGEST_TITLE - len(tail)] + tail


def _sheet(book: Any, table: Table, number: int, bold: Any) -> Any:
    sheet = book.add_worksheet(title(table.name, number))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.columns) - 1, WIDTH)
    _write(sheet, 0, table.header, bold)
    return sheet


def _write(sheet: Any, place: int, row: Sequence[Cell], *look: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(place, column, cell, *look)
        elif cell is not None:
            sheet.write_number(place, column, cell, *look)
