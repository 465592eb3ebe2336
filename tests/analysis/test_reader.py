"""An attacker who sees every closing and subtracts finds no answer of fewer than a group."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.distribution import Band, Distribution
from analysis.growth import PERSONS_AT_ONCE, CohortGrowth, cohort_growth, settled
from analysis.reader import Sharing, curve_for, distribution_for, may_show, share_for, tally_for
from analysis.results import Reason
from analysis.tally import share, tally
from tests.analysis.frames import scores_frame


def curve(answers: dict[tuple[str, int], float]) -> CohortGrowth:
    """The curve over these scores by person and period."""
    return cohort_growth(
        scores_frame(
            {"person": person, "round": str(period), "period": period, "months": 3.0 * period, "total": level}
            for (person, period), level in answers.items()
        )
    )


@pytest.mark.parametrize("seed", range(40))
def test_between_closings_a_shown_point_moves_by_a_group_or_not_at_all(seed: int) -> None:
    chance = random.Random(seed)
    answers = {(str(n), p): chance.uniform(1, 5) for n in range(chance.randrange(8, 16)) for p in range(2)}
    shown = curve(answers)
    for turn in range(3):
        gone = set(chance.sample(sorted({person for person, _ in answers}), chance.randrange(3)))
        answers = {key: level for key, level in answers.items() if key[0] not in gone}
        late = [f"late{turn}{n}" for n in range(chance.choice((0, 1, 2, 5, 6)))]
        answers |= {(person, 0): chance.uniform(1, 5) for person in late}
        answers |= {(person, 2 + turn): chance.uniform(1, 5) for person, period in [*answers] if period == 1}
        now = settled(curve(answers), shown)
        was = {point.period: (point.persons, point.raw) for point in shown.points}
        for point in now.points:
            persons, raw = was.get(point.period, (0, 0.0))
            moved = persons != point.persons or abs(raw - point.raw) > 1e-9
            assert not moved or abs(point.persons - persons) >= PERSONS_AT_ONCE
        shown = now if now.points else shown


def test_growth_of_a_settled_curve_is_its_last_point_minus_its_first() -> None:
    answers = {(str(n), p): 2.0 + n % 3 + 0.3 * p for n in range(12) for p in range(3)}
    before = curve({key: level for key, level in answers.items() if key[1] < 2})
    after = settled(curve({key: level for key, level in answers.items() if key[0] != "0"}), before)
    assert after.points[:2] == before.points
    assert after.growth is not None
    assert after.growth.value == pytest.approx(after.points[-1].estimate - after.points[0].estimate)


@pytest.mark.parametrize(
    ("persons", "sharing", "shown"),
    [
        (8, Sharing(), True),
        (7, Sharing(), False),
        (8, Sharing(1), False),
        (9, Sharing(1), True),
        (16, Sharing(8), True),
        (16, Sharing(9), False),
        (8, Sharing(7), False),
        (8, Sharing(8), False),
        (8, Sharing(8, everyone=True), True),
    ],
)
def test_who_shares_is_taken_out_and_those_left_are_none_or_enough(
    persons: int, sharing: Sharing, shown: bool
) -> None:
    assert may_show(persons, sharing, 8) is shown


@pytest.mark.parametrize(
    ("sharers", "told", "low", "high"),
    [
        (0, {3: 3, 4: 4, 9: 9, 11: 10, 12: 10}, 3, 10),
        (1, {3: None, 4: 4, 9: 9, 10: 9, 12: 9}, 4, 9),
        (3, {5: None, 6: 6, 8: 7, 12: 7}, 6, 7),
    ],
)
def test_a_number_holds_three_whom_the_reader_does_not_see_and_leaves_three_out(
    sharers: int, told: dict[int, int | None], low: int, high: int
) -> None:
    for chose, number in told.items():
        found = tally_for(tally(range(12), [(n, "a") for n in range(chose)]), Sharing(sharers))
        assert found.of("a") == number
        assert found.other == 0
        assert (found.least, found.most) == (low, high)


@pytest.mark.parametrize(
    ("sharers", "yes", "bounds"),
    [
        (0, 5, (5, 5)),
        (1, 5, (0, 5)),
        (1, 6, (6, 6)),
        (2, 4, (0, 6)),
        (2, 10, (10, 10)),
        (2, 14, (11, 17)),
        (2, 17, (11, 17)),
    ],
)
def test_a_share_stays_away_from_what_those_who_share_could_make_of_it(
    sharers: int, yes: int, bounds: tuple[int, int]
) -> None:
    found = share_for(share(17, yes), Sharing(sharers))
    assert found is not None
    assert (found.least, found.most) == bounds


@given(st.integers(8, 24), st.integers(0, 10), st.data())
def test_who_knows_what_sharers_chose_pins_down_none_of_the_others(
    persons: int, sharers: int, data: st.DataObject
) -> None:
    """The attacker knows the rule, and of each sharer whether they are in it."""
    sharers = min(sharers, persons - 1)
    seen = data.draw(st.integers(0, sharers))
    others = persons - sharers

    def shown(of_others: int) -> tuple[object, object]:
        yes = seen + of_others
        chosen = [(n, "a") for n in range(yes)]
        told = tally_for(tally(range(persons), chosen), Sharing(sharers))
        return (told.withheld or told.of("a"), told.other), share_for(share(persons, yes), Sharing(sharers))

    if others < 8:
        assert len({shown(n) for n in range(others + 1)}) == 1, "nothing is told at all"
        return
    for n in range(others + 1):
        for part, least in ((0, 3), (1, 4)):
            alike = [of for of in range(others + 1) if shown(of)[part] == shown(n)[part]]
            assert not {0, others} & {*alike} or len(alike) >= least, "that nobody or everybody did"


def test_bands_with_few_whom_the_reader_does_not_see_are_not_shown() -> None:
    def bands(*sizes: int) -> Distribution:
        found = tuple(Band(place, place, size) for place, size in enumerate(sizes, start=1))
        return Distribution({"attitude": sum(sizes)}, {"attitude": found})

    assert distribution_for(bands(6, 12), Sharing(1)).bands["attitude"]
    assert not distribution_for(bands(5, 13), Sharing(1)).bands["attitude"]
    assert not distribution_for(bands(6, 14), Sharing(2)).bands["attitude"]


def test_a_curve_of_too_few_who_do_not_share_has_no_points_and_no_line_before_it() -> None:
    found = curve({(str(n), p): 2.0 + n % 3 for n in range(12) for p in range(2)})
    found = replace(found, earlier=(found,))
    assert curve_for(found, Sharing(4)) == found
    hidden = curve_for(found, Sharing(5))
    assert hidden.reason is Reason.FEW_OTHERS
    assert (hidden.points, hidden.earlier, hidden.persons) == ((), (), 0)
