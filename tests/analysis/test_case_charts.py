"""Charts of a case: one person, the own zone, real time, the whole scale; no claim inside the zone."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from analysis.answer_model import Model, answers
from analysis.case import Measure, OwnSeries, Zone, own_series, own_zone
from analysis.charts import CHARTS, BuiltChart, build
from analysis.figures import PALETTE
from analysis.hints import Rule, Seen, Thresholds, hints
from analysis.results import Reason
from survey.questionnaire.catalog import load
from tests.analysis.frames import TEXTS
from tests.analysis.test_hints import SEPTEMBER

DAYS = [date(2025, 9, 23), date(2025, 10, 14), date(2025, 11, 11), date(2025, 12, 9), date(2026, 1, 20)]
RULES = load().hint_rules
LEVELS = ("slecht", "niet zo goed", "gaat wel", "goed", "heel goed")
SUM = Measure((4, 3), rates=RULES.relationship.rates)
OF_QUESTIONS = Measure((3, 2), start=5, rates=RULES.wellbeing.rates)


def relationship(*sums: int, respondent: str = "parent", **more: Any) -> BuiltChart:
    options = {"lines": {"som": sums}, "measure": SUM, "versions": ["1.0"] * len(sums)} | more
    return build("case_relationship", DAYS[: len(sums)], TEXTS, respondent=respondent, **options)


def wellbeing(
    lines: Mapping[str, tuple[int, ...]], respondent: str = "parent", measure: Measure = OF_QUESTIONS
) -> BuiltChart:
    days = DAYS[: len(next(iter(lines.values())))]
    options: dict[str, Any] = {"lines": lines, "levels": LEVELS, "measure": measure}
    return build("case_wellbeing", days, TEXTS, respondent=respondent, **options)


def four(checks: str) -> dict[str, tuple[int, ...]]:
    """Each word is one check, each digit the answer to one question."""
    lines = zip(*checks.split(), strict=True)
    return {name: tuple(map(int, line)) for name, line in zip("abcd", lines, strict=True)}


def goal(*numbers: int | None, before_break: int = 0) -> BuiltChart:
    options: dict[str, Any] = {"lines": {"rustig naar school": numbers}, "is_goal": True}
    days = DAYS[: len(numbers)]
    return build("case_goal", days, TEXTS, respondent="pupil", before_break=before_break, **options)


def drawn(built: BuiltChart) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built.json)["figure"]
    return found


def colours(built: BuiltChart) -> set[str]:
    return {trace["line"]["color"] for trace in drawn(built)["data"]}


@pytest.mark.parametrize(
    ("earlier", "zone"),
    [
        ([], None),
        ([13], Zone(13, 4, 1)),
        ([13, 14], Zone(13.5, 3, 2)),
        ([13, 14, 14, 13], Zone(13.5, 3, 4)),
    ],
)
def test_the_zone_is_the_mean_of_the_earlier_answers_and_wider_after_one(
    earlier: list[int], zone: Zone | None
) -> None:
    assert own_zone(earlier, SUM.zone) == zone


@pytest.mark.parametrize(
    ("last", "side"), [(9, -1), (10, -1), (11, 0), (13, 0), (15, 0), (16, 1)], ids=lambda value: str(value)
)
def test_an_answer_at_the_threshold_lies_outside_as_the_hint_counts_it(last: int, side: int) -> None:
    assert Zone(13, 3, 2).side(last) == side


@pytest.mark.parametrize(
    ("sums", "sentence"),
    [
        ((13, 14, 14, 13, 9), "De laatste check ligt onder wat gewoon is voor deze persoon."),
        ((13, 14, 14, 13, 12), "De laatste check ligt binnen wat gewoon is voor deze persoon."),
        ((9, 8, 10, 9, 13), "De laatste check ligt boven wat gewoon is voor deze persoon."),
        ((13, 10), "De laatste check ligt binnen wat gewoon is voor deze persoon."),
        ((13, 9), "De laatste check ligt onder wat gewoon is voor deze persoon."),
    ],
)
def test_the_finding_says_where_the_last_check_lies(sums: tuple[int, ...], sentence: str) -> None:
    assert relationship(*sums).sentence == sentence


def test_the_numbers_behind_the_finding_stand_below_it() -> None:
    built = relationship(13, 14, 14, 13, 9)
    assert built.details == (
        "Laatste check (20 jan 26): 9 van 16. De 4 keer daarvoor was het gemiddeld 13,5.",
        "Ook als er niets verandert, komt dit bij ongeveer 1 op de 16 gesprekken voor.",
    )
    assert built.source_line == (
        "Werkrelatie-check, som van vier antwoorden (0 tot 16). "
        "De zone is het eigen gemiddelde van eerder, tot 3 punten lager of hoger. Vragen: versie 1.0."
    )
    assert built.table.rows[0] == ("23 sep 25", "13")
    assert relationship(13, 11).details == ("Laatste check (14 okt 25): 11 van 16. De keer daarvoor: 13.",)


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


def test_a_point_outside_the_zone_is_open_and_has_a_word() -> None:
    figure = drawn(relationship(13, 14, 14, 13, 9))
    marker = figure["data"][0]["marker"]
    assert marker["color"][-1] == marker["line"]["color"][0] == PALETTE["card"][0]
    assert "lager dan anders" in [note["text"] for note in figure["layout"]["annotations"]]
    higher = drawn(relationship(5, 5, 11))["layout"]["annotations"]
    assert "hoger dan anders" in [note["text"] for note in higher]
    inside = drawn(relationship(13, 14, 13))
    assert inside["data"][0]["marker"]["color"] == PALETTE["s1"][0]
    assert [note["text"] for note in inside["layout"]["annotations"]] == ["gewoon voor deze persoon"]


def test_the_zone_is_drawn_as_far_as_the_scale_goes() -> None:
    (zone,) = drawn(relationship(15, 15, 16))["layout"]["shapes"]
    assert (zone["y0"], zone["y1"]) == (12, 16)
    assert zone["fillcolor"] == PALETTE["sun"][0] + "8c"


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


STANDING = Measure((4, 3), rates=RULES.relationship.rates, usual=2)


def test_after_a_drop_that_stands_the_zone_is_the_one_from_before_it() -> None:
    built = relationship(14, 14, 8, 10, measure=STANDING)
    assert built.sentence == "De laatste check ligt onder wat gewoon is voor deze persoon."
    assert built.details[0] == (
        "Laatste check (9 dec 25): 10 van 16. De eerste 2 keer was het gemiddeld 14,0."
    )
    assert "gemiddelde van vóór het aandachtspunt, tot 3 punten" in built.source_line
    figure = drawn(built)
    (zone,) = figure["layout"]["shapes"]
    assert (zone["y0"], zone["y1"]) == (11, 16)


def test_the_earlier_drop_keeps_its_open_point_and_its_word() -> None:
    figure = drawn(relationship(14, 14, 8, 10, 14, measure=STANDING))
    card = PALETTE["card"][0]
    assert [colour == card for colour in figure["data"][0]["marker"]["color"]] == [
        False,
        False,
        True,
        True,
        False,
    ]
    words = [note for note in figure["layout"]["annotations"] if note["text"] == "lager dan anders"]
    assert [word["x"] for word in words] == ["2025-12-09"], "two words so near would lie over each other"
    far = drawn(relationship(14, 14, 8, 14, 9, measure=STANDING))
    assert [note["text"] for note in far["layout"]["annotations"]].count("lager dan anders") == 2


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


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((2, 3, 5), "Het eigen doel kreeg nu een 5, de keer daarvoor een 3."),
        ((6, None, 4), "Het eigen doel kreeg nu een 4, de keer daarvoor een 6."),
        ((4, 4), "Het eigen doel kreeg weer een 4."),
    ],
)
def test_a_goal_claims_nothing_beyond_its_last_two_numbers(
    numbers: tuple[int | None, ...], sentence: str
) -> None:
    built = goal(*numbers)
    assert built.sentence == sentence
    assert "schommelt ook als er niets verandert" in built.source_line


def test_a_goal_without_an_answer_is_a_gap() -> None:
    built = goal(2, None, 5)
    (line,) = drawn(built)["data"]
    assert line["y"] == [2, None, 5]
    assert line["connectgaps"] is False
    assert built.table.rows[1][1] == "geen antwoord"
    assert drawn(built)["layout"]["yaxis"]["tickvals"] == [0, 5, 10]
    assert "shapes" not in drawn(built)["layout"], "nobody knows how far chance moves one number"


def test_another_goal_before_is_not_called_a_rewording() -> None:
    assert "2 eerdere checks staan niet in de lijn: ander doel." in goal(2, 3, before_break=2).source_line


def test_one_number_among_many_checks_is_no_line() -> None:
    assert not goal(None, 5, None).drawn


def test_a_line_of_another_length_than_the_days_is_refused() -> None:
    with pytest.raises(ValueError, match="every day"):
        own_series(DAYS[:2], {"som": (1, 2, 3)}, respondent="parent")


def test_the_series_of_two_people_are_never_one() -> None:
    first, second = (own_series(DAYS[:2], {"som": (9, 12)}, respondent=who) for who in ("parent", "teacher"))
    assert first != second
    assert first.reason is None
    assert OwnSeries("parent", (), ()).lines == ()
    assert own_series([], {"som": ()}, respondent="parent").reason is Reason.FEW_CHECKS


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


def test_the_charts_of_a_case_need_no_pandas_for_their_words() -> None:
    assert {"case_relationship", "case_wellbeing", "case_goal"} <= set(CHARTS)
