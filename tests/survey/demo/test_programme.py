"""How the programme of the region stands: its numbers are those of plain SQL, on any day of it."""

from datetime import timedelta

from flask import Flask

from survey.database import SqliteEngine
from tests.conftest import START
from tests.survey.programme.sums import check


def test_the_numbers_of_the_programme_are_those_of_plain_sql(app: Flask, veenrand: SqliteEngine) -> None:
    with app.app_context():
        found = check(veenrand, START)
        for days in (-130, -40, 100, 190, 240):
            check(veenrand, START + timedelta(days=days))
    assert found.coverage.covered > 40
    assert found.hours.agreed > 100
    assert found.used.places > 40
    assert found.windows
    assert found.took_part
