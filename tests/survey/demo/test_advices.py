"""The advices of the region: every number they print is that of plain SQL, for every school and year."""

from flask import Flask

from survey.advice import reports
from survey.clock import local_day
from survey.database import SqliteEngine
from tests.conftest import START
from tests.survey.advice.sums import LEAD, NO_NUMBER, OF_THE_REGISTER, check, fields
from tests.survey.advice.told import OF_A_RELEASE, Known

SPOKEN = {
    "hours_equal_rule",
    "hours_differ_from_rule",
    "hours_used",
    "hours_log_incomplete",
    "hours_needed",
    "roles_and_tasks",
    "teachers_share",
    "parents_share",
    "ib_director_share",
    "share_interval",
    "share_nonresponse",
    "same_as_last_year",
    "programme_coverage",
    "programme_vacant",
    "programme_agreements",
    "programme_yields",
    "programme_hours",
}


def test_every_number_of_an_advice_is_that_of_plain_sql(app: Flask, veenrand: SqliteEngine) -> None:
    schools = [row["id"] for row in veenrand.rows("SELECT id FROM school ORDER BY id")]
    day = local_day(START)
    said, known = set[str](), Known()
    with app.app_context():
        releases = reports.released(veenrand, LEAD)
        for year in ("2024-2025", "2025-2026"):
            for school in (None, *schools):
                said |= check(veenrand, school, year, day, releases, known)
    assert said >= SPOKEN


def test_no_sentence_has_a_number_that_is_not_worked_out() -> None:
    assert fields() == OF_THE_REGISTER | OF_A_RELEASE | NO_NUMBER
    assert not NO_NUMBER & (OF_THE_REGISTER | OF_A_RELEASE)
