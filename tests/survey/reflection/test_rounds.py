"""A round opens and closes by the clock and asks who was in the cohort on its opening day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from survey.cohort import actions as cohorts_of
from survey.cohort.reports import Round, asked
from survey.database import SqliteEngine
from survey.reflection import reading
from survey.reflection.reading import State
from tests.conftest import START, Cohorts, Member, scope_of

OPENS = "2026-01-04T23:00:00+00:00"  # midnight of 5 January in the Netherlands


@pytest.mark.parametrize(
    ("since", "until", "takes_part"),
    [
        ("2025-09-01", None, True),
        ("2026-01-05", None, True),
        ("2026-01-06", None, False),
        ("2025-09-01", "2026-01-04", False),
        ("2025-09-01", "2026-01-05", True),
        ("2025-09-01", "2026-06-01", True),
    ],
)
def test_membership_on_the_opening_day_decides(since: str, until: str | None, takes_part: bool) -> None:
    assert asked({"opens_at": OPENS, "since": since, "until": until}) is takes_part


def a_round(closes_at: datetime) -> Round:
    return Round("r", "f", "1.0", START, closes_at, date(2025, 9, 1))


def test_a_round_is_open_from_its_first_moment_and_not_at_its_last() -> None:
    held = a_round(START + timedelta(days=1))
    assert [held.is_open(START + timedelta(seconds=s)) for s in (-1, 0, 86399, 86400)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("closes_at", "midnight", "last_day"),
    [
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), True, date(2026, 1, 31)),
        (datetime(2026, 1, 31, 22, 0, tzinfo=UTC), False, date(2026, 1, 31)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), True, date(2026, 6, 30)),
    ],
)
def test_a_round_that_closes_at_midnight_has_a_last_day(
    closes_at: datetime, midnight: bool, last_day: date
) -> None:
    held = a_round(closes_at)
    assert (held.closes_at_midnight, held.last_day) == (midnight, last_day)


def states(engine: SqliteEngine, member: Member, at: datetime = START) -> list[State]:
    return [one.state for one in reading.standings(engine, scope=scope_of(member), at=at)]


def test_a_round_of_another_cohort_asks_nothing(
    engine: SqliteEngine, cohorts: Cohorts, cleo: Member, round_id: str
) -> None:
    assert states(engine, cleo) == []


def test_a_round_to_come_is_not_there_yet(
    engine: SqliteEngine, cohorts: Cohorts, ana: Member, add_round: Callable[..., str]
) -> None:
    add_round(cohorts.bens, days=-1)
    assert states(engine, ana) == []


def test_an_open_round_is_due_and_later_missed(engine: SqliteEngine, ana: Member, round_id: str) -> None:
    assert states(engine, ana) == [State.DUE]
    assert states(engine, ana, START + timedelta(days=30)) == [State.MISSED]


def test_who_left_the_cohort_is_not_asked_again(
    engine: SqliteEngine, cohorts: Cohorts, ana: Member, add_round: Callable[..., str]
) -> None:
    left = START.date() - timedelta(days=10)
    cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=ana.id, until=left)
    add_round(cohorts.bens, days=40)
    add_round(cohorts.bens, days=5)
    assert states(engine, ana) == [State.MISSED]
