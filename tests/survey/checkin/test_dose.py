"""How often someone may be asked: two pauses, quiet after an incident, and what is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.checkin.dose import FREE, PAUSE, Because, Dose, dose, due
from survey.questionnaire.vocabulary import Family

W, U = Family.RELATIONSHIP, Family.WELLBEING
MOST_TAPS = 12  # in four weeks, as the page of a case says
NOON = datetime(2026, 1, 20, 11, 0, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


@pytest.mark.parametrize(
    ("family", "answered", "incidents", "because", "free_from"),
    [
        (W, [], [], None, None),
        (W, [0], [], "recent", date(2026, 2, 3)),
        (W, [13], [], "recent", date(2026, 1, 21)),
        (W, [14], [], None, None),
        (W, [60, 3, 40], [], "recent", date(2026, 1, 31)),
        (U, [14], [], "recent", date(2026, 2, 3)),
        (U, [27], [], "recent", date(2026, 1, 21)),
        (U, [28], [], None, None),
        (W, [], [0], "incident", date(2026, 1, 27)),
        (U, [], [6], "incident", date(2026, 1, 21)),
        (W, [], [7], None, None),
        (W, [], [-1], None, None),
        (W, [13], [1], "incident", date(2026, 1, 26)),
        (W, [1], [5], "recent", date(2026, 2, 2)),
        (U, [40], [30, 2, 12], "incident", date(2026, 1, 25)),
    ],
)
def test_the_pause_that_lasts_longest_counts(
    family: Family, answered: list[int], incidents: list[int], because: str | None, free_from: date | None
) -> None:
    found = dose(family, [ago(days) for days in answered], [ago(days).date() for days in incidents], NOON)
    assert (found.because, found.free_from) == (because, free_from)
    assert found.free is (because is None)


def test_it_says_since_when() -> None:
    assert dose(W, [ago(3)], [], NOON) == Dose(Because.RECENT, date(2026, 1, 17), date(2026, 1, 31))
    assert dose(W, [], [date(2026, 1, 18)], NOON).since == date(2026, 1, 18)


def test_days_count_as_on_the_wall_in_the_netherlands() -> None:
    late = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)  # 6 January at home
    assert not dose(W, [late], [], datetime(2026, 1, 19, 12, 0, tzinfo=UTC)).free
    assert dose(W, [late], [], datetime(2026, 1, 19, 23, 10, tzinfo=UTC)).free


@given(
    st.sampled_from(Family),
    st.lists(st.integers(0, 90), max_size=6),
    st.lists(st.integers(0, 30), max_size=3),
)
def test_from_the_day_named_nothing_stands_in_the_way(
    family: Family, answered: list[int], incidents: list[int]
) -> None:
    moments, days = [ago(number) for number in answered], [ago(number).date() for number in incidents]
    found = dose(family, moments, days, NOON)
    if found.free_from:
        wait = found.free_from - NOON.date()
        assert wait > timedelta(0)
        assert dose(family, moments, days, NOON + wait).free
        assert not dose(family, moments, days, NOON + wait - timedelta(days=1)).free


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_nobody_answers_more_than_the_taps_promised(waits: list[int]) -> None:
    taps: list[datetime] = []
    answered: dict[Family, list[datetime]] = {W: [], U: []}
    at = NOON
    for wait in waits:
        at += timedelta(days=wait)
        for family in Family:
            if dose(family, answered[family], [], at).free:
                answered[family].append(at)
                taps += [at] * 4
    for first in taps:
        assert sum(first <= tap < first + timedelta(days=28) for tap in taps) <= MOST_TAPS


WAIT = Dose(Because.RECENT, NOON.date(), NOON.date() + PAUSE[W])


@pytest.mark.parametrize(
    ("relationship", "wellbeing", "talked_today", "expected"),
    [
        (FREE, FREE, False, U),
        (FREE, FREE, True, W),
        (FREE, WAIT, False, W),
        (WAIT, FREE, True, U),
        (WAIT, FREE, False, U),
        (WAIT, WAIT, False, None),
        (WAIT, WAIT, True, None),
    ],
)
def test_what_is_due_follows_the_talk(
    relationship: Dose, wellbeing: Dose, talked_today: bool, expected: Family | None
) -> None:
    assert due({W: relationship, U: wellbeing}, talked_today=talked_today) is expected
