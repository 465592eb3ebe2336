"""The chart of wellbeing: four questions, each in its own zone, and a finding that follows their sum."""

import numpy as np
import pytest

from analysis.answer_model import Model, answers
from analysis.case import Measure
from analysis.hints import Rule, Seen, Thresholds, hints
from tests.analysis.case_charts import RULES, drawn, four, relationship, wellbeing
from tests.analysis.test_hints import SEPTEMBER


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ("3322 3322 1111", "Samen liggen de laatste antwoorden lager dan in het begin."),
        ("3322 3322 2111", "Samen liggen de laatste antwoorden lager dan in het begin."),
        ("3322 3322 2112", "Samen liggen de antwoorden binnen wat gewoon is voor deze persoon."),
        ("3322 3322 1111 3322", "Samen liggen de antwoorden binnen wat gewoon is voor deze persoon."),
        ("3322 3322 0440", "Samen liggen de antwoorden binnen wat gewoon is voor deze persoon."),
        ("2222 2222 3334", "Samen liggen de laatste antwoorden hoger dan in het begin."),
        ("1111 2111 0000", "Het begin was laag. Een daling valt hier niet op."),
        ("1111 2111 3333", "Samen liggen de laatste antwoorden hoger dan in het begin."),
        (
            "3322 0000",
            "Vanaf de derde check is te zien of de antwoorden samen anders liggen dan in het begin.",
        ),
    ],
)
def test_the_finding_of_four_questions_follows_the_rule_of_their_sum(checks: str, sentence: str) -> None:
    assert wellbeing(four(checks)).sentence == sentence


@pytest.mark.parametrize("threshold", [4, 5, 6, 7])
def test_no_wellbeing_chart_says_something_else_than_the_hint(threshold: int) -> None:
    rules = Thresholds(threshold, threshold)
    model = Model(**dict(RULES.wellbeing.model))
    found = np.concatenate([answers(model, cases=60, talks=5, lower=lower) for lower in (0.0, 1.5)]).tolist()
    measure = Measure((3, 2), start=threshold)
    said = {Rule.U_A: "lager dan in het begin", Rule.U_D: "Een daling valt hier niet op"}
    for sheets in found:
        seen = [Seen(str(n), SEPTEMBER, sum(one), min(one), rules) for n, one in enumerate(sheets)]
        by_rule = {hint.rule for hint in hints("wellbeing", seen) if hint.key == str(len(sheets) - 1)}
        built = wellbeing(
            {str(n): tuple(line) for n, line in enumerate(zip(*sheets, strict=True))}, measure=measure
        )
        assert (said[Rule.U_A] in built.sentence) is (Rule.U_A in by_rule)
        low = any(hint.rule is Rule.U_D for hint in hints("wellbeing", seen))
        assert not (said[Rule.U_D] in built.sentence and not low)


def test_one_question_outside_its_zone_is_told_with_how_often_one_of_four_is() -> None:
    built = wellbeing(four("1122 1122 1422"))
    assert built.sentence == "Samen liggen de antwoorden binnen wat gewoon is voor deze persoon."
    assert built.details == (
        "Buiten de eigen zone: b (nu ‘heel goed’). Bij ongeveer 4 op de 10 gesprekken ligt minstens één "
        "vraag buiten haar zone, ook als er niets verandert.",
    )
    assert wellbeing(four("1122 1122 1222")).details == ()


def test_the_chance_beside_a_claim_is_that_of_the_thresholds_in_force() -> None:
    lower, higher = four("3322 3322 1222 2111"), four("2222 2222 3334")
    assert "ongeveer 1 op de 17 gesprekken voor" in wellbeing(lower).details[0]
    assert "ongeveer 1 op de 19 gesprekken voor" in wellbeing(higher).details[0]
    rates = {"u_a_talk": 0.1, "w_b_talk": 0.25, "higher_talk": 0.001, "items_talk": 0.1}
    other = Measure((4, 3), start=5, rates=rates)
    assert "ongeveer 1 op de 10 gesprekken voor" in wellbeing(lower, measure=other).details[0]
    assert "minder dan 1 op de 200 gesprekken voor" in wellbeing(higher, measure=other).details[0]
    assert "ongeveer 2 op de 10 gesprekken voor" in relationship(13, 14, 9, measure=other).details[1]
    assert "ongeveer 1 op de 22 gesprekken voor" in relationship(9, 8, 13).details[1]


def test_questions_after_a_drop_that_stands_keep_the_zone_from_before_it() -> None:
    measure = Measure((3, 2), start=5, rates={}, usual=2)
    built = wellbeing(four("3322 3322 1111 1111"), measure=measure)
    assert built.details == ("Buiten de eigen zone: a (nu ‘niet zo goed’) en b (nu ‘niet zo goed’).",)
    assert "per vraag het eigen gemiddelde van vóór het aandachtspunt" in built.source_line


def test_each_question_has_its_own_figure_zone_and_whole_scale() -> None:
    lines = {"school": (1, 2, 3), "thuis": (1, 1, 1), "leren": (2, 2, 2), "klas": (4, 4, 4)}
    figure = drawn(wellbeing(lines))
    assert [trace["name"] for trace in figure["data"]] == [*lines]
    assert [trace["y"] for trace in figure["data"]] == [list(values) for values in lines.values()]
    axes = [figure["layout"][f"yaxis{number}"] for number in ("", 2, 3, 4)]
    assert all(axis["range"][0] < 0 and axis["range"][1] > 4 for axis in axes)
    assert len({str(axis["range"]) for axis in axes}) == 1
    zones = [(shape["y0"], shape["y1"]) for shape in figure["layout"]["shapes"]]
    assert zones == [(0, 3.5), (0, 3), (0, 4), (2, 4)]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert words.count("slecht") == words.count("heel goed") == 4


def test_the_answers_of_a_wellbeing_check_stand_in_the_table_in_words() -> None:
    table = wellbeing({"school": (1, 2), "thuis": (4, 0)}).table
    assert table.header == ("datum", "school", "thuis")
    assert table.rows == (("23 sep 25", "niet zo goed", "heel goed"), ("14 okt 25", "gaat wel", "slecht"))
