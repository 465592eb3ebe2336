"""The SEM of a programme's own pairs: how often it calls chance a change, and what a reader is told of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.change import (
    ITEMS_BEHIND_DEFAULTS,
    SEM_DEFAULTS,
    Z90,
    Z95,
    Sem,
    reliable_change,
    sem_for,
    sem_within,
)
from analysis.charts import build, restate
from analysis.coach import coach_growth
from analysis.frames import ITEMS, MEASURES
from tests.analysis.frames import TEXTS, scores_frame
from tests.analysis.test_coach import coach_scores

BEHIND = {"attitude": 6, "skills": 8, "knowledge": 3, "total": 17}
NAMED = {"attitude": "houding", "skills": "vaardigheden", "knowledge": "kennis", "total": "alles samen"}
METHOD = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
NOISY, STEADY = 1.4, 0.45  # how much one answer moves by itself, in levels


def unchanged(coaches: int, rounds: int, noise: float, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Scores of coaches who do not change, coaches × rounds: every item answered anew on five levels."""
    place = rng.normal(3, 0.5, size=(coaches, 1, 1))
    levels = np.clip(np.rint(place + rng.normal(size=(coaches, rounds, 17)) * noise), 1, 5)
    blocks = np.split(levels, [6, 14], axis=2)
    names = ("attitude", "skills", "knowledge")
    return {"total": levels.mean(axis=2)} | {
        name: block.mean(axis=2) for name, block in zip(names, blocks, strict=True)
    }


def as_frame(scores: Mapping[str, np.ndarray], items: Mapping[str, int] | None = None) -> pd.DataFrame:
    coaches, rounds = scores["total"].shape
    frame = scores_frame(
        {measure: scores[measure][coach, place] for measure in MEASURES}
        | {"person": f"p{coach:04}", "round": f"r{place}", "moment": date(2026, 1 + place, 1)}
        | {"period": place, "months": float(place)}
        for coach in range(coaches)
        for place in range(rounds)
    )
    return frame.assign(**{ITEMS[measure]: number for measure, number in (items or {}).items()})


def called(scores: Mapping[str, np.ndarray], measure: str, sem: float) -> float:
    """How many of these coaches, from the first to the second round, are called changed at 90 %."""
    pairs = scores[measure].tolist()
    return float(np.mean([reliable_change(before, after, sem).certainty >= 90 for before, after in pairs]))


@pytest.mark.parametrize("noise", [NOISY, STEADY])
def test_unchanged_coaches_are_called_changed_one_time_in_ten_at_90_percent(noise: float) -> None:
    """Over programmes of a hundred pairs: in one, few scores are possible, and one of them more or less
    makes it 1 in 20 or 1 in 5."""
    rng, rates = np.random.default_rng(20261122), []
    others = unchanged(1000, 2, noise, rng)
    for _ in range(24):
        own = sem_within(as_frame(unchanged(50, 3, noise, rng)))
        assert {sem.pairs for sem in own.values()} == {100}
        rates.append([called(others, measure, own[measure].value) for measure in MEASURES])
    assert np.mean(rates) == pytest.approx(0.10, abs=0.015)
    assert np.mean(rates, axis=0) == pytest.approx([0.10] * len(MEASURES), abs=0.045)
    assert 0.02 < np.min(rates) < np.max(rates) < 0.26


@pytest.mark.parametrize(("noise", "low", "high"), [(NOISY, 0.25, 1.0), (STEADY, 0.0, 0.07)])
def test_the_published_sem_would_call_too_many_or_too_few(noise: float, low: float, high: float) -> None:
    others = unchanged(6000, 2, noise, np.random.default_rng(3))
    assert low < called(others, "total", SEM_DEFAULTS["total"].value) < high


@pytest.mark.parametrize(("measure", "named"), list(NAMED.items()))
def test_the_method_prints_the_published_sem_and_what_it_makes_of_it(measure: str, named: str) -> None:
    sem = SEM_DEFAULTS[measure].value
    cells = (sem, Z90 * np.sqrt(2) * sem, Z95 * np.sqrt(2) * sem)
    numbers = " | ".join(TEXTS.number(float(cell), 2) for cell in cells)
    assert f"| {named} | {ITEMS_BEHIND_DEFAULTS[measure]} | {numbers} |" in METHOD


