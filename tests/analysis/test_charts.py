"""What holds for every chart: its name, its translation, and nothing heavy loads early."""

import subprocess
import sys
from typing import Any

import pytest
from msgspec.structs import replace

from analysis.charts import CHARTS, build
from analysis.charts.words import joined
from tests.analysis.frames import TEXTS, due, dutch
from tests.analysis.simulate import cohort
from tests.analysis.test_coach import coach_scores


def test_an_unknown_chart_is_refused() -> None:
    with pytest.raises(KeyError):
        build("ranking", [], TEXTS)


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_words_are_joined_as_a_sentence_does(words: list[str], text: str) -> None:
    assert joined(words, TEXTS) == text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("coach_growth", coach_scores([2.0, None, 3.0])),
        ("cohort_growth", cohort()),
        ("participation", due(9, 7, 9, 12)),
    ],
)
def test_every_message_goes_through_the_given_translation(name: str, data: Any) -> None:
    def shout(message: str, **values: object) -> str:
        return dutch(message, **values).upper()

    built = build(name, data, replace(TEXTS, gettext=shout, month=lambda day: f"{day:%b %y}".upper()))
    labels = [entry.label for entry in built.legend]
    words = [
        built.sentence,
        *built.details,
        built.source_line,
        built.table.caption,
        *built.table.header,
        *labels,
    ]
    assert words == [word.upper() for word in words]


def test_every_chart_stands_in_the_registry_under_its_own_name() -> None:
    assert [chart.name for chart in CHARTS.values()] == [*CHARTS]
    of_coaches = {"coach_growth", "focus", "lookback", "self_other", "shared_growth"}
    of_cohorts = {
        "cohort_growth",
        "cohort_comparison",
        "growth_difference",
        "distribution",
        "choices",
        "participation",
    }
    of_cases = {"case_relationship", "case_wellbeing", "case_goal"}
    of_the_programme = {"placements", "evaluation", "evaluation_trend"}
    assert {*CHARTS} == of_coaches | of_cohorts | of_cases | of_the_programme


def test_what_is_heavy_loads_on_first_need_only() -> None:
    steps = {
        "from analysis.charts import Texts, build": ("numpy", "pandas", "scipy", "plotly"),
        "build('participation', [], Texts(str, str, str, str, str, 'nl')).table": (
            "numpy",
            "pandas",
            "scipy",
            "plotly",
        ),
        "import analysis.coach, analysis.scoring": ("scipy.optimize", "scipy.stats", "plotly"),
        "import analysis.growth, analysis.figures": ("scipy.stats", "plotly.express"),
    }
    check = "print([name for name in {!r} if name in sys.modules])"
    lines = [line for code, absent in steps.items() for line in (code, check.format(absent))]
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(["import sys", *lines])], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n") == ["[]"] * len(steps) + [""]
