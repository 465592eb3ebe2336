"""Block scores against tables worked by hand: both rules of enough, the non-scores, what is filled in."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import SCORES, answers_frame
from analysis.scoring import block_scores, common_items

ITEMS = {
    "attitude": [f"A{n}" for n in range(1, 7)],
    "skills": [f"S{n}" for n in range(1, 9)],
    "knowledge": [f"K{n}" for n in range(1, 4)],
}
ALL = [item for items in ITEMS.values() for item in items]
BLOCK = {item: block for block, items in ITEMS.items() for item in items}
CODES = {"-": "NOT_IN_ASSIGNMENT", "?": "NOT_MET_YET"}
NAN = float("nan")


def answers(person: str, marks: str, round_id: str = "sep", period: int = 0) -> list[dict[str, Any]]:
    """A mark per item: a level, "-" not in my assignment, "?" not met yet, "." no answer."""
    return [
        {
            "person": person,
            "round": round_id,
            "moment": date(2025, 9, 1),
            "period": period,
            "months": 4.0 * period,
            "item": item,
            "item_version": "1",
            "block": BLOCK[item],
            "value": int(mark) if mark.isdigit() else None,
            "code": CODES.get(mark),
        }
        for item, mark in zip(ALL, marks.replace(" ", ""), strict=True)
        if mark != "."
    ]


def score(marks: str, **options: Any) -> list[float]:
    frame = block_scores(answers_frame(answers("ana", marks)), ITEMS, **options)
    return [float(frame.loc[0, measure]) for measure in ("attitude", "skills", "knowledge", "total")]


@pytest.mark.parametrize(
    ("marks", "attitude", "skills", "knowledge", "total"),
    [
        # all answered
        ("333333 22222222 444", 3, 2, 4, 46 / 17),
        # half of a block is enough: 3 of 6, 4 of 8, 2 of 3; the total has 9 of 17, too few
        ("345... 2345.... 24.", 4, 3.5, 3, NAN),
        # below half of a block: 2 of 6, 3 of 8, 1 of 3
        ("34.... 234..... 2..", NAN, NAN, NAN, NAN),
        # the total needs four fifths: 14 of 17 is enough, 13 is not
        ("333333 33333333 ...", 3, 3, NAN, 3),
        ("333333 3333333. ...", 3, 3, NAN, NAN),
        # not in my assignment leaves the block: 2 of 4 remaining
        ("24--.. 33333333 333", 3, 3, 3, 3),
        # a whole block outside the assignment has no score and does not count for the total
        ("------ 22222222 222", NAN, 2, 2, 2),
        # not met yet stays in the denominator: 3 of 6 levels, then 2 of 6
        ("345??? 33333333 333", 4, 3, 3, 45 / 14),
        ("34???? 33333333 333", NAN, 3, 3, NAN),
        # both: one outside, two unmet, three levels of five
        ("345-?? 33333333 333", 4, 3, 3, 45 / 14),
        # codes only: no level anywhere
        ("------ ???????? -?-", NAN, NAN, NAN, NAN),
    ],
)
def test_scores_of_one_person_follow_the_table(
    marks: str, attitude: float, skills: float, knowledge: float, total: float
) -> None:
    assert score(marks) == pytest.approx([attitude, skills, knowledge, total], nan_ok=True)


def test_a_missing_item_is_filled_in_as_item_mean_plus_the_deviation_of_the_person() -> None:
    # A1..A6 mean 1..4 in the group; Ana is 1 above it on A1..A4, so A5 and A6 count as 4 + 1 and 2 + 1.
    means = pd.Series({"A1": 1.0, "A2": 2.0, "A3": 3.0, "A4": 4.0, "A5": 4.0, "A6": 2.0})
    found = score("2345.. 33333333 333", item_means=means)
    assert found[0] == pytest.approx((2 + 3 + 4 + 5 + 5 + 3) / 6)


def test_an_item_not_met_yet_is_never_filled_in() -> None:
    means = pd.Series({"A1": 1.0, "A2": 1.0, "A3": 1.0, "A4": 3.0, "A5": 3.0, "A6": 3.0})
    assert score("222??? 33333333 333", item_means=means)[0] == pytest.approx(2)
    assert score("222... 33333333 333", item_means=means)[0] == pytest.approx((3 * 2 + 3 * 4) / 6)


def test_what_is_filled_in_stays_on_the_scale() -> None:
    means = pd.Series({"A1": 2.0, "A2": 2.0, "A3": 2.0, "A4": 4.0, "A5": 4.0, "A6": 4.0})
    assert score("555... 33333333 333", item_means=means)[0] == 5


def test_an_item_without_a_reference_mean_is_not_filled_in() -> None:
    means = pd.Series({"A1": 2.0, "A2": 2.0, "A3": 2.0, "A4": 1.0})
    # Deviation +1 on A1..A3, so A4 counts as 2; A5 and A6 have no mean and stay out.
    assert score("333... 33333333 333", item_means=means)[0] == pytest.approx((3 * 3 + 2) / 4)


def test_the_total_is_filled_in_from_all_blocks() -> None:
    means = pd.Series(3.0, index=ALL)
    found = score("444444 44444444 ...", item_means=means)
    assert found[3] == pytest.approx(4)


def test_eight_persons_in_a_round_are_their_own_reference() -> None:
    # Seven others answer A6 with 1 and the rest with 3; Ana answers 3 and leaves A6 open.
    rows = [row for n in range(7) for row in answers(f"p{n}", "333331 33333333 333")]
    frame = answers_frame([*rows, *answers("ana", "33333. 33333333 333")])
    ana = block_scores(frame, ITEMS).set_index("person").loc["ana"]
    assert ana["attitude"] == pytest.approx((5 * 3 + 1) / 6)


def test_seven_persons_are_no_reference() -> None:
    rows = [row for n in range(6) for row in answers(f"p{n}", "333331 33333333 333")]
    frame = answers_frame([*rows, *answers("ana", "33333. 33333333 333")])
    assert block_scores(frame, ITEMS).set_index("person").loc["ana", "attitude"] == pytest.approx(3)


def test_rounds_do_not_serve_as_reference_for_each_other() -> None:
    full = [row for n in range(8) for row in answers(f"p{n}", "111111 11111111 111")]
    later = answers("ana", "55555. 55555555 555", "jan", 1)
    scores = block_scores(answers_frame([*full, *later]), ITEMS).set_index("person")
    assert scores.loc["ana", "attitude"] == pytest.approx(5)


def test_items_that_are_not_rated_do_not_count() -> None:
    attendance = answers("ana", "333333 33333333 333")[0] | {"item": "takes_part", "value": 5}
    frame = answers_frame([*answers("ana", "333333 33333333 333"), attendance])
    assert block_scores(frame, ITEMS)["total"].tolist() == [3.0]


def test_no_answers_give_no_scores() -> None:
    frame = block_scores(answers_frame([]), ITEMS)
    assert {str(column): str(dtype) for column, dtype in frame.dtypes.items()} == SCORES
    assert frame.empty


def test_round_period_and_months_travel_with_the_scores() -> None:
    scores = block_scores(answers_frame(answers("ana", "333333 33333333 333", "jan", 1)), ITEMS)
    assert scores.loc[0, ["person", "round", "period", "months"]].tolist() == ["ana", "jan", 1, 4.0]


def test_a_frame_without_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="column value is missing"):
        block_scores(answers_frame([]).drop(columns="value"), ITEMS)


def test_an_item_with_a_new_wording_leaves_the_common_items() -> None:
    before = answers("ana", "333333 33333333 333")
    after = answers("ana", "333333 33333333 333", "jan", 1)
    after[0]["item_version"] = "2"
    assert common_items(answers_frame(before + after), ITEMS) == ITEMS | {"attitude": ITEMS["attitude"][1:]}


def test_an_easier_new_wording_fakes_growth_that_the_common_items_do_not_show() -> None:
    before = answers("ana", "222222 22222222 222")
    after = answers("ana", "555222 22222222 222", "jan", 1)
    for row in after[:3]:
        row["item_version"] = "2"
    frame = answers_frame(before + after)
    assert block_scores(frame, ITEMS)["attitude"].diff().iloc[1] == pytest.approx(1.5)
    assert block_scores(frame, common_items(frame, ITEMS))["attitude"].diff().iloc[1] == pytest.approx(0)


marks = st.lists(st.sampled_from("123-?."), min_size=17, max_size=17).map("".join)


@settings(deadline=None, max_examples=20)
@given(marks)
def test_a_constant_on_every_level_moves_every_score_by_it(pattern: str) -> None:
    raised = "".join(str(int(mark) + 2) if mark.isdigit() else mark for mark in pattern)
    pair = answers("ana", pattern), answers("ana", raised)
    low, high = (block_scores(answers_frame(rows), ITEMS) for rows in pair)
    measures = ["attitude", "skills", "knowledge", "total"]
    pd.testing.assert_frame_equal(high[measures], low[measures] + 2)


@settings(deadline=None, max_examples=12)
@given(st.permutations(range(9)), st.lists(marks, min_size=9, max_size=9))
def test_the_order_of_persons_changes_nothing(order: list[int], patterns: list[str]) -> None:
    rows = [answers(f"p{n}", pattern) for n, pattern in enumerate(patterns)]
    straight = block_scores(answers_frame([row for each in rows for row in each]), ITEMS)
    shuffled = block_scores(answers_frame([row for n in order for row in rows[n]]), ITEMS)
    pd.testing.assert_frame_equal(
        straight.sort_values("person", ignore_index=True), shuffled.sort_values("person", ignore_index=True)
    )
