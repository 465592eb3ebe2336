"""Hours go from place to place and never appear or vanish: every act keeps sum and rest at the budget."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.hours_plan import dividing
from survey.hours_plan.dividing import MOST, Held, Place, Short, Taken, TooFew, TooMuch

A, B, C = Place("a", "ana"), Place("b", "ana"), Place("b", "cleo")
FREE = Place("a", None)

places = st.builds(Place, st.sampled_from("abcd"), st.sampled_from(["ana", "cleo", None]))
quarters = st.integers(0, MOST + 4)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("put"), places, quarters),
        st.tuples(st.just("change"), places, places, quarters),
        st.tuples(st.just("move"), places, places, quarters),
        st.tuples(st.just("take"), places),
    ),
    max_size=25,
)
ACTS: Mapping[str, Callable[..., Held]] = {
    "put": lambda budget, held, place, number: dividing.put(budget, held, place, number),
    "change": lambda budget, held, source, target, number: dividing.change(
        budget, held, source, target, number
    ),
    "move": lambda budget, held, source, target, number: dividing.move(held, source, target, number),
    "take": lambda _budget, held, place: {at: number for at, number in held.items() if at != place},
}


def per_coach(held: Held) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, number in held.items():
        if place.person_id:
            found[place.person_id] = found.get(place.person_id, 0) + number
    return found


@given(st.integers(0, 500), acts)
def test_whatever_is_done_sum_and_rest_are_the_budget_and_nobody_works_too_much(
    budget: int, done: list[tuple[object, ...]]
) -> None:
    held: Held = {}
    for name, *told in done:
        before = dict(held)
        try:
            if name in {"change", "move"} and told[0] not in held:
                continue
            held = ACTS[str(name)](budget, held, *told)
        except (Short, TooMuch, TooFew, Taken):
            assert held == before
        assert sum(held.values()) + dividing.left(budget, held) == budget
        assert dividing.left(budget, held) >= 0
        assert all(0 <= number <= MOST for number in held.values())
        assert all(number <= MOST for number in per_coach(held).values())


@given(st.dictionaries(places, st.integers(1, 40), min_size=1), places, st.integers(1, 40))
def test_moving_keeps_the_sum_and_every_other_place(held: Held, target: Place, number: int) -> None:
    source = next(iter(held))
    try:
        after = dividing.move(held, source, target, number)
    except (TooFew, Taken, TooMuch):
        return
    assert sum(after.values()) == sum(held.values())
    others = held.keys() - {source, target}
    assert {place: after[place] for place in others} == {place: held[place] for place in others}
    assert after.keys() <= held.keys() | {target}
    assert after.get(source, 0) == held[source] - number
    assert all(after.values())


@pytest.mark.parametrize(
    ("held", "act", "over", "free"),
    [
        ({}, lambda held: dividing.put(40, held, A, 41), 1, 40),
        ({A: 30}, lambda held: dividing.put(40, held, B, 12), 2, 10),
        ({A: 30, B: 10}, lambda held: dividing.put(40, held, C, 1), 1, 0),
        ({A: 30, B: 10}, lambda held: dividing.change(40, held, A, A, 31), 1, 0),
        ({A: 30, B: 10}, lambda held: dividing.refuse_short(36, held), 4, 0),
    ],
)
def test_what_the_budget_has_no_room_for_is_refused_with_the_numbers(
    held: Held, act: Callable[[Held], object], over: int, free: int
) -> None:
    with pytest.raises(Short) as refusal:
        act(held)
    assert (refusal.value.over, refusal.value.free) == (over, free)


def test_a_coach_works_forty_hours_at_most_over_all_schools() -> None:
    held = {A: 100}
    assert dividing.put(400, held, B, 60) == {A: 100, B: 60}
    with pytest.raises(TooMuch) as refusal:
        dividing.put(400, held, B, 61)
    assert refusal.value.total == 161
    assert dividing.put(400, held, C, 160) == {A: 100, C: 160}
    with pytest.raises(TooMuch):
        dividing.move({A: 100, B: 50, C: 30}, C, A, 11)
    with pytest.raises(TooMuch):
        dividing.change(400, {A: 100, C: 61}, C, B, 61)


def test_places_without_a_coach_are_not_counted_together() -> None:
    held = {FREE: 150}
    assert dividing.put(400, held, Place("b", None), 150)[FREE] == 150


def test_all_hours_of_a_coach_can_go_to_another_school() -> None:
    assert dividing.move({A: 12}, A, B, 12) == {B: 12}


@pytest.mark.parametrize(("number", "refusal"), [(0, TooFew), (-4, TooFew), (13, TooFew)])
def test_no_more_moves_than_there_is(number: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        dividing.move({A: 12}, A, B, number)


def test_a_place_is_no_target_of_itself_and_no_place_stands_twice() -> None:
    with pytest.raises(Taken):
        dividing.move({A: 12}, A, A, 4)
    with pytest.raises(Taken):
        dividing.put(40, {A: 12}, A, 4)
    with pytest.raises(Taken):
        dividing.change(40, {C: 12, B: 4}, C, B, 4)
