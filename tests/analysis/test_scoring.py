"""Block scores against tables worked by hand: both rules of enough, the non-scores, what is filled in."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import SCORES, answers_frame
from analysis.scoring import block_scores

ITEMS = {
    "attitude": [f"A{n}" for n in range(1, 7)],
    "skills": [f"S{n}" for n in range(1, 9)],
    "knowledge": [f"K{n}" for n in range(1, 4)],
}
ALL = [item for items in ITEMS.values() for item in items]
LINES = {
    measure: [(["sep", "jan", *(f"r{n}" for n in range(9))], items)]
    for measure, items in (ITEMS | {"total": ALL}).items()
}
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
            "anchor": "1",
            "block": BLOCK[item],
            "value": int(mark) if mark.isdigit() else None,
            "code": CODES.get(mark),
        }
        for item, mark in zip(ALL, marks.replace(" ", ""), strict=True)
        if mark != "."
    ]


def score(marks: str, *others: str) -> list[float]:
    """The scores of the round with these marks, beside other rounds of the same person."""
    rows = [row for n, each in enumerate((marks, *others)) for row in answers("ana", each, f"r{n}", n)]
    first = block_scores(answers_frame(rows), LINES).query("round == 'r0'").iloc[0]
    return [float(score) for score in first[["attitude", "skills", "knowledge", "total"]]]


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


REST = "33333333 333"


@pytest.mark.parametrize(
    ("marks", "others", "attitude"),
    [
        # no other round: the mean of what was answered
        ("2345..", (), 14 / 4),
        # one other round, one level lower on the answered items: 4 + 1 and 2 + 1 for the missing ones
        ("2345..", ("123442",), (2 + 3 + 4 + 5 + 5 + 3) / 6),
        # the same items in two other rounds count by their mean: A5 3.5 + .5, A6 2.5 + .5
        ("2345..", ("123442", "234533"), (2 + 3 + 4 + 5 + 4 + 3) / 6),
        # an item without a level in any other round stays out
        ("2345..", ("12344.",), (2 + 3 + 4 + 5 + 5) / 5),
        ("2345..", ("12344?",), (2 + 3 + 4 + 5 + 5) / 5),
        # not met yet is never filled in
        ("222???", ("111333",), 2),
        ("222...", ("111333",), (3 * 2 + 3 * 4) / 6),
        # what is filled in stays on the scale
        ("555...", ("222444",), 5),
        ("111...", ("444222",), 1),
    ],
)
def test_a_missing_item_is_filled_in_from_the_other_rounds_of_the_person(
    marks: str, others: tuple[str, ...], attitude: float
) -> None:
    found = score(f"{marks} {REST}", *(f"{other} {REST}" for other in others))
    assert found[0] == pytest.approx(attitude)


def test_the_total_is_filled_in_from_all_blocks() -> None:
    # One level above the other round on attitude and skills, so the three of knowledge count as 3 + 1.
    assert score("444444 44444444 ...", "333333 33333333 333")[3] == pytest.approx(4)


def test_a_low_item_left_open_fakes_no_growth() -> None:
    rows = [*answers("ana", "333331 33333333 333"), *answers("ana", "33333. 33333333 333", "jan", 1)]
    scores = block_scores(answers_frame(rows), LINES)
    assert scores["attitude"].diff().iloc[1] == pytest.approx(0)
    assert scores["total"].diff().iloc[1] == pytest.approx(0)


def test_a_score_does_not_depend_on_what_others_answered() -> None:
    mine = [*answers("ana", "33333. 33333333 333"), *answers("ana", "44444. 44444444 444", "jan", 1)]
    others = [row for n in range(20) for row in answers(f"p{n}", "333331 33333333 333")]
    alone, among = (block_scores(answers_frame(rows), LINES) for rows in (mine, mine + others))
    pd.testing.assert_frame_equal(alone, among[among["person"] == "ana"])


def test_items_that_are_not_rated_do_not_count() -> None:
    attendance = answers("ana", "333333 33333333 333")[0] | {"item": "takes_part", "value": 5}
    frame = answers_frame([*answers("ana", "333333 33333333 333"), attendance])
    assert block_scores(frame, LINES)["total"].tolist() == [3.0]


def test_no_answers_give_no_scores() -> None:
    frame = block_scores(answers_frame([]), LINES)
    assert {str(column): str(dtype) for column, dtype in frame.dtypes.items()} == SCORES
    assert frame.empty


def test_round_period_and_months_travel_with_the_scores() -> None:
    scores = block_scores(answers_frame(answers("ana", "333333 33333333 333", "jan", 1)), LINES)
    assert list(scores.iloc[0][["person", "round", "period", "months"]]) == ["ana", "jan", 1, 4.0]


def test_a_frame_without_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="column value is missing"):
        block_scores(answers_frame([]).drop(columns="value"), LINES)


marks = st.lists(st.sampled_from("123-?."), min_size=17, max_size=17).map("".join)


@settings(deadline=None, max_examples=20)
@given(marks)
def test_a_constant_on_every_level_moves_every_score_by_it(pattern: str) -> None:
    raised = "".join(str(int(mark) + 2) if mark.isdigit() else mark for mark in pattern)
    pair = answers("ana", pattern), answers("ana", raised)
    low, high = (block_scores(answers_frame(rows), LINES) for rows in pair)
    measures = ["attitude", "skills", "knowledge", "total"]
    pd.testing.assert_frame_equal(high[measures], low[measures] + 2)


@settings(deadline=None, max_examples=12)
@given(st.permutations(range(9)), st.lists(marks, min_size=9, max_size=9))
def test_the_order_of_persons_changes_nothing(order: list[int], patterns: list[str]) -> None:
    rows = [answers(f"p{n}", pattern) for n, pattern in enumerate(patterns)]
    straight = block_scores(answers_frame([row for each in rows for row in each]), LINES)
    shuffled = block_scores(answers_frame([row for n in order for row in rows[n]]), LINES)
    pd.testing.assert_frame_equal(
        straight.sort_values("person", ignore_index=True), shuffled.sort_values("person", ignore_index=True)
    )
