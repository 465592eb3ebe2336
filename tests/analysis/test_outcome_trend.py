"""Told shares over the years: compared only where the wording is, and never surer than rounding allows."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.charts import BuiltChart, build
from analysis.outcome import Group, Statement
from analysis.outcome_trend import Behind, Difference, Year, behind, bounds, trend
from analysis.shares import count, step, told
from tests.analysis.frames import TEXTS
from tests.analysis.test_outcome import statement


def year(of: int, shares: Mapping[str, float | None], persons: int = 60, **anchors: str) -> Year:
    found = tuple(statement(key, share, persons, 120) for key, share in shares.items())
    group = Group("Heel het programma", count(persons), count(120), found)
    return Year(date(of, 6, 20), anchors.pop("version", "1.0"), group, dict.fromkeys(shares, "1.0") | anchors)


def chart(*years: Year) -> BuiltChart:
    return build("evaluation_trend", years, TEXTS, people="ouders")


def only(*years: Year) -> Difference | None:
    (line,) = trend(years, people="ouders").lines
    return line.difference


@pytest.mark.parametrize(
    ("yes", "of", "before", "among"), [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20)]
)
def test_of_exact_shares_the_interval_is_that_of_newcombe(yes: int, of: int, before: int, among: int) -> None:
    low, high = confint_proportions_2indep(yes, of, before, among, method="newcomb", compare="diff")
    first, second = (Behind(k / n, k / n, n) for k, n in ((before, among), (yes, of)))
    assert bounds(first, second) == pytest.approx((low, high), abs=1e-6)


def test_the_published_example_of_newcombe() -> None:
    found = bounds(Behind(48 / 80, 48 / 80, 80), Behind(56 / 70, 56 / 70, 70))
    assert found == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_the_interval_holds_that_of_every_pair_that_is_told_like_this() -> None:
    rng = np.random.default_rng(5)
    for _ in range(300):
        sides = []
        for _side in range(2):
            persons = int(rng.integers(5, 90))
            share = int(rng.integers(0, persons + 1)) / persons
            at = Statement("a", "A", told(share, count(persons), count(120)), step(persons))
            sides.append((behind(at), Behind(share, share, persons)))
        (wide_before, exact_before), (wide_after, exact_after) = sides
        low, high = bounds(wide_before, wide_after)
        exact_low, exact_high = bounds(exact_before, exact_after)
        assert low <= exact_low + 1e-12
        assert high >= exact_high - 1e-12


def test_nothing_changed_is_said_to_have_changed_in_at_most_one_of_twenty() -> None:
    rng, wrong, times = np.random.default_rng(8), 0, 300
    for _ in range(times):
        sizes = [int(rng.integers(20, 120)) for _ in range(2)]
        shares = [{f"k{item}": rng.binomial(n, 0.4 + 0.08 * item) / n for item in range(7)} for n in sizes]
        years = [year(2024 + at, shares[at], sizes[at]) for at in range(2)]
        wrong += any(
            line.difference.is_more_than_chance for line in trend(years, people="").lines if line.difference
        )
    assert wrong / times <= 0.05


def test_a_large_difference_is_found() -> None:
    found = only(year(2024, {"a": 0.4}), year(2025, {"a": 0.8}))
    assert found
    assert found.is_more_than_chance
    assert (found.points, found.since) == (40, date(2024, 6, 20))


def test_among_more_statements_the_same_difference_is_less_sure() -> None:
    one = only(year(2024, {"a": 0.5}), year(2025, {"a": 0.75}))
    several = {f"k{n}": 0.5 for n in range(6)}
    lines = trend([year(2024, {"a": 0.5, **several}), year(2025, {"a": 0.75, **several})], people="").lines
    assert one
    assert lines[0].difference
    assert lines[0].difference.low < one.low


@pytest.mark.parametrize(
    ("years", "why"),
    [
        ([year(2025, {"a": 0.5})], "one year"),
        ([year(2024, {"a": None}), year(2025, {"a": 0.5})], "the first was withheld"),
        ([year(2024, {"a": 0.5}), year(2025, {"a": None})], "the newest is withheld"),
        ([year(2024, {"b": 0.5}), year(2025, {"a": 0.5})], "it was not asked"),
        ([year(2024, {"a": 0.5}), year(2025, {"a": 0.5}, a="1.1")], "it reads otherwise"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_compare_has_no_difference(years: list[Year], why: str) -> None:
    assert only(*years) is None, why


def test_over_a_year_without_a_number_the_last_one_that_was_told_compares() -> None:
    found = only(year(2023, {"a": 0.4}), year(2024, {"a": None}), year(2025, {"a": 0.8}))
    assert found
    assert found.since == date(2023, 6, 20)


def test_a_line_breaks_where_the_wording_changed_and_nowhere_else() -> None:
    years = [
        year(2022, {"a": 0.5}),
        year(2023, {"a": 0.6}, version="1.1"),
        year(2024, {"a": 0.6}, version="2.0", a="2.0"),
        year(2025, {"a": 0.7}, version="2.0", a="2.0"),
    ]
    (line,) = trend(years, people="").lines
    assert line.breaks == {2}
    built = chart(*years)
    drawn = json.loads(built.json)["figure"]
    (points,) = [one for one in drawn["data"] if one.get("mode") == "lines+markers"]
    assert points["x"] == [0, 1, None, 2, 3]
    assert points["connectgaps"] is False
    assert "nieuwe<br>formulering" in [one["text"] for one in drawn["layout"]["annotations"]]
    assert "‘Zin a’ kreeg een nieuwe formulering. Daarom stopt daar de lijn." in built.details
    assert built.source_line.endswith("Versie 1.0, 1.1 en 2.0: bij 0 van de 1 vragen bleef de tekst gelijk.")


def test_a_year_without_a_number_is_a_gap() -> None:
    drawn = json.loads(chart(*(year(2022 + at, {"a": one}) for at, one in enumerate((0.5, None, 0.6)))).json)
    (points,) = [one for one in drawn["figure"]["data"] if one.get("mode") == "lines+markers"]
    assert points["x"] == [0, None, 2]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (0.4, 0.8, "Meer mensen dan de vorige keer zijn het eens met ‘Zin a’."),
        (0.8, 0.4, "Minder mensen dan de vorige keer zijn het eens met ‘Zin a’."),
        (0.5, 0.6, "We zien geen verschil met de vorige keer dat groter is dan toeval."),
    ],
)
def test_the_sentence_claims_only_what_is_more_than_chance(
    before: float, after: float, sentence: str
) -> None:
    built = chart(year(2024, {"a": before}), year(2025, {"a": after}))
    assert built.sentence == sentence
    warned = any("niet waardoor het komt" in line for line in built.details)
    assert warned == (abs(after - before) > 0.3)


def test_one_year_alone_is_no_trend() -> None:
    built = chart(year(2025, {"a": 0.5}))
    assert (built.drawn, built.sentence) == (
        False,
        "Vanaf twee evaluaties met een uitkomst staan ze hier naast elkaar.",
    )


def test_the_table_holds_every_year_and_the_difference() -> None:
    (row,) = chart(year(2024, {"a": 0.5}), year(2025, {"a": 0.5})).table.rows
    assert row == (
        "Zin a.",
        "50% (35 tot 65%; 60 tot 64 mensen)",
        "50% (35 tot 65%; 60 tot 64 mensen)",
        "0 procentpunt (−22 tot +22)",
    )


@pytest.mark.parametrize("years", [[], [year(2025, {"a": 0.5}), year(2024, {"a": 0.5})]])
def test_years_out_of_order_are_refused(years: list[Any]) -> None:
    with pytest.raises(ValueError, match="in order"):
        trend(years, people="")


def test_a_share_that_is_withheld_stands_for_nothing() -> None:
    with pytest.raises(ValueError, match="withheld"):
        behind(statement("a", None))
