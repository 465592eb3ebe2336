"""An attacker who sees every closing and subtracts finds no answer of fewer than a group."""

import random
from dataclasses import replace

import pytest

from analysis.growth import PERSONS_AT_ONCE, CohortGrowth, cohort_growth, settled
from analysis.reader import Sharing, curve_for, may_show, share_for, tally_for
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
    counted = tally(range(persons), [(n, "a") for n in range(4)])
    assert (not tally_for(counted, sharing).withheld) is shown
    assert (share_for(share(persons, 4), sharing) is not None) is shown


def test_a_curve_of_too_few_who_do_not_share_has_no_points_and_no_line_before_it() -> None:
    found = curve({(str(n), p): 2.0 + n % 3 for n in range(12) for p in range(2)})
    found = replace(found, earlier=(found,))
    assert curve_for(found, Sharing(4)) == found
    hidden = curve_for(found, Sharing(5))
    assert (hidden.points, hidden.earlier, hidden.persons) == ((), (), 0)
