"""The planner: nothing lies in a holiday, no two rounds at once, and what cannot be is left out."""

from datetime import date, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from survey.clock import stamp
from survey.rhythm import holidays, template
from survey.rhythm.holidays import Region
from survey.rhythm.plan import Fault, Ground, Kind, Proposed, Slot, Why, faults, propose
from survey.rhythm.spans import Span, days_of

SHIPPED = template.shipped()
YEAR = "2026-2027"
LONG_AGO = date(2000, 1, 1)


def ground(year: str = YEAR, region: Region = Region.NOORD) -> Ground:
    known = holidays.read(None)
    closed = [one.span for one in known.around(year, region)]
    return Ground(year, closed, known.free(year), (), (), LONG_AGO)


def put(proposal: tuple[Proposed, ...]) -> list[Slot]:
    return [one.slot for one in proposal if one.left_out is None]


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("year", list(holidays.read(None).years))
def test_every_known_year_has_room_for_all_of_the_template(year: str, region: Region) -> None:
    proposal = propose(SHIPPED, ground(year, region))
    assert [one for one in proposal if one.left_out] == []
    kinds = [one.slot.kind for one in proposal]
    assert [kinds.count(kind) for kind in Kind] == [3, 7, 7]
    assert [one.slot.lookback for one in proposal if one.slot.kind is Kind.ROUND] == [False, False, True]


DAYS = days_of(YEAR)
SPANS = st.builds(
    lambda start, days: Span.of(DAYS.first + timedelta(days=start), days),
    st.integers(0, 364),
    st.integers(1, 50),
)
GROUNDS = st.builds(
    lambda closed, rounds, free, earliest: Ground(
        YEAR, closed, frozenset(DAYS.first + timedelta(days=n) for n in free), rounds, (), earliest
    ),
    st.lists(SPANS, max_size=9),
    st.lists(SPANS, max_size=3),
    st.sets(st.integers(0, 364), max_size=20),
    st.sampled_from([LONG_AGO, date(2026, 12, 1), date(2027, 8, 1)]),
)


@settings(max_examples=150, deadline=None)
@given(here=GROUNDS)
def test_whatever_the_holidays_nothing_lies_in_one_and_no_rounds_meet(here: Ground) -> None:
    proposal = propose(SHIPPED, here)
    slots = put(proposal)
    for slot in slots:
        assert not [one for one in here.closed if one.meets(slot.span)]
        assert slot.span.first not in here.free
        assert slot.span.first.weekday() < 5
        assert here.earliest <= slot.span.first
        assert DAYS.first <= slot.span.first <= slot.span.last <= DAYS.last
    rounds = [slot.span for slot in slots if slot.kind is not Kind.EVENT]
    gap = SHIPPED.gap_days
    for one, other in combinations([*rounds], 2):
        assert not one.widened(gap).meets(other)
    for one in rounds:
        assert not [taken for taken in here.rounds if taken.widened(gap).meets(one)]
    days = [slot.span for slot in slots if slot.kind is Kind.EVENT]
    assert len(days) == len(set(days))
    assert all(slot.span.days == 1 for slot in slots if slot.kind is Kind.EVENT)
    assert len(proposal) == len(SHIPPED.rounds) + len(SHIPPED.short_rounds) + len(SHIPPED.events)


def test_a_short_round_waits_until_the_holiday_is_over() -> None:
    autumn = next(one for one in propose(SHIPPED, ground()) if one.wanted == date(2026, 10, 12))
    assert autumn.moved
    assert autumn.slot.span == Span(date(2026, 10, 19), date(2026, 10, 25))


def test_a_meeting_keeps_its_weekday_when_it_moves() -> None:
    proposal = propose(SHIPPED, ground("2024-2025", Region.ZUID))
    (moved,) = [one for one in proposal if one.moved and one.slot.kind is Kind.EVENT]
    assert moved.wanted == date(2024, 10, 23)
    assert moved.slot.span.first == date(2024, 10, 30)


