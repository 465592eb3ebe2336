"""The frame contracts: what goes in comes out typed; what does not fit is refused by its column."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from analysis.frames import ANSWERS, SCORES, answers_frame, require, with_missed_rounds
from tests.analysis.frames import ON_ONE_LINE, scores_frame

ANSWER: dict[str, Any] = {
    "person": "ana",
    "round": "sep",
    "moment": date(2025, 9, 1),
    "period": 0,
    "months": 0.0,
    "item": "approachable",
    "item_version": "1",
    "anchor": "1",
    "block": "attitude",
    "value": 3,
    "code": None,
}
SCORE: dict[str, Any] = {
    "person": "ana",
    "round": "sep",
    "moment": date(2025, 9, 1),
    "period": 0,
    "months": 0.0,
    "attitude": 3.0,
    "skills": 2.5,
    "knowledge": None,
    "total": 2.8,
    **ON_ONE_LINE,
}


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(column): str(dtype) for column, dtype in frame.dtypes.items()}


def test_answers_come_out_with_the_columns_and_dtypes_of_the_contract() -> None:
    frame = answers_frame([ANSWER | {"extra": "dropped"}])
    assert dtypes(frame) == ANSWERS
    assert frame.loc[0, "moment"] == datetime(2025, 9, 1)  # noqa: DTZ001 - frames hold local days


def test_no_answers_make_an_empty_frame_with_the_same_contract() -> None:
    assert dtypes(answers_frame([])) == ANSWERS


def test_a_code_stays_an_answer_of_its_own_beside_an_empty_level() -> None:
    frame = answers_frame([ANSWER, ANSWER | {"item": "looks", "value": None, "code": "NOT_MET_YET"}])
    assert frame["code"].tolist() == [None, "NOT_MET_YET"]
    assert frame["value"].isna().tolist() == [False, True]


def test_an_unanswered_item_may_stand_as_an_empty_row() -> None:
    assert answers_frame([ANSWER | {"value": None}])["code"].tolist() == [None]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"person": None}, "person"),
        ({"round": None}, "round"),
        ({"moment": None}, "moment"),
        ({"moment": "not a day"}, "moment"),
        ({"period": None}, "period"),
        ({"period": "first"}, "period"),
        ({"period": -1}, "period"),
        ({"months": "four"}, "months"),
        ({"block": "talent"}, "block"),
        ({"value": 0}, "value"),
        ({"value": 5.5}, "value"),
        ({"value": "high"}, "value"),
        ({"value": None, "code": "SKIPPED"}, "code"),
        ({"code": "NOT_MET_YET"}, "code"),
    ],
)
def test_an_answer_outside_the_contract_is_refused_by_column(change: dict[str, Any], column: str) -> None:
    with pytest.raises(ValueError, match=f"answers: column {column} "):
        answers_frame([ANSWER | change])


@pytest.mark.parametrize("column", [*ANSWERS])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(ValueError, match=f"answers: column {column} is missing"):
        answers_frame([{name: value for name, value in ANSWER.items() if name != column}])


def test_an_item_answered_twice_in_one_round_is_refused() -> None:
    with pytest.raises(ValueError, match="answers: column item occurs once"):
        answers_frame([ANSWER, ANSWER | {"value": 4}])


def test_require_names_the_column_that_a_frame_lacks() -> None:
    with pytest.raises(ValueError, match="column total is missing"):
        require(scores_frame([SCORE]).drop(columns="total"), SCORES)


def test_missed_rounds_become_empty_rows_in_order_of_time() -> None:
    rounds = [
        {
            "round": name,
            "moment": date(2025, 1 + place, 1),
            "period": place,
            "months": 4.0 * place,
            **ON_ONE_LINE,
        }
        for place, name in enumerate(("jan", "sep", "jun"))
    ]
    frame = with_missed_rounds(scores_frame([SCORE | {"period": 1}]), rounds)
    assert frame["round"].tolist() == ["jan", "sep", "jun"]
    assert frame["skills"].isna().tolist() == [True, False, True]
    assert dtypes(frame) == SCORES


def test_without_missed_rounds_the_scores_stay_as_they_are() -> None:
    scores = scores_frame([SCORE])
    pd.testing.assert_frame_equal(with_missed_rounds(scores, []), scores)
