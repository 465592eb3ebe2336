"""The file with school holidays: what it says, and what a broken one is told."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from survey.rhythm import holidays
from survey.rhythm.files import BrokenCalendar
from survey.rhythm.holidays import Name, Region
from survey.rhythm.spans import Span, days_of

SHIPPED = holidays.read(None)


@pytest.mark.parametrize(
    ("region", "name", "first", "last"),
    [
        (Region.NOORD, Name.AUTUMN, date(2027, 10, 16), date(2027, 10, 24)),
        (Region.MIDDEN, Name.SPRING, date(2028, 2, 26), date(2028, 3, 5)),
        (Region.ZUID, Name.SUMMER, date(2028, 7, 22), date(2028, 9, 3)),
    ],
)
def test_holidays_stand_as_the_ministry_published_them(
    region: Region, name: Name, first: date, last: date
) -> None:
    assert Span(first, last) in [one.span for one in SHIPPED.around("2027-2028", region) if one.name is name]


def test_the_summer_a_school_year_begins_in_belongs_to_it_too() -> None:
    first = SHIPPED.around("2026-2027", Region.NOORD)[0]
    assert (first.name, first.last) == (Name.SUMMER, date(2026, 8, 16))


@pytest.mark.parametrize(("year", "region"), list(product(SHIPPED.years, Region)))
def test_every_region_has_every_holiday_once_a_year(year: str, region: Region) -> None:
    mine = [one for one in SHIPPED.years[year].holidays if region in one.regions]
    assert sorted(one.name for one in mine) == sorted(set(Name) - {Name.OTHER})
    assert sum(one.span.days for one in mine) in range(90, 96)


def test_a_later_school_year_is_not_known_yet() -> None:
    assert SHIPPED.known("2028-2029")
    assert not SHIPPED.known("2031-2032")
    assert SHIPPED.around("2031-2032", Region.ZUID) == ()


AUTUMN = '{name = "autumn", regions = ["noord"], first = 2026-10-10, last = 2026-10-18}'


def with_holidays(*holidays: str) -> str:
    return f"[years.2026-2027]\nholidays = [{', '.join(holidays)}]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[years.2026-2027", "syntax"),
        ("", "years: this field is missing"),
        ("[years.2026-2028]\nholidays = []", "2026-2028 is no school year"),
        ("[years.winter]\nholidays = []", "winter is no school year"),
        ("[years.2026-2027]\nholiday = []", "nobody reads this field"),
        (f"[years.2027-2028]\nholidays = [{AUTUMN}]", "2026-10-10 is no day of 2027-2028"),
        ("[years.2026-2027]\nfree = [2026-01-01]\nholidays = []", "2026-01-01 is no day of 2026-2027"),
        (with_holidays(AUTUMN, AUTUMN), "autumn and autumn overlap in noord"),
        (
            with_holidays(AUTUMN.replace("10-18", "10-01")),
            "the last day comes before the first",
        ),
        (
            with_holidays(AUTUMN.replace('"noord"', '"oost"')),
            "years.2026-2027.holidays",
        ),
        (with_holidays(AUTUMN.replace('"noord"', "")), "in no region"),
        (with_holidays(AUTUMN.replace("2026-10-18", "2027-10-18")), "longer than ten weeks"),
        ("years = " + "[" * 2000, "syntax"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, words: str, said: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(words)
    with pytest.raises(BrokenCalendar) as broken:
        holidays.read(file)
    assert said in str(broken.value)
    assert "own.toml" in str(broken.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenCalendar, match=r"away\.toml: there is no such file"):
        holidays.read(tmp_path / "away.toml")


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenCalendar, match="not readable"):
        holidays.read(tmp_path)


def test_every_error_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("[years.2026-2027]\nfree = [7]\nholidays = [{}]")
    with pytest.raises(BrokenCalendar) as broken:
        holidays.read(file)
    assert len(broken.value.errors) == 5


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("years = {}")
    assert not holidays.read(file).known("2026-2027")
    file.write_text("[years.2026-2027]\nholidays = []\n")
    assert holidays.read(file).known("2026-2027")


@pytest.mark.parametrize("year", ["2026", "2026-2028", "26-27", "2026_2027", "abcd-efgh", "٢٠٢٦-2027", "-"])
def test_only_two_years_in_a_row_are_a_school_year(year: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        days_of(year)
