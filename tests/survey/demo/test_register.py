"""The register of the region: its numbers are those of plain SQL, in every school year."""

from survey.database import SqliteEngine
from survey.placement import reports
from tests.conftest import START
from tests.survey.placement.sums import LEAD, check_totals, check_used


def test_the_sums_of_the_region_are_those_of_plain_sql(veenrand: SqliteEngine) -> None:
    years = reports.years(veenrand, LEAD)
    assert len(years) >= 2
    for year in years:
        check_totals(veenrand, year, reports.day_of(year, START.date()))
        check_used(veenrand, year)
