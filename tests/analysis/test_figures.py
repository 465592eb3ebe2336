"""Figures: what the script receives is safe, complete and in the colours of the stylesheet."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.charts import BuiltChart, build
from analysis.figures import PALETTE, Figure, as_json
from analysis.growth import cohort_growth
from tests.analysis.frames import TEXTS, due
from tests.analysis.simulate import Truth, cohort_frame, scores_of
from tests.analysis.test_coach import coach_scores

STATIC = Path(__file__).parents[2] / "static"
DARK = "prefers-color-scheme: dark"  # what comes after this in a stylesheet; on paper nothing
COHORT = cohort_frame(*scores_of(Truth(), np.random.default_rng(4)))
CHARTS: dict[str, BuiltChart] = {
    "coach_growth": build("coach_growth", coach_scores([3.0, None, 3.5, 3.4]), TEXTS),
    "cohort_growth": build("cohort_growth", COHORT, TEXTS),
    "participation": build("participation", due(1, 12, 12, 12) + due(9, 7, 9, 12), TEXTS),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def payload(name: str, **look: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(CHARTS[name].draw(**look))
    return loaded


def traces(name: str, **look: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = payload(name, **look)["figure"]["data"]
    return found


def texts_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) else []


def test_a_number_that_is_none_never_becomes_json_that_a_browser_refuses() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json(Figure(data=[{"y": [float("nan")]}]), TEXTS)


@every_chart
def test_nothing_is_sent_anywhere_and_no_tools_cover_the_plot(name: str) -> None:
    config = payload(name)["config"]
    assert config == {
        "displayModeBar": False,
        "displaylogo": False,
        "locale": "nl",
        "plotlyServerURL": "",
        "responsive": True,
        "showSendToCloud": False,
    }


@every_chart
def test_no_label_holds_markup_that_a_strict_policy_refuses(name: str) -> None:
    assert not [text for text in texts_in(payload(name)["figure"]) if "<" in text.replace("<br>", "")]


@every_chart
def test_the_figure_has_no_title_no_legend_and_no_default_template(name: str) -> None:
    figure = payload(name)["figure"]
    assert "title" not in figure["layout"]
    assert figure["layout"]["template"]["layout"]["showlegend"] is False
    assert "colorway" not in figure["layout"]["template"]["layout"]
    assert len(CHARTS[name].json) < 6000


@every_chart
def test_every_colour_has_a_dark_one(name: str) -> None:
    loaded = payload(name)
    colours = {text for text in texts_in(loaded["figure"]) if text.startswith("#")}
    assert colours
    assert {colour[:7] for colour in colours} <= set(loaded["dark"])
    assert all(len(colour) in {7, 9} for colour in colours)


def test_the_palette_is_that_of_the_stylesheets() -> None:
    styles = [path.read_text(encoding="utf-8").partition(DARK)[::2] for path in STATIC.glob("*.css")]
    light, dark = ("".join(parts) for parts in zip(*styles, strict=True))
    for token, colours in PALETTE.items():
        found = [re.search(rf"--{token}:(#[0-9a-f]{{6}})", part) for part in (light, dark)]
        assert [match and match[1] for match in found] == [*colours], token


def test_no_light_colour_stands_for_two_dark_ones() -> None:
    assert len({light for light, _ in PALETTE.values()}) == len(PALETTE)


@pytest.mark.parametrize("name", ["coach_growth", "cohort_growth"])
def test_the_scale_is_whole_fixed_and_in_words(name: str) -> None:
    axis = payload(name)["figure"]["layout"]["yaxis"]
    assert axis["range"][0] < 1
    assert axis["range"][1] > 5
    assert axis["tickvals"] == [1, 2, 3, 4, 5]
    assert axis["ticktext"] == ["verken", "oefen", "doe zelf", "ook lastig", "geef door"]


def test_a_missed_round_is_a_gap_in_every_line() -> None:
    for trace in traces("coach_growth"):
        assert trace["y"] == [3.0, None, 3.5, 3.4]
        assert trace["connectgaps"] is False
        assert trace["error_y"]["array"][1] is None


def test_the_blocks_differ_in_shape_and_dash_before_they_differ_in_colour() -> None:
    found = [
        (each["name"], each["marker"]["symbol"], each["line"]["dash"]) for each in traces("coach_growth")
    ]
    assert found == [
        ("houding", "circle", "solid"),
        ("vaardigheden", "square", "9px,4px"),
        ("kennis", "diamond", "2.5px,4px"),
    ]


def test_the_bands_are_broad_bars_at_30_percent_that_do_not_cover_each_other() -> None:
    found = traces("coach_growth")
    bands = [each["error_y"] for each in found]
    assert all((band["thickness"], band["width"]) == (9, 0) for band in bands)
    assert all(int(band["color"][7:], 16) / 255 == pytest.approx(0.30, abs=0.01) for band in bands)
    assert [band["array"][0] for band in bands] == pytest.approx([0.32, 0.29, 0.38])
    # At 360 px six rounds stand about 41 px apart; a bar is 9 px.
    first = [each["x"][0] for each in found]
    assert np.diff(first).min() * 41 > 9
    assert first[-1] - first[0] < 1


def test_a_round_on_the_axis_stands_on_two_lines_so_that_a_phone_holds_six() -> None:
    axis = payload("coach_growth")["figure"]["layout"]["xaxis"]
    assert axis["ticktext"] == ["sep<br>24", "jan<br>25", "jun<br>25", "sep<br>25"]


def test_many_rounds_show_fewer_labels_and_always_the_last() -> None:
    rounds = 9
    frame = coach_scores([3.0, 3.1, 3.2, 3.3])
    longer = frame.iloc[[n % 4 for n in range(rounds)]].assign(period=range(rounds))
    layout = json.loads(build("coach_growth", longer, TEXTS).json)["figure"]["layout"]
    assert layout["xaxis"]["tickvals"] == [0, 2, 4, 6, 8]


def test_the_raw_mean_is_drawn_only_when_asked_for() -> None:
    def grey(**look: Any) -> list[dict[str, Any]]:
        colour = PALETTE["s4"][0]
        return [
            each for each in traces("cohort_growth", **look) if each.get("marker", {}).get("color") == colour
        ]

    assert grey() == []
    assert [each["name"] for each in grey(raw=True)] == ["gewoon gemiddelde van wie antwoordde"]
    assert grey(raw=True)[0]["y"] == [round(point.raw, 1) for point in cohort_growth(COHORT).points]


def test_the_cohort_figure_sends_nothing_finer_than_its_table_shows() -> None:
    values = [value for trace in traces("cohort_growth", raw=True) for value in trace["y"]]
    assert len(values) == 5 * len(cohort_growth(COHORT).points)
    assert values == [round(value, 1) for value in values]


def test_the_cohort_has_curve_ribbon_and_drop_out_edge() -> None:
    result = cohort_growth(COHORT)
    low, high, edge, curve = traces("cohort_growth")
    assert curve["x"] == low["x"] == [point.months for point in result.points]
    assert curve["y"] == pytest.approx([point.estimate for point in result.points], abs=0.0501)
    assert low["y"] == pytest.approx([point.low for point in result.points], abs=0.0501)
    assert high["y"] == pytest.approx([point.high for point in result.points], abs=0.0501)
    assert (high["fill"], high["fillcolor"]) == ("tonexty", PALETTE["s1"][0] + "33")
    assert edge["y"] == pytest.approx(result.sensitivity[-1].lows, abs=0.0501)
    assert (edge["line"]["width"], edge["line"]["dash"]) == (1.5, "3px,4px")


def test_n_stands_under_every_point() -> None:
    notes = payload("cohort_growth")["figure"]["layout"]["annotations"]
    result = cohort_growth(COHORT)
    assert [(note["x"], note["text"]) for note in notes[: len(result.points)]] == [
        (point.months, str(point.persons)) for point in result.points
    ]
    assert [note["text"] for note in notes[len(result.points) :]] == ["maanden", "personen"]


def test_a_withheld_round_in_between_breaks_the_curve() -> None:
    seen = np.ones((20, 4), dtype=bool)
    seen[4:, 2] = False
    frame = cohort_frame(scores_of(Truth(rounds=4), np.random.default_rng(4))[0], seen)
    found = json.loads(build("cohort_growth", frame, TEXTS).json)["figure"]["data"]
    curves = [each["x"] for each in found if each.get("name") == "geschatte lijn"]
    assert curves == [[0, 4], [12]]


def test_participation_stacks_who_is_due() -> None:
    done, busy, rest = traces("participation")
    assert (done["x"], busy["x"], rest["x"]) == ([12, 7], [0, 2], [0, 3])
    assert done["y"] == ["jan 25", "sep 25"]
    assert busy["text"] == ["", "2"]
