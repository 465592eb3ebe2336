"""The days of a window, what the clock does to it, and how many answered, told in steps."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from survey.access.permissions import Role
from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation import actions, reports
from survey.evaluation.reports import Step
from survey.evaluation.windows import State
from survey.rhythm import tick
from tests.conftest import START, Clock, Dump, Member, scope_of
from tests.survey.evaluation.conftest import DAY, SCHOOL, YEAR, Asked


@pytest.mark.parametrize(
    ("opens", "closes", "reason"),
    [
        (-1, 20, "past"),
        (5, 5, "order"),
        (5, 4, "order"),
        (0, 101, "long"),
        (20, 40, "overlap"),
        (3, 9, "overlap"),
    ],
)
def test_days_that_cannot_be_are_refused(
    engine: SqliteEngine, window: str, clock: Clock, dump: Dump, opens: int, closes: int, reason: str
) -> None:
    before = dump()
    with pytest.raises(actions.WrongDays) as refused:
        actions.plan(
            engine,
            school_year=YEAR,
            opens_at=START + opens * DAY,
            closes_at=START + closes * DAY,
            by=None,
            at=clock(),
        )
    assert refused.value.reason == reason
    assert dump() == before


def test_windows_may_touch(engine: SqliteEngine, window: str, clock: Clock) -> None:
    actions.plan(
        engine, school_year=YEAR, opens_at=START + 21 * DAY, closes_at=START + 30 * DAY, by=None, at=clock()
    )


def test_a_window_may_be_open_longer_than_planned(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock
) -> None:
    later = START + 30 * DAY
    actions.change_days(engine, window_id=window, opens_at=START, closes_at=later, by=lea.id, at=clock())
    found = reports.window(engine, scope_of(lea), window)
    assert found
    assert found.state(START + 25 * DAY) is State.OPEN


def test_a_tick_opens_reminds_and_counts(
    app: object, engine: SqliteEngine, planned: str, clock: Clock
) -> None:
    done = []
    for days in (0, 7, 7, 8, 1):
        clock.forward(days=days)
        done.append([str(step.act) for step in tick.run(engine, catalog=catalog(), at=clock())])
    assert done == [[], ["open"], [], ["close"], []]


@pytest.mark.parametrize(
    ("replied", "step"), [(0, Step(0, 4)), (4, Step(0, 4)), (5, Step(5, 9)), (14, Step(10, 14))]
)
def test_how_many_answered_is_told_in_steps(replied: int, step: Step) -> None:
    assert Step.of(replied, asked=30) == step


def test_no_step_tells_of_more_answers_than_people_asked() -> None:
    assert Step.of(11, asked=12) == Step(10, 12)
    assert Step.of(5, asked=5) == Step(5, 5)


def test_a_school_with_few_invitations_shows_no_count(
    engine: SqliteEngine, window: str, card: Callable[..., Asked], submit: Callable[..., None], lea: Member
) -> None:
    for _ in range(9):
        submit(card())
    lead = scope_of(lea, Role.LEAD)
    assert reports.response_at(engine, lead, window)[SCHOOL, "evaluation-teacher"].replied is None
    submit(card())
    found = reports.response_at(engine, lead, window)[SCHOOL, "evaluation-teacher"]
    assert (found.asked, found.replied) == (10, Step(10, 10))
    assert reports.response(engine, lead, window)["evaluation-teacher"].replied == Step(10, 10)


def test_days_are_days_in_the_netherlands(engine: SqliteEngine, planned: str, lea: Member) -> None:
    found = reports.window(engine, scope_of(lea), planned)
    assert found
    assert found.opens_at == datetime(2026, 1, 27, tzinfo=UTC)
