"""What a cell of any table says, and what is said where it says something else."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from survey.sheets import cells

EARLIEST, LATEST = date(2020, 1, 1), date(2030, 1, 1)


@pytest.fixture(autouse=True)
def words(app: Flask) -> object:
    with app.test_request_context():
        yield


def number(text: str) -> float:
    return cells.number(text, least=0, most=40)


def whole(text: str) -> int:
    return cells.whole(text, least=0, most=40)


def day(text: str) -> date | None:
    return cells.day(text, earliest=EARLIEST, latest=LATEST)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (number, "3,5", 3.5),
        (number, "3.5", 3.5),
        (number, "0", 0),
        (number, "40", 40),
        (whole, "3,0", 3),
        (day, "", None),
        (day, "1-9-2026", date(2026, 9, 1)),
        (day, "2026-09-01", date(2026, 9, 1)),
        (day, "1/9/2026", date(2026, 9, 1)),
        (cells.code, "12AB", "12AB"),
        (cells.typed, "'=1", "=1"),
    ],
)
def test_a_cell_is_read_as_people_write_it(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (cells.typed, "=SUM(A1:A3)", "Hier staat een formule."),
        (number, "=1", "Hier staat een formule."),
        (cells.code, "2026-03-04", "Hier staat een datum"),
        (cells.code, "4-3-26", "Hier staat een datum"),
        (number, "4-mrt", "Hier staat een datum"),
        (number, "4-mrt-26", "Hier staat een datum"),
        (number, "drie", "is geen getal"),
        (number, "1.000,5", "is geen getal"),
        (number, "40,1", "Het ligt tussen 0 en 40"),
        (number, "-1", "Het ligt tussen 0 en 40"),
        (number, "nan", "is geen getal"),
        (whole, "3,5", "is geen heel getal"),
        (day, "31-2-2026", "is geen dag"),
        (day, "1-9-2019", "ligt te ver weg"),
    ],
)
def test_what_is_something_else_is_refused_in_words(
    read: Callable[[str], object], text: str, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        read(text)
