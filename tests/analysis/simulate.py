"""Cohorts with a known truth: coaches differ, grow at their own pace, leave sooner after a low score."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

START = 2.6
MONTHS_BETWEEN = 4.0


@dataclass(frozen=True)
class Truth:
    """Growth over all rounds, spread of start and growth between coaches, noise, and how drop-out works.

    With `shift_sd` each coach takes another measure from some round on: a step that differs per coach, up
    for one and down for another, while nothing about anybody changed.
    """

    growth: float = 0.5
    coaches: int = 20
    rounds: int = 6
    start_sd: float = 0.45
    growth_sd: float = 0.30
    noise: float = 0.20
    leave_at_start_level: float = 0.11
    leave_steepness: float = 2.5
    shift_sd: float = 0.0


def scores_of(truth: Truth, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Total scores (coaches × rounds) and which of them were given; drop-out looks at the last score only."""
    time = np.linspace(0, 1, truth.rounds)
    person = rng.normal(size=(truth.coaches, 1, 2)) * [truth.start_sd, truth.growth_sd]
    scores = START + person[..., 0] + (truth.growth + person[..., 1]) * time
    scores += rng.normal(size=scores.shape) * truth.noise
    if truth.shift_sd:
        since = rng.integers(1, truth.rounds, size=(truth.coaches, 1))
        step = rng.normal(size=(truth.coaches, 1)) * truth.shift_sd
        scores += step * (np.arange(truth.rounds) >= since)
    odds = truth.leave_at_start_level / (1 - truth.leave_at_start_level)
    leaves = 1 / (1 + np.exp(truth.leave_steepness * (scores - START)) / odds)
    stays = np.ones(scores.shape, dtype=bool)
    stays[:, 1:] = (rng.random((truth.coaches, truth.rounds - 1)) > leaves[:, :-1]).cumprod(axis=1)
    return scores, stays


def cohort_frame(scores: np.ndarray, seen: np.ndarray) -> pd.DataFrame:
    """The columns of SCORES that the cohort model reads, one row per score given."""
    person, period = np.nonzero(seen)
    return pd.DataFrame(
        {
            "person": person,
            "period": period,
            "months": MONTHS_BETWEEN * period,
            "total": scores[person, period],
            "total_segment": 0,
        }
    )


def raw_growth(scores: np.ndarray, seen: np.ndarray) -> float:
    """What the mean of whoever answered would call growth."""
    return float(scores[seen[:, -1], -1].mean() - scores[:, 0].mean())


def cohort(seed: int = 1, raise_by: float = 0.0, **truth: Any) -> pd.DataFrame:
    """Twenty coaches in four rounds, nearly all of whom stay; they grow by `raise_by` a round more."""
    options = {"leave_at_start_level": 1e-9, "coaches": 20, "rounds": 4} | truth
    frame = cohort_frame(*scores_of(Truth(**options), np.random.default_rng(seed)))
    return frame.assign(total=frame["total"] + raise_by * frame["period"])
