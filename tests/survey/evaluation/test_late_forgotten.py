"""Who answered late stays unseen, also after what they were first asked by is old enough to go."""

from datetime import timedelta

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation import reports
from survey.retention import actions as retention
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.conftest import Asked
from tests.survey.evaluation.test_late import answered as answered
from tests.survey.evaluation.test_late import next as next


def invited(engine: SqliteEngine, window: str) -> int:
    sql = "SELECT count(*) AS n FROM evaluation_invitation WHERE window_id = :window"
    return sum(row["n"] for row in engine.rows(sql, {"window": window}))


def test_a_night_that_deletes_what_they_were_asked_by_does_not_show_them(
    engine: SqliteEngine, window: str, next: str, answered: list[Asked], lea: Member, clock: Clock
) -> None:
    scope = scope_of(lea, Role.LEAD)
    clock.forward(days=32)
    assert windows.count(engine, window_id=next, at=clock())
    night = clock() + timedelta(days=325)  # more than a year after the first was counted, less after this one
    for dry_run in (True, False):
        gone = retention.delete_old(engine, at=night, session_lasts=timedelta(days=30), dry_run=dry_run)
        assert gone["evaluation_invitation"] == 1  # the card, which nobody answered
    assert reports.response(engine, scope, next) == {}
    assert reports.response_at(engine, scope, next) == {}
    assert (invited(engine, window), invited(engine, next)) == (2, 2)


def test_they_go_with_the_last_they_were_asked_by(
    engine: SqliteEngine, window: str, next: str, answered: list[Asked], clock: Clock
) -> None:
    clock.forward(days=32)
    windows.count(engine, window_id=next, at=clock())
    night = clock() + timedelta(days=367)
    for dry_run in (True, False):
        gone = retention.delete_old(engine, at=night, session_lasts=timedelta(days=30), dry_run=dry_run)
        assert gone["evaluation_invitation"] == 5
    assert (invited(engine, window), invited(engine, next)) == (0, 0)
