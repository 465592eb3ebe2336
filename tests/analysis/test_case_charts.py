"""What holds for every chart of a case: from two checks on, real time, the whole scale, rewordings apart."""

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from analysis.charts import BuiltChart, build
from analysis.figures import PALETTE
from tests.analysis.case_charts import DAYS, SUM, drawn, goal, relationship, wellbeing
from tests.analysis.frames import TEXTS


def colours(built: BuiltChart) -> set[str]:
    return {trace["line"]["color"] for trace in drawn(built)["data"]}


@pytest.mark.parametrize("built", [relationship(13), wellbeing({"school": (2,)}), goal(4)])
def test_one_check_is_no_line(built: BuiltChart) -> None:
    assert built.sentence == "Te weinig checks voor een lijn: vanaf twee."
    assert (built.drawn, built.json, built.source_line) == (False, "", "")
    assert len(built.table.rows) == 1


def test_checks_from_before_a_rewording_are_counted_and_named() -> None:
    assert relationship(13, before_break=3).source_line == (
        "3 eerdere checks staan niet in de lijn: nieuwe formulering."
    )
    built = relationship(13, 12, before_break=1)
    assert "Eén eerdere check staat niet in de lijn: nieuwe formulering." in built.source_line
    notes = [note["text"] for note in drawn(built)["layout"]["annotations"]]
    assert "nieuwe<br>formulering" in notes


def test_a_rewording_breaks_the_line_with_a_dashed_box() -> None:
    (zone,) = drawn(relationship(13, 12))["layout"]["shapes"]
    assert (zone["x0"], "dash" in zone["line"]) == (0, False)
    box, zone = drawn(relationship(13, 12, before_break=2))["layout"]["shapes"]
    assert "dash" in box["line"]
    assert box["xref"] == box["yref"] == "paper"
    assert zone["x0"] == box["x1"], "the zone begins where the line does"


@pytest.mark.parametrize(
    ("respondent", "token", "marker"),
    [("parent", "s1", "circle"), ("teacher", "s2", "square"), ("pupil", "s3", "diamond")],
)
def test_colour_and_marker_are_those_of_who_answered(respondent: str, token: str, marker: str) -> None:
    built = relationship(13, 12, respondent=respondent)
    (line,) = drawn(built)["data"]
    assert (line["line"]["color"], line["marker"]["symbol"]) == (PALETTE[token][0], marker)
    four = wellbeing({"school": (1, 2, 3), "thuis": (1, 1, 1)}, respondent)
    assert colours(four) == {PALETTE[token][0]}


def test_time_is_real_and_the_scale_whole() -> None:
    layout = drawn(relationship(13, 14, 14, 13, 9))["layout"]
    assert drawn(relationship(13, 14))["data"][0]["x"] == ["2025-09-23", "2025-10-14"]
    assert layout["xaxis"]["type"] == "date"
    assert layout["yaxis"]["range"][0] < 0
    assert layout["yaxis"]["range"][1] > 16
    assert layout["yaxis"]["tickvals"] == [0, 8, 16]


def test_dates_that_stand_too_close_are_left_out_and_the_year_stands_once() -> None:
    close = [*DAYS[:4], date(2025, 12, 12), DAYS[4]]
    built = build("case_relationship", close, TEXTS, respondent="parent", lines={"som": (1, 2, 3, 4, 5, 6)})
    assert drawn(built)["layout"]["xaxis"]["ticktext"] == [
        "23 sep<br>25",
        "11 nov",
        "9 dec",
        "20 jan<br>26",
    ]


def test_two_checks_on_one_day_still_make_a_figure() -> None:
    built = build(
        "case_relationship", [DAYS[0]] * 2, TEXTS, respondent="parent", lines={"som": (9, 12)}, measure=SUM
    )
    start, end = drawn(built)["layout"]["xaxis"]["range"]
    assert start < "2025-09-23" < end


@pytest.mark.parametrize(
    "built",
    [relationship(13, 14, 9, before_break=1), wellbeing({"a": (1, 1, 4), "b": (1, 1, 4)}), goal(1, None, 3)],
    ids=["relationship", "wellbeing", "goal"],
)
def test_what_the_script_receives_is_safe_and_has_a_dark_colour_for_each(built: BuiltChart) -> None:
    loaded = json.loads(built.json)

    def texts_in(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for each in value.values() for text in texts_in(each)]
        if isinstance(value, list):
            return [text for each in value for text in texts_in(each)]
        return [value] if isinstance(value, str) else []

    texts = texts_in(loaded["figure"])
    assert not [text for text in texts if "<" in text.replace("<br>", "")]
    assert {text[:7] for text in texts if text.startswith("#")} <= set(loaded["dark"])
    assert len(built.json) < 7000


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("case_relationship", "measure=Measure((4, 3)), versions=['1.0', '1.0']"),
        ("case_wellbeing", "measure=Measure((3, 2), start=5), levels=tuple('abcde')"),
        ("case_goal", "is_goal=True"),
    ],
)
def test_the_charts_of_a_case_need_no_pandas_for_their_words(name: str, options: str) -> None:
    code = f"""
import sys
from datetime import date
from analysis.case import Measure
from analysis.charts import Texts, build
texts = Texts(lambda message, **_: message, lambda *_: "", str, str, str, "nl")
days = [date(2026, 1, 20), date(2026, 2, 10)]
built = build({name!r}, days, texts, respondent="parent", lines={{"som": (2, 1)}}, {options})
assert built.sentence and built.table.rows
print([name for name in ("numpy", "pandas", "scipy", "plotly") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
