"""Numbers of the simulated checks: talks please most people, how things are lies in the middle."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pytest

from survey.questionnaire.vocabulary import Family
from tests.survey.demo.conftest import Rows

Series = Mapping[str, list[list[int]]]
FORMS = [f"{family}-{who}" for family in Family for who in ("parent", "pupil", "teacher")]


@pytest.fixture(scope="module")
def series(rows: Rows) -> Series:
    """By form the sums of every person asked, oldest first."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows(
        "SELECT l.form, l.informant_id, sum(a.value) AS total FROM checkin k "
        "JOIN checkin_link l ON l.id = k.link_id JOIN checkin_answer a ON a.checkin_id = k.id "
        "GROUP BY k.id, l.form, l.informant_id ORDER BY k.answered_at"
    ):
        found[row["form"], row["informant_id"]].append(row["total"])
    by_form: defaultdict[str, list[list[int]]] = defaultdict(list)
    for (form, _who), sums in found.items():
        by_form[form].append(sums)
    return by_form


def test_parents_answer_near_14_after_a_talk_and_near_9_in_a_month(series: Series) -> None:
    means = {form: np.mean(np.concatenate(series[form])) for form in FORMS}
    assert means["relationship-parent"] == pytest.approx(14, abs=0.3)
    assert means["wellbeing-parent"] == pytest.approx(9.4, abs=0.6)
    assert all(12 < means[form] < 14.5 for form in FORMS[:3])
    assert all(8.5 < means[form] < 10 for form in FORMS[3:])


@pytest.mark.parametrize(
    ("family", "low", "high"), [(Family.RELATIONSHIP, 1.5, 2.1), (Family.WELLBEING, 2, 2.6)]
)
def test_one_person_varies_as_people_do(series: Series, family: Family, low: float, high: float) -> None:
    several = [sums for who in ("parent", "pupil", "teacher") for sums in series[family.form_for(who)]]
    several = [sums for sums in several if len(sums) > 1]
    squares = sum(np.var(sums) * len(sums) for sums in several)
    assert low < np.sqrt(squares / sum(len(sums) - 1 for sums in several)) < high


def test_most_answers_about_a_talk_stand_at_the_top(rows: Rows) -> None:
    found = rows(
        "SELECT value, count(*) AS n FROM checkin_answer WHERE item LIKE 'w%' GROUP BY value ORDER BY value"
    )
    numbers = [row["n"] for row in found]
    assert [row["value"] for row in found] == [0, 1, 2, 3, 4]
    assert numbers == sorted(numbers)
    assert numbers[3] + numbers[4] > 0.8 * sum(numbers)


def test_some_talks_fall_far_below_what_is_usual_for_the_person(series: Series) -> None:
    drops = [
        np.mean(sums[:at]) - sums[at] >= (3 if at > 1 else 4)
        for form in FORMS[:3]
        for sums in series[form]
        for at in range(1, len(sums))
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
