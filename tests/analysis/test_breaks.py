"""No number goes over a break: other questions make another line, and easier questions fake no growth."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.change import SEM_DEFAULTS, mean_change, sem_within
from analysis.coach import coach_growth
from analysis.frames import BLOCKS, BrokenLine, answers_frame, by_line
from analysis.growth import cohort_growth
from analysis.scoring import block_scores
from tests.analysis.frames import scores_frame
from tests.analysis.simulate import Truth, cohort_frame, scores_of

ITEMS = {"attitude": ["a1", "a2"], "skills": ["s1", "s2"], "knowledge": ["k1", "k2"]}
ALL = [item for items in ITEMS.values() for item in items]
ROUNDS = ("jan", "jun", "sep")
Lines = dict[str, list[tuple[list[str], list[str]]]]


def lines(*segments: tuple[list[str], set[str]]) -> Lines:
    """Every measure on the same segments: rounds with the items that compare over them."""
    return {
        measure: [(rounds, [item for item in items if item in common]) for rounds, common in segments]
        for measure, items in (ITEMS | {"total": ALL}).items()
    }


def answers(levels: dict[str, int], changed: set[str], person: str = "ana") -> list[dict[str, Any]]:
    """Every item on the level of its round; since September these items are asked in other words."""
    return [
        {"person": person, "round": name, "moment": date(2026, 1 + 4 * period, 1), "period": period}
        | {"months": 4.0 * period, "item": item, "block": block, "value": levels[name], "code": None}
        | dict.fromkeys(("anchor", "item_version"), "2" if item in changed and name == "sep" else "1")
        for period, name in enumerate(ROUNDS)
        for block, items in ITEMS.items()
        for item in items
    ]


LEVELS = {"jan": 2, "jun": 3, "sep": 5}
BROKEN = lines((["jan", "jun"], {*ALL}), (["sep"], {*ALL}))


def test_each_line_is_scored_by_itself() -> None:
    scores = block_scores(answers_frame(answers(LEVELS, {*ALL})), BROKEN)
    assert scores["total"].tolist() == [2, 3, 5]
    assert scores["total_segment"].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("changed", "segments", "september"),
    [
        (set(), lines(([*ROUNDS], {*ALL})), 4),  # a2 was two levels above a1, so it counts as 5 beside 3
        ({*ALL}, BROKEN, 3),  # what was answered to other words says nothing about it
    ],
)
def test_an_open_item_is_filled_in_from_its_own_line_only(
    changed: set[str], segments: Lines, september: float
) -> None:
    rows = [
        row | {"value": row["value"] + 2 * (row["item"] == "a2")}
        for row in answers({"jan": 2, "jun": 2, "sep": 3}, changed)
        if (row["round"], row["item"]) != ("sep", "a2")
    ]
    assert block_scores(answers_frame(rows), segments)["attitude"].tolist() == [3, 3, september]


@pytest.mark.parametrize("measure", ["attitude", "total"])
def test_reworded_answers_on_one_line_are_an_error_and_no_number(measure: str) -> None:
    with pytest.raises(BrokenLine, match="reworded within a line: a1"):
        block_scores(answers_frame(answers(LEVELS, {"a1"})), {measure: [([*ROUNDS], ["a1", "a2"])]})


def test_other_words_that_mean_the_same_are_one_line() -> None:
    rows = [row | {"item_version": row["round"]} for row in answers(LEVELS, set())]
    scores = block_scores(answers_frame(rows), lines(([*ROUNDS], {*ALL})))
    assert scores["total_segment"].tolist() == [0, 0, 0]


def cohort_on_two_lines() -> pd.DataFrame:
    frame = cohort_frame(*scores_of(Truth(), np.random.default_rng(1)))
    return frame.assign(total_segment=(frame["period"] >= 3).astype("int64"))


def test_a_curve_over_a_break_is_an_error_and_no_number() -> None:
    frame = cohort_on_two_lines()
    with pytest.raises(BrokenLine, match="several lines"):
        cohort_growth(frame)
    before, after = (cohort_growth(line) for line in by_line(frame, "total"))
    assert [point.period for point in before.points] == [0, 1, 2]
    assert [point.period for point in after.points] == [3, 4, 5]


def test_a_score_that_is_missing_breaks_no_curve() -> None:
    frame = cohort_on_two_lines()
    frame.loc[frame["total_segment"] == 1, "total"] = np.nan
    assert len(cohort_growth(frame).points) == 3


def test_without_scores_there_is_one_empty_line() -> None:
    (line,) = by_line(scores_frame([]), "total")
    assert line.empty


def rows_of(*segments: int) -> Iterator[dict[str, Any]]:
    """120 people whose skills move a little in round one and jump by two in round two."""
    rng = np.random.default_rng(2)
    for n, (small, start) in enumerate(rng.normal(0, 0.1, (120, 2))):
        for period, (score, segment) in enumerate(
            zip((3 + start, 3 + small, 5 + rng.normal(0, 0.1)), segments, strict=True)
        ):
            yield {
                **dict.fromkeys(("attitude", "skills", "knowledge", "total"), score),
                "person": f"p{n}",
                "round": f"r{period}",
                "moment": date(2026, 1 + period, 1),
                "period": period,
                "months": float(period),
                "skills_segment": segment,
                **dict.fromkeys(("attitude_segment", "knowledge_segment", "total_segment"), 0),
            }


def test_the_error_within_persons_is_never_taken_over_a_break() -> None:
    found = sem_within(scores_frame(rows_of(0, 0, 1)))
    assert found["skills"].pairs == 120
    assert found["attitude"].pairs == 240
    assert found["skills"].value == pytest.approx(0.1, abs=0.02)
    assert sem_within(scores_frame(rows_of(0, 1, 2)))["skills"] == SEM_DEFAULTS["skills"]


def coach(values: list[float], segments: list[int]) -> pd.DataFrame:
    return scores_frame(
        {
            **dict.fromkeys((*BLOCKS, "total"), value),
            **dict.fromkeys((f"{measure}_segment" for measure in (*BLOCKS, "total")), segment),
            "person": "ana",
            "round": f"r{n}",
            "moment": date(2026, 1 + n, 1),
            "period": n,
            "months": float(n),
        }
        for n, (value, segment) in enumerate(zip(values, segments, strict=True))
    )


@pytest.mark.parametrize(
    ("values", "segments", "between"),
    [
        ([2, 2.5, 4, 4.1], [0, 0, 1, 1], (2, 3)),  # the jump at the break is no change
        ([2, 2.5, 4], [0, 0, 1], None),  # one round on the new line: nothing to compare
        ([2, 2.5, 4], [0, 0, 0], (0, 2)),
    ],
)
def test_a_coach_changes_on_the_newest_line_only(
    values: list[float], segments: list[int], between: tuple[int, int] | None
) -> None:
    line = coach_growth(coach(values, segments)).lines["skills"]
    assert line.segments == tuple(segments)
    assert ((line.first, line.last) if line.change else None) == between


def test_the_band_is_that_of_the_items_on_each_line() -> None:
    measures = (*BLOCKS, "total")
    line = coach_growth(coach([2, 4], [0, 1]), items={key: [8, 2] for key in measures}).lines["skills"]
    widths = [score.high - score.low for score in line.scores if score]
    assert widths[1] == pytest.approx(2 * widths[0]), "a quarter of the items, twice the band"


# Nobody grows; in round two 5 of 18 items are replaced by ones that are half a level easier.
PEOPLE, EASIER = 1500, {"a1", "a2", "s1", "s2", "k1"}
EIGHTEEN = {
    "attitude": [f"a{n}" for n in range(1, 7)],
    "skills": [f"s{n}" for n in range(1, 9)],
    "knowledge": [f"k{n}" for n in range(1, 5)],
}


def sharpened() -> pd.DataFrame:
    rng = np.random.default_rng(18)
    person, item = rng.normal(2.8, 0.4, PEOPLE), rng.normal(0, 0.2, 18)
    keys = [(key, block) for block, found in EIGHTEEN.items() for key in found]
    easier = np.array([0.5 if key in EASIER else 0.0 for key, _ in keys])
    frames = []
    for period in (0, 1):
        felt = person[:, None] + item + easier * period + rng.normal(0, 0.4, (PEOPLE, 18))
        levels = np.clip(np.round(felt), 1, 5)
        for column, (key, block) in enumerate(keys):
            anchor = "2" if period and key in EASIER else "1"
            frames.append(
                pd.DataFrame(
                    {"person": [f"p{n:04}" for n in range(PEOPLE)], "value": levels[:, column]}
                ).assign(
                    round=f"r{period}",
                    period=period,
                    months=4.0 * period,
                    moment=pd.Timestamp(2026, 1, 1),
                    item=key,
                    block=block,
                    anchor=anchor,
                    item_version=anchor,
                    code=None,
                )
            )
    return pd.concat(frames, ignore_index=True)


def growth_over(frame: pd.DataFrame, kept: set[str]) -> float:
    """The mean change of the total over one line with these items."""
    items = {block: [key for key in found if key in kept] for block, found in EIGHTEEN.items()}
    items["total"] = [key for found in items.values() for key in found]
    scores = block_scores(frame, {measure: [(["r0", "r1"], found)] for measure, found in items.items()})
    wide = scores.pivot(index="person", columns="period", values="total")
    return mean_change(wide[0], wide[1]).value


def test_five_of_eighteen_easier_items_fake_nothing() -> None:
    frame, every = sharpened(), {key for found in EIGHTEEN.values() for key in found}
    assert growth_over(frame, every - EASIER) == pytest.approx(0.00, abs=0.02), "anchors only"
    assert growth_over(frame.assign(anchor="1"), every) == pytest.approx(0.14, abs=0.02), "as if undeclared"
    with pytest.raises(BrokenLine):
        growth_over(frame, every)
