"""Beside the lines of a coach: breaks that stop them, flags of meetings, and the own aim in words."""

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.charts import BuiltChart, build
from analysis.coach import Beside
from tests.analysis.frames import TEXTS
from tests.analysis.test_coach import DAYS, coach_scores


def broken(scores: list[float | None], segments: list[int]) -> pd.DataFrame:
    """Scores whose attitude breaks where the segment rises."""
    frame = coach_scores(scores)
    return frame.assign(attitude_segment=segments, total_segment=segments)


def figure(built: BuiltChart) -> Any:
    return json.loads(built.json)["figure"]


def test_a_line_stops_at_a_break_and_the_others_run_on() -> None:
    built = build("coach_growth", broken([2.0, 2.0, 4.0, 4.0], [0, 0, 1, 1]), TEXTS)
    attitude, skills, knowledge = figure(built)["data"]
    assert attitude["y"] == [2, 2, None, 4, 4]
    assert len(attitude["x"]) == len(attitude["error_y"]["array"]) == 5
    assert attitude["connectgaps"] is False
    assert skills["y"] == knowledge["y"] == [2, 2, 4, 4]


def test_a_break_is_named_in_the_figure_the_source_and_the_table() -> None:
    built = build("coach_growth", broken([2.0, 2.0, 4.0, 4.0], [0, 0, 1, 1]), TEXTS)
    layout = figure(built)["layout"]
    assert [one["text"] for one in layout["annotations"]] == ["nieuwe<br>formulering"]
    (box,) = layout["shapes"]
    assert (box["x0"] + box["x1"]) / 2 == pytest.approx(1.5)
    assert "Nieuwe formulering, nieuwe lijn: houding vanaf juni 2025." in built.source_line
    assert [row[1] for row in built.table.rows] == [
        "2,0 ± 0,3",
        "2,0 ± 0,3",
        "4,0 ± 0,3 (nieuwe formulering)",
        "4,0 ± 0,3",
    ]


def test_a_change_over_a_break_is_never_called_growth() -> None:
    frame = coach_scores([2.0, 2.0, 5.0, 5.0])
    measures = ("attitude", "skills", "knowledge", "total")
    frame = frame.assign(**{f"{measure}_segment": [0, 0, 1, 1] for measure in measures})
    built = build("coach_growth", frame, TEXTS)
    assert built.sentence == "We zien geen verandering die groter is dan toeval."


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (DAYS[0], 0.0),
        (date(2024, 11, 15), 0.5),
        (DAYS[1], 1.0),
        (date(2025, 6, 30), 2.11),
        (date(2027, 1, 1), 3.0),
    ],
)
def test_a_flag_stands_where_its_day_lies_between_the_rounds(day: date, place: float) -> None:
    built = build("coach_growth", coach_scores([2.0, 2.0, 2.0]), TEXTS, beside=Beside(((day, "Werkplaats"),)))
    flags = figure(built)["data"][3]
    assert flags["x"] == [pytest.approx(place, abs=0.01)]
    assert flags["hovertext"] == ["Werkplaats"]
    start, end = figure(built)["layout"]["xaxis"]["range"]
    assert start < place < end


def test_a_meeting_before_the_first_round_has_no_flag_and_no_legend_but_is_named() -> None:
    beside = Beside(((date(2024, 1, 10), "Werkplaats"),))
    built = build("coach_growth", coach_scores([2.0, 2.0]), TEXTS, beside=beside)
    assert len(figure(built)["data"]) == 3
    assert len(built.legend) == 3
    assert "U was bij: Werkplaats (10 jan 24)." in built.details


@pytest.mark.parametrize(("meetings", "lines"), [(5, 5), (6, 0)])
def test_many_flags_have_no_lines_that_would_hide_the_scores(meetings: int, lines: int) -> None:
    beside = Beside(tuple((date(2024, 10, 1 + n), "Intervisie") for n in range(meetings)))
    built = build("coach_growth", coach_scores([2.0, 2.0]), TEXTS, beside=beside)
    assert len(figure(built)["layout"].get("shapes", [])) == lines
    assert built.legend[-1].label == "bijeenkomst waar u was"


def test_only_the_last_three_meetings_are_named() -> None:
    beside = Beside(tuple((date(2024, 10, n), f"Dag {n}") for n in range(1, 6)), (4, 5))
    built = build("coach_growth", coach_scores([2.0, 2.0]), TEXTS, beside=beside)
    assert built.details[-2:] == (
        "U was dit schooljaar bij 4 van de 5 bijeenkomsten.",
        "De laatste waar u was: Dag 3 (3 okt 24), Dag 4 (4 okt 24) en Dag 5 (5 okt 24).",
    )


def test_what_stands_beside_the_lines_changes_none_of_them() -> None:
    beside = Beside(((DAYS[1], "Werkplaats"),), (1, 1))
    plain = build("coach_growth", coach_scores([2.0, 3.0]), TEXTS)
    built = build("coach_growth", coach_scores([2.0, 3.0]), TEXTS, beside=beside)
    assert built.table == plain.table
    assert built.sentence == plain.sentence
    assert built.result.lines == plain.result.lines
