"""What is noted of a school, as people, spreadsheets and the ministry write it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from survey.school import cells
from survey.school.years import near


@pytest.fixture(autouse=True)
def words(app: Flask) -> object:
    with app.test_request_context():
        yield


READ: list[tuple[Callable[[str], object], str, object]] = [
    (cells.brin, "", None),
    (cells.brin, "12ab", "12AB"),
    (cells.branch, "0", "00"),
    (cells.branch, "7", "07"),
    (cells.branch, "12AB07", "07"),
    (cells.whole_code, "12AB07", ("12AB", "07")),
    (cells.whole_code, "07", (None, "07")),
    (cells.postcode, "7811ab", "7811 AB"),
    (cells.postcode, "", ""),
    (cells.pupils, "112", 112),
    (cells.pupils, "0", 0),
    (cells.pupils, "", None),
    (cells.weighting, "31,4", 31.4),
    (cells.weighting, "31.4", 31.4),
    (cells.school_year, "2025-2026", "2025-2026"),
    (cells.school_year, "2025/26", "2025-2026"),
    (cells.school_year, "2099–2100", "2099-2100"),
    (cells.programmes, "b, A\na,,b", ("A", "a", "b")),
    (cells.programmes, "", ()),
    (cells.municipality, "WIJK AAN ZEE", "Wijk aan Zee"),
    (cells.municipality, "'S-HERTOGENBOSCH", "'s-Hertogenbosch"),
    (cells.municipality, "DE WIJK", "De Wijk"),
    (cells.municipality, "IJHORST", "IJhorst"),
    (cells.municipality, "Bergen op Zoom", "Bergen op Zoom"),
    (cells.line, "a\u202eb", "a b"),
    (cells.line, "'-Noord", "-Noord"),
    (cells.line, "'t Veen", "'t Veen"),
]


@pytest.mark.parametrize(("read", "text", "value"), READ)
def test_a_cell_is_read_as_people_write_it(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (cells.brin, "1AB2"),
        (cells.brin, "4-3-2026"),
        (cells.whole_code, "X-"),
        (cells.postcode, "0811 AB"),
        (cells.pupils, "1.234"),
        (cells.weighting, "1e2"),
        (cells.school_year, "2025-2027"),
        (cells.school_year, "2025"),
        (cells.line, "=1+1"),
    ],
)
def test_what_is_something_else_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read(text)


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 7, 31), ["2026-2027", "2025-2026", "2024-2025", "2023-2024", "2022-2023"]),
        (date(2026, 8, 1), ["2027-2028", "2026-2027", "2025-2026", "2024-2025", "2023-2024"]),
        (date(2024, 2, 29), ["2024-2025", "2023-2024", "2022-2023", "2021-2022", "2020-2021"]),
    ],
)
def test_pupils_are_noted_for_the_next_year_and_three_before(day: date, years: list[str]) -> None:
    assert near(day) == years
