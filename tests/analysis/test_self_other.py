"""Self beside others: blocks only, at least five raters, both with an interval, and no label for anyone."""

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.charts import build
from analysis.results import Reason
from analysis.self_other import RATINGS, self_other
from tests.analysis.frames import TEXTS

OWN = {"attitude": 3.4, "skills": 3.0, "knowledge": 2.7}
FIVE = [3.0, 3.5, 4.0, 2.5, 3.0]
NAN = float("nan")


def ratings(
    attitude: Sequence[float], skills: Sequence[float] | None = None, knowledge: Sequence[float] | None = None
) -> pd.DataFrame:
    rows = {"attitude": attitude, "skills": skills or attitude, "knowledge": knowledge or attitude}
    frame = pd.DataFrame({"rater": [f"r{n}" for n in range(len(attitude))], **rows})
    return frame.astype(dict(RATINGS))


def test_the_mean_of_others_has_its_t_interval() -> None:
    view = self_other(ratings(FIVE), OWN).blocks["attitude"]
    low, high = stats.t.interval(0.95, 4, loc=np.mean(FIVE), scale=stats.sem(FIVE))
    assert view.others is not None
    assert (view.others.value, view.others.low, view.others.high) == pytest.approx((3.2, low, high))
    assert view.raters == 5


def test_the_own_score_has_the_interval_of_its_own_error() -> None:
    own = self_other(ratings(FIVE), OWN).blocks["attitude"].own
    assert own is not None
    assert (own.low, own.high) == pytest.approx((3.4 - 1.96 * 0.23, 3.4 + 1.96 * 0.23), abs=1e-4)


@pytest.mark.parametrize("raters", [0, 1, 4])
def test_below_five_raters_nothing_of_others_is_told_not_even_how_many(raters: int) -> None:
    result = self_other(ratings(FIVE[:raters]), OWN)
    assert result.reason is Reason.FEW_RATERS
    assert {(view.others, view.raters) for view in result.blocks.values()} == {(None, 0)}
    built = build("self_other", ratings(FIVE[:raters]), TEXTS, own=OWN)
    assert (built.drawn, built.table.rows) == (False, ())


def test_a_block_that_too_few_rated_is_withheld_and_the_others_are_not() -> None:
    frame = ratings(FIVE, knowledge=[3.0, NAN, 3.0, 4.0, 3.0])
    result = self_other(frame, OWN)
    assert result.reason is None
    assert result.blocks["knowledge"].others is None
    built = build("self_other", frame, TEXTS, own=OWN)
    assert built.details == ("Bij kennis antwoordden minder dan vijf anderen.",)
    assert built.table.rows[2] == ("Kennis", "2,7 (2,2 tot 3,2)", "te weinig antwoorden", "minder dan vijf")


@pytest.mark.parametrize(("raters", "told"), [(5, "5 tot 9"), (9, "5 tot 9"), (10, "10")])
def test_how_many_is_told_exactly_only_from_ten(raters: int, told: str) -> None:
    table = build("self_other", ratings((FIVE * 2)[:raters]), TEXTS, own=OWN).table
    assert {row[3] for row in table.rows} == {told}


def test_intervals_stay_on_the_scale() -> None:
    view = self_other(ratings([5.0, 5.0, 5.0, 5.0, 1.0]), {"attitude": 4.9}).blocks["attitude"]
    assert view.own is not None
    assert view.others is not None
    assert (view.own.high, view.others.high) == (5.0, 5.0)


@pytest.mark.parametrize("other", [1.0, 5.0])
def test_however_far_apart_nobody_is_labelled(other: float) -> None:
    built = build("self_other", ratings([other] * 6), TEXTS, own=dict.fromkeys(OWN, 6 - other))
    words = " ".join((built.sentence, *built.details, built.source_line)).lower()
    for label in ("overschat", "onderschat", "blinde", "hoger dan", "lager dan", "te hoog", "te laag"):
        assert label not in words
    assert built.sentence == "Zo kijkt u zelf en zo kijken anderen, per blok."


def test_an_own_score_that_is_missing_leaves_a_gap() -> None:
    frame = ratings(FIVE)
    built = build("self_other", frame, TEXTS, own={"attitude": 3.0, "skills": None, "knowledge": NAN})
    own, others = json.loads(built.json)["figure"]["data"]
    assert (len(own["x"]), len(others["x"])) == (1, 3)
    assert {"array", "arrayminus"} <= own["error_x"].keys() & others["error_x"].keys()


@pytest.mark.parametrize("value", [0.9, 5.1])
def test_a_rating_outside_the_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        self_other(ratings([value, *FIVE]), OWN)


def test_a_rater_counts_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        self_other(ratings(FIVE).assign(rater="same"), OWN)


def test_a_missing_block_is_named() -> None:
    with pytest.raises(ValueError, match="skills"):
        self_other(ratings(FIVE).drop(columns="skills"), OWN)
