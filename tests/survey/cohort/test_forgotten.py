"""What a trainer reads of participation once someone was forgotten: nothing false about who did answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import reports
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.retention.actions import delete_old
from survey.web.texts import chart_texts
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.cohort.conftest import Answer

YEAR = timedelta(days=366)


@pytest.mark.parametrize(("days", "due"), [(-10, 10), (1, 9)])
def test_who_was_forgotten_is_not_said_to_have_stayed_away(
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ben: Member,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
    days: int,
    due: int,
) -> None:
    round_id = add_round(cohorts.bens, days=30)
    for person in coaches:
        answer(round_id, person, 3)
    people.leave(engine, person_id=coaches[0], at=START, by=None)
    at = START + YEAR + timedelta(days=days)
    delete_old(engine, at=at, session_lasts=YEAR)
    (cohort,) = reports.trained(engine, scope := scope_of(ben, Role.TRAINER))
    with app.test_request_context():
        found = reports.participation(engine, scope, cohort=cohort, at=at, texts=chart_texts())
    (row,) = found.table.rows
    assert [int(cell) for cell in row[1:]] == [due, due - 1, 0, 1]
