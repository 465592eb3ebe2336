"""Tables as files: what a spreadsheet may do with them, and what it may not."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from survey.sheets import writing
from survey.sheets.tables import Cell, Column, Table, plain

DANGEROUS = [
    '=HYPERLINK("http://x.example")',
    "+31612345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
]
PLAIN = ["", "Ana", "2,4", "−0,3", "a=b", "1-2", "vraag: =?", "'al een teken", "é ü 漢"]


def read(table: Table) -> list[list[str]]:
    text = b"".join(writing.csv_pieces(table)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def book(*tables: Table, **how: Path) -> dict[str, list[tuple[object, ...]]]:
    target = io.BytesIO()
    writing.workbook(tables, target, scratch=how.get("scratch"))
    loaded = load_workbook(io.BytesIO(target.getvalue()))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in loaded}


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_never_begins_a_cell_with_a_formula(text: str) -> None:
    ((_,), (cell,)) = read(plain("t", ["a"], [[text]]))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_as_it_was(text: str) -> None:
    assert read(plain("t", ["a", "b"], [[text, "x"]]))[1] == [text, "x"]


def test_a_header_is_no_formula_either() -> None:
    assert read(plain("t", ["=a"], []))[0] == ["'=a"]


@pytest.mark.parametrize("text", [*DANGEROUS, *PLAIN[1:]])
def test_a_workbook_holds_text_as_text(text: str) -> None:
    target = io.BytesIO()
    writing.workbook([plain("t", ["a"], [[text]])], target)
    cell = load_workbook(io.BytesIO(target.getvalue()))["t"]["A2"]
    assert (unescape(cell.value), cell.data_type) == (text, "s")


def test_separators_quotes_and_lines_in_a_cell_come_back() -> None:
    text = 'eerste; "tweede"\nderde, vierde'
    assert read(plain("t", ["a"], [[text]]))[1] == [text]


def test_numbers_are_numbers_and_nothing_is_empty() -> None:
    found = book(plain("t", ["a", "b", "c"], [[1, 2.5, None]]))["t"]
    assert found == [("a", "b", "c"), (1, 2.5, None)]
    assert read(plain("t", ["a", "b"], [[-1, None]]))[1] == ["-1", ""], "a number is no formula"


def test_the_first_piece_leaves_before_a_row_is_read() -> None:
    def rows() -> Iterator[Sequence[Cell]]:
        raise AssertionError("a row was read")
        yield []

    table = Table("t", "", (Column("a"),), rows)
    assert next(iter(writing.csv_pieces(table))).decode("utf-8-sig") == "a\r\n"


def test_a_long_table_leaves_in_pieces() -> None:
    table = plain("t", ["a"], [[number] for number in range(3 * writing.BATCH)])
    pieces = list(writing.csv_pieces(table))
    assert len(pieces) == 4
    assert len(read(table)) == 3 * writing.BATCH + 1


def test_a_sheet_that_is_full_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 2)
    found = book(plain("t", ["a"], [[1], [2], [3], [4], [5]]), scratch=tmp_path)
    assert {name: [row[0] for row in rows] for name, rows in found.items()} == {
        "t": ["a", 1, 2],
        "t 2": ["a", 3, 4],
        "t 3": ["a", 5],
    }
    assert list(tmp_path.iterdir()) == [], "nothing half written stays behind"


def test_a_table_without_rows_has_a_sheet_with_its_header() -> None:
    assert book(plain("t", ["a"], [])) == {"t": [("a",)]}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Groei: [alles]?", "Groei   alles"), ("a" * 40, "a" * 31), ("'naam'", "naam")],
)
def test_a_name_becomes_one_a_sheet_may_have(name: str, shown: str) -> None:
    assert writing.title(name) == shown
    assert writing.title("b" * 40, 12) == "b" * 28 + " 12"


@pytest.mark.parametrize("text", [*DANGEROUS, *PLAIN[:-2], "'s-Gravenmoer", "'t Veen"])
def test_what_was_written_can_be_read_as_it_was(text: str) -> None:
    assert writing.as_it_was(str(writing.harmless(text))) == text
