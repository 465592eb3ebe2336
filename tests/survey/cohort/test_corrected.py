"""Whoever corrects a reflection still counts where the hours went: that was said with the first revision."""

from flask import Flask

from survey.access.permissions import Role
from survey.cohort import reports
from survey.current import catalog
from survey.database import SqliteEngine
from survey.web.texts import chart_texts
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.cohort.conftest import Answer


def test_the_hours_of_who_corrected_answers_count(
    app: Flask,
    engine: SqliteEngine,
    ben: Member,
    cohorts: Cohorts,
    two_closed_rounds: tuple[str, str],
    answer: Answer,
) -> None:
    latest = two_closed_rounds[1]
    found = engine.rows("SELECT id, person_id FROM reflection WHERE round_id = :round", {"round": latest})
    for row in found:
        engine.insert(
            "task_emphasis", {"reflection_id": row["id"], "task": "short_lines", "emphasis": "much"}
        )
        answer(latest, row["person_id"], 4, revision=2)
    scope = scope_of(ben, Role.TRAINER)
    (cohort,) = reports.trained(engine, scope)
    with app.test_request_context():
        hours = reports.overview(
            engine, scope, cohort=cohort, at=START, texts=chart_texts(), catalog=catalog()
        ).hours
    assert hours
    assert hours.result.tally.persons == len(found) == 9
