"""Growth of one coach: gaps stay gaps, change counts from the first score, one round is no line."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.change import SEM_DEFAULTS, Sem
from analysis.coach import coach_growth
from analysis.results import Reason
from tests.analysis.frames import scores_frame

DAYS = [date(2024, 9, 15), date(2025, 1, 15), date(2025, 6, 15), date(2025, 9, 15)]


def coach_scores(
    attitude: list[float | None],
    skills: list[float | None] | None = None,
    knowledge: list[float | None] | None = None,
    total: list[float | None] | None = None,
    person: str = "ana",
) -> pd.DataFrame:
    """A SCORES frame of one coach; measures that are not given equal the attitude."""
    rows: list[dict[str, Any]] = [
        {"person": person, "round": f"r{n}", "moment": DAYS[n], "period": n, "months": 4.0 * n}
        | {"attitude": value}
        | {"skills": (skills or attitude)[n], "knowledge": (knowledge or attitude)[n]}
        | {"total": (total or attitude)[n]}
        for n, value in enumerate(attitude)
    ]
    return scores_frame(rows)


def test_every_score_carries_its_band_and_a_missed_round_is_a_gap() -> None:
    growth = coach_growth(coach_scores([3.0, None, 3.5]))
    first, gap, last = growth.lines["attitude"].scores
    assert first is not None
    assert last is not None
    assert gap is None
    assert (first.value, first.low, first.high) == pytest.approx((3.0, 3 - 1.39 * 0.23, 3 + 1.39 * 0.23))
    assert growth.rounds == tuple(DAYS[:3])


def test_a_round_without_scores_is_missed_only_when_nothing_was_filled_in() -> None:
    frame = coach_scores([3.0, None, None, 3.5])
    assert coach_growth(frame).missed == ()
    assert coach_growth(frame, missed={"r1"}).missed == (1,)


def test_two_rounds_on_one_day_are_told_apart() -> None:
    frame = coach_scores([3.0, None, 3.5]).assign(moment=pd.Timestamp(DAYS[0]))
    assert coach_growth(frame, missed={"r1"}).missed == (1,)


def test_change_is_the_last_score_against_the_first_of_that_block() -> None:
    line = coach_growth(coach_scores([None, 2.0, 2.4, None], skills=[2, 2, 2, 2])).lines["attitude"]
    assert (line.first, line.last) == (1, 2)
    assert line.change is not None
    assert line.change.difference == pytest.approx(0.4)
    assert line.change.certainty == 0


@pytest.mark.parametrize(("after", "certainty"), [(2.53, 0), (2.55, 90), (2.65, 95), (1.35, 95)])
def test_the_change_of_a_block_is_judged_by_its_own_sem(after: float, certainty: int) -> None:
    change = coach_growth(coach_scores([2.0, after])).lines["attitude"].change
    assert change is not None
    assert change.certainty == certainty


def test_another_sem_gives_another_judgement() -> None:
    quiet = {measure: Sem(0.05, 150) for measure in SEM_DEFAULTS}
    change = coach_growth(coach_scores([2.0, 2.3]), sem=quiet).lines["skills"].change
    assert change is not None
    assert change.certainty == 95


FEW = {"attitude": 3, "skills": 7, "knowledge": 1, "total": 11}
BEHIND = {measure: [number] for measure, number in FEW.items()}


@pytest.mark.parametrize(("items", "certainty"), [(None, 95), (FEW, 0)])
def test_a_profile_with_one_question_on_knowledge_needs_a_larger_step(
    items: dict[str, int] | None, certainty: int
) -> None:
    scores = coach_scores([2.0, 3.0])
    growth = coach_growth(scores, items=BEHIND if items else None)
    change = growth.lines["knowledge"].change
    assert change is not None
    assert change.certainty == certainty
    assert growth.items == items


def test_a_sem_of_nobody_knows_how_many_items_is_not_scaled() -> None:
    quiet = {measure: Sem(0.05, 150) for measure in SEM_DEFAULTS}
    growth = coach_growth(coach_scores([2.0, 2.3]), sem=quiet, items=BEHIND)
    score = growth.lines["knowledge"].scores[0]
    assert score is not None
    assert score.high - score.value == pytest.approx(1.39 * 0.05)
    assert growth.items is None


def test_a_block_without_a_question_that_compares_has_no_score_and_breaks_nothing() -> None:
    growth = coach_growth(
        coach_scores([2.0, 2.3], knowledge=[None, None]), items=BEHIND | {"knowledge": [0], "total": [10]}
    )
    assert growth.lines["knowledge"].scores == (None, None)


@pytest.mark.parametrize("scores", [[], [3.0], [None, 3.0, None], [None, None]])
def test_below_two_rounds_there_is_no_line(scores: list[float | None]) -> None:
    growth = coach_growth(coach_scores(scores))
    assert growth.reason is Reason.FEW_ROUNDS
    assert all(line.change is None for line in growth.lines.values())


def test_the_scores_of_two_coaches_are_refused() -> None:
    both = pd.concat([coach_scores([3.0]), coach_scores([4.0], person="cleo")])
    with pytest.raises(ValueError, match="more than one coach"):
        coach_growth(both)


def test_rounds_may_come_in_any_order() -> None:
    frame = coach_scores([2.0, 2.5, 3.0])
    assert coach_growth(frame.iloc[::-1]) == coach_growth(frame)
