"""Look-back: then, then seen from now, and now, told apart; a moved yardstick is called no growth."""

import json
from datetime import date

import pytest

from analysis.charts import build
from analysis.charts.chart import BuiltChart
from analysis.lookback import Lookback
from tests.analysis.frames import TEXTS

THEN, NOW = date(2025, 9, 8), date(2026, 6, 15)


def built(*items: tuple[int, int, int | None]) -> BuiltChart:
    told = [Lookback(f"Zin {n}", *levels) for n, levels in enumerate(items, start=1)]
    return build("lookback", told, TEXTS, then=THEN, now=NOW)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([(2, 3, 4)], "Met wat u nu weet, schat u september 2025 hoger in dan toen. Dat komt vaak voor."),
        (
            [(3, 2, 4), (3, 3, 3)],
            "Met wat u nu weet, schat u september 2025 lager in dan toen. Dat komt vaak voor.",
        ),
        (
            [(3, 2, 4), (3, 4, 4)],
            "Met wat u nu weet, kijkt u anders naar september 2025 dan toen. Dat komt vaak voor.",
        ),
        ([(3, 3, 5)], "U kijkt nu net zo naar september 2025 als toen."),
    ],
)
def test_the_sentence_tells_how_then_is_seen_now(
    items: list[tuple[int, int, int | None]], sentence: str
) -> None:
    assert built(*items).sentence == sentence


def test_growth_is_never_claimed_however_far_now_is() -> None:
    chart = built((1, 1, 5), (1, 1, 5))
    assert "groeide" not in chart.sentence
    assert chart.source_line.startswith("Uw antwoord van toen verandert niet.")
    assert "telt nergens mee" in chart.source_line


def test_the_table_has_the_three_in_words() -> None:
    table = built((2, 3, 4), (3, 2, None)).table
    assert table.header == ("focuspunt", "toen (sep 25)", "terugblik", "nu (jun 26)")
    assert table.rows == (
        ("Zin 1", "oefen", "doe zelf", "ook lastig"),
        ("Zin 2", "doe zelf", "oefen", "geen antwoord"),
    )


def test_marks_on_one_level_stand_beside_each_other_under_one_word() -> None:
    figure = json.loads(built((3, 3, 3)).json)["figure"]
    marks = [trace["x"][0] for trace in figure["data"] if trace["mode"] == "markers"]
    assert marks == pytest.approx([2.76, 3.0, 3.24])
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["toen · terugblik · nu", "Zin 1"]


def test_the_line_joins_the_lowest_and_the_highest_level() -> None:
    data = json.loads(built((4, 2, 3)).json)["figure"]["data"]
    assert data[0]["x"] == [2, 4]


def test_without_a_level_now_there_are_two_marks() -> None:
    data = json.loads(built((4, 2, None)).json)["figure"]["data"]
    assert [trace["x"] for trace in data if trace["mode"] == "markers"] == [[4], [2]]


def test_nothing_looked_back_on_is_no_figure() -> None:
    chart = built()
    assert not chart.drawn
    assert chart.table.rows == ()


@pytest.mark.parametrize("levels", [(0, 3, 3), (3, 6, 3), (3, 3, 6)])
def test_a_level_outside_the_scale_is_refused(levels: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        built(levels)