def test_every_measure_is_the_sd_of_its_own_differences_over_root_two() -> None:
    scores = unchanged(60, 3, NOISY, np.random.default_rng(5))
    found = sem_within(as_frame(scores, BEHIND))
    for measure in MEASURES:
        value = np.diff(scores[measure], axis=1).std(ddof=1) / np.sqrt(2)
        assert found[measure].value == pytest.approx(value)
        assert (found[measure].pairs, found[measure].items) == (120, BEHIND[measure])


def test_one_measure_may_have_pairs_enough_and_another_not() -> None:
    scores = unchanged(100, 2, NOISY, np.random.default_rng(5))
    scores["knowledge"][0, 0] = np.nan
    found = sem_within(as_frame(scores, BEHIND))
    assert found["skills"].pairs == 100
    assert found["skills"].value != SEM_DEFAULTS["skills"].value
    assert (found["knowledge"].value, found["knowledge"].pairs) == (SEM_DEFAULTS["knowledge"].value, 99)


def test_without_a_pair_nobody_knows_how_many_items_there_were() -> None:
    found = sem_within(as_frame(unchanged(5, 1, NOISY, np.random.default_rng(5)), BEHIND))
    assert found["total"] == Sem(SEM_DEFAULTS["total"].value, 0, 0)


@pytest.mark.parametrize(
    ("items", "value"),
    [(8, 0.30), (2, 0.60), (12, 0.30)],  # as estimated; a quarter of the items; more narrow nothing
)
def test_an_own_sem_follows_the_number_of_items(items: int, value: float) -> None:
    assert sem_for("skills", items, Sem(0.30, 140, 8)).value == pytest.approx(value)


OWN = {"skills": Sem(0.10, 132, 8), "total": Sem(0.09, 131, 17)}
ITEMS_NOW = {measure: [number] for measure, number in BEHIND.items()}


def test_a_measure_without_an_own_sem_keeps_the_published_one() -> None:
    growth = coach_growth(coach_scores([2.0, 2.3]), sem=OWN, items=ITEMS_NOW)
    widths = {
        name: line.scores[0].high - line.scores[0].value
        for name, line in growth.lines.items()
        if line.scores[0]
    }
    expected = {"attitude": 0.23, "skills": 0.10, "knowledge": 0.27, "total": 0.09}
    assert widths == pytest.approx({name: 1.39 * sem for name, sem in expected.items()})
    assert (growth.pairs, growth.items) == ({"skills": 132, "total": 131}, None)


def test_fewer_items_than_an_own_sem_was_estimated_on_widen_it_and_that_is_said() -> None:
    growth = coach_growth(coach_scores([2.0, 2.3]), sem=OWN, items=ITEMS_NOW | {"skills": [2]})
    score = growth.lines["skills"].scores[0]
    assert score is not None
    assert score.high - score.value == pytest.approx(1.39 * 0.20)
    assert growth.items == BEHIND | {"skills": 2}


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            OWN,
            "De breedte komt uit antwoorden in dit programma. "
            "Het aantal paren van twee rondes: vaardigheden 132 en alles samen 131. ",
        ),
        ({}, ""),
    ],
)
def test_the_source_line_says_so_when_the_programme_has_its_own(own: Mapping[str, Sem], says: str) -> None:
    built = build("coach_growth", coach_scores([2.0, 2.3]), TEXTS, sem=own, items=ITEMS_NOW, missed={"r1"})
    band = "De brede streep: zo veel schommelt een score ook als er niets verandert (84%). "
    assert built.source_line == f"{band}{says}Niet ingevuld: januari 2025."
    assert restate("shared_growth", built.result, TEXTS).source_line == built.source_line


def test_the_same_scores_are_growth_or_chance_by_the_sem_in_force() -> None:
    frame = coach_scores([2.0, 2.3])
    assert (
        build("coach_growth", frame, TEXTS).sentence == "We zien geen verandering die groter is dan toeval."
    )
    own = build("coach_growth", frame, TEXTS, sem=OWN)
    assert own.sentence == "Uw vaardigheden groeiden meer dan toeval kan verklaren."
    assert [row[2] for row in own.table.rows] == ["2,0 ± 0,1", "2,3 ± 0,1"]
