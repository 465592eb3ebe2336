"""Numbers of the simulated checks: most people are content, a few talks go wrong."""

from collections import defaultdict

import numpy as np
import pytest

from tests.survey.demo.conftest import Rows


@pytest.fixture(scope="module")
def series(rows: Rows) -> list[list[int]]:
    """The sums of every person asked, oldest first."""
    found = defaultdict(list)
    for row in rows(
        "SELECT l.informant_id, sum(a.value) AS total FROM checkin k "
        "JOIN checkin_link l ON l.id = k.link_id JOIN checkin_answer a ON a.checkin_id = k.id "
        "GROUP BY k.id, l.informant_id ORDER BY k.answered_at"
    ):
        found[row["informant_id"]].append(row["total"])
    return list(found.values())


def test_the_mean_sum_is_near_13_of_16(series: list[list[int]]) -> None:
    assert np.mean(np.concatenate(series)) == pytest.approx(13, abs=0.4)


def test_one_person_varies_by_one_and_a_half_to_two_points(series: list[list[int]]) -> None:
    several = [sums for sums in series if len(sums) > 1]
    squares = sum(np.var(sums) * len(sums) for sums in several)
    within = np.sqrt(squares / sum(len(sums) - 1 for sums in several))
    assert 1.5 < within < 2


def test_most_answers_stand_at_the_top(rows: Rows) -> None:
    found = rows("SELECT value, count(*) AS n FROM checkin_answer GROUP BY value ORDER BY value")
    numbers = [row["n"] for row in found]
    assert [row["value"] for row in found] == [0, 1, 2, 3, 4]
    assert numbers == sorted(numbers)
    assert numbers[3] + numbers[4] > 0.8 * sum(numbers)


def test_some_talks_fall_far_below_what_is_usual_for_the_person(series: list[list[int]]) -> None:
    drops = [
        np.mean(sums[:at]) - sums[at] >= (3 if at > 1 else 4) for sums in series for at in range(1, len(sums))
    ]
    assert 0.05 < np.mean(drops) < 0.15


def test_every_check_has_all_four_answers(rows: Rows) -> None:
    assert not rows(
        "SELECT k.id FROM checkin k LEFT JOIN checkin_answer a ON a.checkin_id = k.id "
        "GROUP BY k.id HAVING count(a.item) <> 4"
    )


def test_some_links_were_declined_and_some_never_answered(rows: Rows) -> None:
    found = rows(
        "SELECT count(*) AS asked, count(k.id) AS answered, count(l.declined_at) AS declined "
        "FROM checkin_link l LEFT JOIN checkin k ON k.link_id = l.id"
    )[0]
    assert 0.8 < found["answered"] / found["asked"] < 0.9
    assert 0.03 < found["declined"] / found["asked"] < 0.08
