"""Shared growth: the numbers of the own chart, told about the coach."""

import pytest

from analysis.charts import build, restate
from analysis.coach import Beside
from tests.analysis.frames import TEXTS
from tests.analysis.test_coach import DAYS, coach_scores

BESIDE = Beside(((DAYS[1], "Werkplaats"),), (3, 4))


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([2.0, 2.0], "We zien geen verandering die groter is dan toeval."),
        (
            [2.0, 3.0],
            "Bij houding, vaardigheden en kennis zien we meer groei dan toeval kan verklaren.",
        ),
        (
            [3.0, 2.0],
            "Bij houding, vaardigheden en kennis is de eigen schatting nu lager dan in het begin.",
        ),
        ([2.0, 2.6], "Bij vaardigheden zien we meer groei dan toeval kan verklaren."),
        ([2.0, 2.52], "Bij alles samen zien we meer groei dan toeval kan verklaren."),
        ([3.0], "Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."),
    ],
)
def test_the_finding_is_told_about_the_coach(scores: list[float | None], sentence: str) -> None:
    frame = coach_scores(scores)
    if scores == [2.0, 2.52]:
        frame = coach_scores([2.0, 2.3], total=[2.0, 2.52])
    assert build("shared_growth", frame, TEXTS).sentence == sentence


def test_numbers_figure_and_table_are_those_of_the_own_chart() -> None:
    own = build("coach_growth", coach_scores([2.0, 3.0]), TEXTS, beside=BESIDE)
    shared = restate("shared_growth", own.result, TEXTS)
    assert (shared.json, shared.table, shared.source_line) == (own.json, own.table, own.source_line)
    assert shared.details[-1] == "Dit schooljaar aanwezig bij 3 van de 4 bijeenkomsten."
    assert shared.legend[-1].label == "bijgewoonde bijeenkomst"