def test_a_short_round_without_room_in_its_month_falls_away() -> None:
    november = Span(date(2026, 11, 1), date(2026, 11, 30))
    proposal = propose(SHIPPED, ground()._replace(closed=[november]))
    (out,) = [one for one in proposal if one.left_out]
    assert (out.slot.kind, out.wanted.month, out.left_out) == (Kind.SHORT, 11, Why.NO_ROOM)


def test_what_lies_behind_us_is_not_proposed() -> None:
    proposal = propose(SHIPPED, ground()._replace(earliest=date(2027, 1, 1)))
    assert {one.left_out for one in proposal if one.wanted.year == 2026} == {Why.PAST}
    assert {one.left_out for one in proposal if one.wanted.year == 2027} == {None}


def test_a_round_that_stands_already_is_not_proposed_again() -> None:
    standing = Span(date(2026, 9, 7), date(2026, 9, 27))
    proposal = propose(SHIPPED, ground()._replace(rounds=[standing]))
    assert [one.left_out for one in proposal if one.wanted == date(2026, 9, 14)] == [Why.THERE]


SEPTEMBER = Slot(Kind.ROUND, Span(date(2026, 9, 14), date(2026, 10, 4)))


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 10, 5), date(2026, 10, 11), None),
        (date(2026, 10, 4), date(2026, 10, 11), Fault.OVERLAP),
        (date(2026, 9, 1), date(2026, 9, 14), Fault.OVERLAP),
        (date(2026, 10, 11), date(2026, 10, 5), Fault.BACKWARDS),
        (date(2027, 7, 30), date(2027, 8, 1), Fault.OTHER_YEAR),
        (date(2026, 7, 30), date(2026, 8, 9), Fault.OTHER_YEAR),
        (date(2026, 8, 20), date(2026, 8, 26), Fault.PAST),
        (date(2026, 8, 21), date(2026, 8, 27), None),
    ],
)
def test_what_is_put_by_hand_is_held_against_the_year_and_the_others(
    first: date, last: date, fault: Fault | None
) -> None:
    by_hand = Slot(Kind.SHORT, Span(first, last))
    beside = faults([by_hand], year=YEAR, rounds=[SEPTEMBER.span], earliest=date(2026, 8, 21))
    assert beside == ({0: fault} if fault else {})


def test_of_two_rounds_at_once_the_later_is_named() -> None:
    later = replace(SEPTEMBER, span=Span(date(2026, 9, 28), date(2026, 10, 10)))
    for slots, place in (([SEPTEMBER, later], 1), ([later, SEPTEMBER], 0)):
        assert faults(slots, year=YEAR, rounds=[], earliest=LONG_AGO) == {place: Fault.OVERLAP}


def meeting(starts: time, ends: time) -> Slot:
    day = date(2026, 9, 16)
    return Slot(Kind.EVENT, Span(day, day), title="Intervisie", starts=starts, ends=ends)


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (time(13), time(15), {}),
        (time(13), time(13), {1: Fault.BACKWARDS}),
        (time(15), time(13), {1: Fault.BACKWARDS}),
    ],
)
def test_a_meeting_may_be_held_while_a_round_is_open(
    starts: time, ends: time, found: dict[int, Fault]
) -> None:
    slots = [SEPTEMBER, meeting(starts, ends)]
    assert faults(slots, year=YEAR, rounds=[], earliest=LONG_AGO) == found


def test_a_planned_day_is_a_day_in_the_netherlands() -> None:
    (summer, winter) = (Span.of(date(2026, 9, 14), 21), Span.of(date(2027, 1, 11), 21))
    assert [stamp(one.opens_at) for one in (summer, winter)] == [
        "2026-09-13T22:00:00+00:00",
        "2027-01-10T23:00:00+00:00",
    ]
    assert Span.between(summer.opens_at, summer.closes_at) == summer
    starts_at, ends_at = meeting(time(13, 30), time(15)).hours
    assert (stamp(starts_at), stamp(ends_at)) == ("2026-09-16T11:30:00+00:00", "2026-09-16T13:00:00+00:00")
