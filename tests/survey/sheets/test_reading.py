"""A table that is uploaded or pasted is read as people made it, or refused with what to do."""

import io
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import pytest
from flask import Flask
from msgspec.structs import replace
from openpyxl import Workbook

from survey.sheets import reading

LINES = [(1, ("naam", "mailadres")), (2, ("Zoë de Wit", "zoe@school.example"))]
TEXT = "naam;mailadres\nZoë de Wit;zoe@school.example\n"


@pytest.fixture(autouse=True)
def words(app: Flask) -> object:
    with app.test_request_context():
        yield


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("Zoë de Wit", '"Zoë  de Wit "').encode(),
        workbook([["naam", "mailadres"], ["Zoë de Wit", "zoe@school.example"]]),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "windows",
        "utf-16",
        "commas",
        "tabs",
        "windows lines",
        "quotes",
        "xlsx",
    ],
)
def test_the_same_table_is_read_from_every_program(data: bytes) -> None:
    assert reading.from_bytes(data) == LINES


def test_empty_lines_go_and_the_others_keep_their_number() -> None:
    assert [line.number for line in reading.from_text("\nnaam;mailadres\n;\n\nAna;a@b.example\n")] == [2, 5]


def test_a_cell_of_a_workbook_says_what_someone_would_type() -> None:
    rows = [[datetime(2026, 9, 1, 8, 30), date(2026, 9, 2), 3.0, 2.5, None, True, "  a\n b "]]  # noqa: DTZ001 - a workbook knows no zones
    (line,) = reading.from_bytes(workbook(rows))
    assert line.cells == ("2026-09-01", "2026-09-02", "3", "2.5", "", "True", "a b")


def test_what_was_read_can_be_written_and_read_again() -> None:
    text = 'naam;mailadres;"eten, reis, tijd, plek"\n"Wit; de ""oude""";a@b.example;\n'
    lines = reading.from_text(text)
    assert lines[0].cells == ("naam", "mailadres", "eten, reis, tijd, plek")
    assert reading.from_text(reading.as_text(lines)) == lines


def _zip(size: int) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * size)
    return written.getvalue()


def _tampered(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["naam", "mailadres"], ["Ana", "a@b.example"]]))) as whole,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in whole.namelist():
            data = whole.read(name)
            packed.writestr(name, change(data) if name == part else data)
    return written.getvalue()


def _with_rows(rows: bytes) -> bytes:
    return _tampered(
        "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")
    )


def _with_sheets(count: int) -> bytes:
    def more(data: bytes) -> bytes:
        start = data.index(b"<sheet ")
        end = data.index(b"/>", start) + 2
        return data[:start] + data[start:end] * count + data[end:]

    return _tampered("xl/workbook.xml", more)


def _with_entity(data: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY e "e">]>' + data.split(b"?>", 1)[-1]


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "a row far down": lambda: _with_rows(b'<row r="2000000000"><c t="inlineStr"><is><t>x</t></is></c></row>'),
    "many rows": lambda: _with_rows(b"<row/>" * 400_000),
    "many cells": lambda: _with_rows(b"<row>" + b"<c/>" * 600_000 + b"</row>"),
    "the same row again and again": lambda: _with_rows(b'<row r="3"/>' * 250_000),
    "many sheets": lambda: _with_sheets(1_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_workbook_that_unfolds_without_end_is_refused_at_once(bomb: str) -> None:
    data = BOMBS[bomb]()
    began = time.process_time()
    with pytest.raises(reading.Unreadable, match="Dit bestand is te groot"):
        reading.from_bytes(data)
    assert time.process_time() - began < 2


def test_a_workbook_that_defines_words_of_its_own_is_refused() -> None:
    with pytest.raises(reading.Unreadable, match="Dit Excel-bestand kunnen we niet lezen"):
        reading.from_bytes(_tampered("xl/worksheets/sheet1.xml", _with_entity))


def test_a_workbook_of_five_hundred_lines_with_more_columns_is_read() -> None:
    rows = [["naam", "mailadres", *range(28)]]
    rows += [[f"Ana {n}", f"ana{n}@b.example", *(f"{n} {c}" for c in range(28))] for n in range(500)]
    assert len(reading.from_bytes(workbook(rows))) == 501


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0 old", "een oud Excel-bestand"),
        (b"PK\x03\x04 broken", "Dit Excel-bestand kunnen we niet lezen"),
        (_zip(10), "Dit Excel-bestand kunnen we niet lezen"),
        (_zip(reading.SMALL.unpacked + 1), "Dit bestand is te groot"),
        (b"naam;mailadres\nAna\0;a@b.example", "Dit bestand kunnen we niet lezen"),
        (b"\xff\xfea", "Dit bestand kunnen we niet lezen"),
        (b'naam;mailadres\n"Ana;a@b.example\n', "Bij regel 2 kloppen de aanhalingstekens niet"),
        (b"naam;mailadres\n" + b"x" * 301 + b";a@b.example", "In regel 2 staat een vak met heel veel tekst"),
        (b"naam;mailadres\n" + b"Ana;a@b.example\n" * 501, "hooguit 500 regels"),
        (b"naam;mailadres\n" + b"\n" * 5_000, "Dit bestand is te groot"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(reading.Unreadable, match=says):
        reading.from_bytes(data)


def test_five_hundred_lines_are_not_too_many() -> None:
    assert len(reading.from_text("naam;mailadres\n" + "Ana;a@b.example\n" * 500)) == 501


def test_a_formula_counts_as_its_outcome_unless_it_is_to_be_seen() -> None:
    data = _with_rows(b'<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>')
    assert reading.from_bytes(data)[2].cells == ("2",)
    assert reading.from_bytes(data, formulas=True)[2].cells == ("=1+1",)


def test_a_formula_over_many_cells_is_seen_as_one() -> None:
    data = _with_rows(b'<row r="3"><c r="A3"><f t="array" ref="A3:A4">B1:B2</f><v>2</v></c></row>')
    assert reading.from_bytes(data, formulas=True)[2].cells == ("=",)


def test_a_register_may_hold_more_than_what_one_person_types() -> None:
    text = "naam;plaats\n" + "Noord;Veenrand\n" * 10_000
    assert len(reading.from_bytes(text.encode(), reading.LARGE)) == 10_001
    with pytest.raises(reading.Unreadable, match="hooguit 10000 regels"):
        reading.from_text(text + "Zuid;Veenrand\n", reading.LARGE)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_register_that_unfolds_without_end_is_refused_as_well(bomb: str) -> None:
    smaller = replace(reading.LARGE, rows=50, tags=5_000, sheets=3)
    with pytest.raises(reading.Unreadable, match="Dit bestand is te groot"):
        reading.from_bytes(BOMBS[bomb](), smaller)
