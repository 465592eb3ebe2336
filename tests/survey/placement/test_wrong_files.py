"""The register from other programs: encodings, signs between cells, days of Excel, hours that cannot be."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from survey.database import SqliteEngine
from tests.client import HouseClient, parsed, words
from tests.conftest import Dump
from tests.survey.placement.conftest import School
from tests.survey.placement.test_files import ADDRESS, HEAD, agree, send

LINE = ";De Ésdoorn;Veenrand;;;gezocht;1-9-2025;;2,5"


def sheet(*rows: list[object]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in (HEAD.split(";"), *rows):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("between", [";", "\t"])
def test_a_file_is_read_from_every_program(
    engine: SqliteEngine, as_lea: HouseClient, school: School, encoding: str, between: str
) -> None:
    school("De Ésdoorn")
    text = f"{HEAD}\n{LINE}\n".replace(";", between)
    status, shown = send(as_lea, text.encode(encoding))
    assert status == 200
    assert agree(as_lea, shown) == 303
    (row,) = engine.rows("SELECT starts_on, hours_agreed FROM placement")
    assert row == {"starts_on": "2025-09-01", "hours_agreed": 2.5}


@pytest.mark.parametrize(
    "day", [date(2025, 9, 1), datetime.combine(date(2025, 9, 1), time()), "2025-09-01", "01/09/2025"]
)
def test_days_of_excel_are_days(
    engine: SqliteEngine, as_lea: HouseClient, school: School, day: object
) -> None:
    school("De Ésdoorn")
    data = sheet([None, "De Ésdoorn", "Veenrand", None, None, "gezocht", day, None, 2.5])
    status, shown = send(as_lea, data, "inzet.xlsx")
    assert status == 200, words(parsed(shown))
    assert agree(as_lea, shown) == 303
    assert engine.rows("SELECT starts_on FROM placement") == [{"starts_on": "2025-09-01"}]


@pytest.mark.parametrize("hours", ["-2", "-0,25", "60", "40,25", "1e1", "nan", "twee"])
def test_hours_that_cannot_be_are_named_by_line_and_column(
    as_lea: HouseClient, school: School, dump: Dump, hours: str
) -> None:
    school("De Ésdoorn")
    before = dump()
    status, shown = send(as_lea, f"{HEAD}\n{LINE.removesuffix('2,5')}{hours}\n".encode())
    text = words(parsed(shown))
    assert status == 422
    assert "Regel 2" in text
    assert "afgesproken uren:" in text
    assert hours in text
    assert dump() == before


def test_a_hundred_thousand_lines_are_refused_in_words(
    as_lea: HouseClient, school: School, dump: Dump
) -> None:
    before = dump()
    part = b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="inzet.csv"\r\n\r\n'
    data = part + (f"{HEAD}\n" + f"{LINE}\n" * 100_000).encode() + b"\r\n--x--\r\n"
    reply = as_lea.post(ADDRESS, data=data, content_type="multipart/form-data; boundary=x")
    assert reply.status_code == 422
    assert "10.000" in words(parsed(reply.text))
    assert dump() == before
