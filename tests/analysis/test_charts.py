"""Charts: the sentence claims no more than the numbers, the table agrees, nothing heavy loads early."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.charts import CHARTS, BuiltChart, build, restate
from analysis.charts.words import joined
from analysis.growth import cohort_growth
from analysis.results import Asked, Reason
from tests.analysis.frames import TEXTS, dutch
from tests.analysis.simulate import Truth, cohort_frame, scores_of
from tests.analysis.test_coach import coach_scores

FLAT: list[float | None] = [2.0, 2.0]


def coach(*args: Any, **kwargs: Any) -> BuiltChart:
    return build("coach_growth", coach_scores(*args, **kwargs), TEXTS)


def cohort(seed: int = 1, raise_by: float = 0.0, **truth: Any) -> pd.DataFrame:
    options = {"leave_at_start_level": 1e-9, "coaches": 20, "rounds": 4} | truth
    frame = cohort_frame(*scores_of(Truth(**options), np.random.default_rng(seed)))
    return frame.assign(total=frame["total"] + raise_by * frame["period"])


def due(month: int, submitted: int, started: int, number: int) -> list[dict[str, Any]]:
    day = date(2025, month, 8)
    return [
        {"round": str(day), "moment": day, "started": n < started, "submitted": n < submitted}
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([FLAT, FLAT, FLAT, FLAT], "We zien geen verandering die groter is dan toeval."),
        ([FLAT, [2, 3], FLAT, FLAT], "Uw vaardigheden groeiden meer dan toeval kan verklaren."),
        ([[2, 3], FLAT, FLAT, FLAT], "Uw houding groeide meer dan toeval kan verklaren."),
        ([FLAT, FLAT, [2, 3], FLAT], "Uw kennis groeide meer dan toeval kan verklaren."),
        (
            [[2, 3], [2, 3], FLAT, [2, 3]],
            "Uw houding en vaardigheden groeiden meer dan toeval kan verklaren.",
        ),
        (
            [[2, 2.4], [2, 2.4], [2, 2.4], [2, 2.5]],
            "Over alle vragen samen groeide u meer dan toeval kan verklaren.",
        ),
        ([[2, 2.6], FLAT, FLAT, FLAT], "Bij houding zien we waarschijnlijk groei."),
        ([FLAT, [3, 2], FLAT, FLAT], "Bij vaardigheden schat u zichzelf nu lager in dan in het begin."),
        (
            [[2, 3], [3, 2], FLAT, FLAT],
            "Uw houding groeide meer dan toeval kan verklaren. "
            "Bij vaardigheden schat u zichzelf nu lager in dan in het begin.",
        ),
        ([[2, 1.4], FLAT, FLAT, FLAT], "We zien geen verandering die groter is dan toeval."),
    ],
)
def test_the_coach_reads_growth_only_where_it_is_more_than_chance(
    scores: list[list[float | None]], sentence: str
) -> None:
    assert coach(*scores).sentence == sentence


def test_each_block_has_its_own_line_in_words() -> None:
    built = coach([2.0, 2.6], [2.0, 3.0], [None, 2.0], [2.0, 2.1])
    assert built.details == (
        "Houding: van 2,0 (september 2024) naar 2,6 (januari 2025). Dat is waarschijnlijk meer dan toeval.",
        "Vaardigheden: van 2,0 (september 2024) naar 3,0 (januari 2025). "
        "Dat is meer dan toeval kan verklaren.",
        "Kennis: nog geen twee rondes met genoeg antwoorden.",
        "Alles samen: van 2,0 (september 2024) naar 2,1 (januari 2025). "
        "Zo'n verschil komt ook voor als er niets verandert.",
        "Bij ongeveer 1 op de 20 vergelijkingen is zo'n verschil toch toeval.",
    )


def test_the_error_rate_is_printed_only_beside_a_claim() -> None:
    assert len(coach(FLAT).details) == 4


def test_one_round_gives_a_reason_instead_of_a_line_and_still_a_table() -> None:
    built = coach([3.0])
    assert built.sentence == "Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."
    assert (built.drawn, built.json, built.details) == (False, "", ())
    assert built.table.rows == (("sep 24", "3,0 ± 0,3", "3,0 ± 0,3", "3,0 ± 0,4", "3,0 ± 0,2"),)


def test_two_rounds_with_too_few_answers_are_not_called_too_few_rounds() -> None:
    built = coach([3.0, None])
    assert built.sentence == "Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."
    assert built.table.rows[1] == ("jan 25", *["te weinig antwoorden"] * 4)


def test_the_table_of_a_coach_tells_a_missed_round_from_too_few_answers() -> None:
    frame = coach_scores([3.0, None, 3.5, None], knowledge=[2.0, None, None, None])
    table = build("coach_growth", frame, TEXTS, missed={"r1"}).table
    assert table.header == ("ronde", "houding", "vaardigheden", "kennis", "alles samen")
    assert table.rows[1] == ("jan 25", *["niet ingevuld"] * 4)
    assert table.rows[2][3] == "te weinig antwoorden"
    assert table.rows[3] == ("sep 25", *["te weinig antwoorden"] * 4)


def test_the_source_line_explains_the_band_and_names_gaps_and_common_items() -> None:
    built = build(
        "coach_growth",
        coach_scores([3.0, None, 3.5]),
        TEXTS,
        missed={"r1"},
        asked=Asked(("2.0", "2.1"), 16, 17),
    )
    assert built.source_line == (
        "De brede streep: zo veel schommelt een score ook als er niets verandert (84%). "
        "Niet ingevuld: januari 2025. Versie 2.0 en 2.1: bij 16 van de 17 vragen bleef de tekst gelijk."
    )


def test_the_source_line_says_so_when_no_question_changed() -> None:
    built = build("coach_growth", coach_scores([3.0, 3.5]), TEXTS, asked=Asked(("2.0",), 17, 17))
    assert built.source_line.endswith("(84%). Versie 2.0: de tekst van alle 17 vragen bleef gelijk.")


def test_the_source_line_says_that_few_questions_widen_the_band() -> None:
    few = {"attitude": [3], "skills": [7], "knowledge": [1], "total": [11]}
    built = build("coach_growth", coach_scores([3.0, 3.5]), TEXTS, items=few, asked=Asked(("2.0",), 11, 11))
    assert built.source_line == (
        "De brede streep: zo veel schommelt een score ook als er niets verandert (84%). "
        "Hoe minder vragen, hoe breder de streep. "
        "Het aantal vragen hier: houding 3, vaardigheden 7 en kennis 1. "
        "Versie 2.0: de tekst van alle 11 vragen bleef gelijk."
    )
    assert built.table.rows[0] == ("sep 24", "3,0 ± 0,5", "3,0 ± 0,3", "3,0 ± 0,7", "3,0 ± 0,3")


def test_a_cohort_that_grew_reads_its_growth_with_the_interval() -> None:
    built = build("cohort_growth", cohort(raise_by=0.2), TEXTS)
    growth = cohort_growth(cohort(raise_by=0.2)).growth
    assert growth is not None
    value, low, high = (TEXTS.number(number, 1) for number in (growth.value, growth.low, growth.high))
    assert growth.low > 0
    assert built.sentence == (
        f"Het cohort groeide ongeveer {value} niveau in 12 maanden; "
        f"het werkelijke getal ligt waarschijnlijk tussen {low} en {high}."
    )
    assert built.details == (
        "20 coaches, 80 ingevulde rondes.",
        "Ook als niemand groeit, staat dit er door toeval bij ongeveer 1 op de 40 cohorten.",
    )


@pytest.mark.parametrize(
    ("low", "value", "high", "sentence"),
    [
        (
            -0.1,
            0.2,
            0.5,
            "In 12 maanden is geen groei aangetoond; "
            "de verandering ligt waarschijnlijk tussen −0,1 en 0,5 niveau.",
        ),
        (
            0.02,
            0.3,
            0.58,
            "Het cohort groeide ongeveer 0,30 niveau in 12 maanden; "
            "het werkelijke getal ligt waarschijnlijk tussen 0,02 en 0,58.",
        ),
        (
            -0.9,
            -0.5,
            -0.1,
            "Het cohort schat zichzelf ongeveer 0,5 niveau lager in dan 12 maanden eerder; "
            "het werkelijke getal ligt waarschijnlijk tussen 0,1 en 0,9.",
        ),
    ],
)
def test_a_cohort_claims_no_growth_unless_the_interval_leaves_out_zero(
    low: float, value: float, high: float, sentence: str
) -> None:
    result = cohort_growth(cohort())
    assert result.growth is not None
    result = replace(result, growth=replace(result.growth, low=low, value=value, high=high))
    assert restate("cohort_growth", result, TEXTS).sentence == sentence


def test_the_cohort_says_when_drop_out_could_explain_its_growth() -> None:
    frame = cohort(raise_by=0.05, growth=0.3)
    stopped = frame[(frame["period"] < 2) | (frame["person"] < 8)]
    growth = cohort_growth(stopped)
    assert growth.growth is not None
    assert growth.growth.low > 0 > growth.sensitivity[-1].growth.low
    details = build("cohort_growth", stopped, TEXTS).details
    worst = growth.sensitivity[-1]
    low, high = (TEXTS.number(bound, 1) for bound in (worst.growth.low, worst.growth.high))
    assert details[2] == (
        "Stel: wie stopte, scoorde een half niveau lager dan verwacht. "
        f"Dan ligt de verandering waarschijnlijk tussen {low} en {high}. "
        "Groei is dan niet meer aangetoond."
    )


def test_half_a_level_is_what_the_drop_out_lines_count_with() -> None:
    assert cohort_growth(cohort()).sensitivity[-1].delta == 0.5


def test_every_line_of_the_cohort_figure_is_explained_in_plain_words() -> None:
    built = build("cohort_growth", cohort(), TEXTS)
    assert [entry.label for entry in built.legend] == [
        "geschatte lijn, met band (95%)",
        "gewoon gemiddelde van wie antwoordde",
    ]
    assert built.source_line == (
        "De lijn is hoe coaches zichzelf inschatten. "
        "Onder elk punt staat het aantal personen. De lijn telt ook mee wie eerder stopte. "
        "De band: hier ligt het echte gemiddelde waarschijnlijk (95%). "
        "Stippellijn: zo laag kan het zijn als wie stopte een half niveau lager zat."
    )
    assert built.table.header == (
        "maanden",
        "personen",
        "geschatte lijn",
        "95% tussen",
        "als wie stopte een half niveau lager zat",
        "gewoon gemiddelde",
    )


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason.FEW_COACHES,
            "Vanaf acht coaches met antwoorden tekenen we een lijn. Zo blijft niemand herkenbaar.",
        ),
        (
            Reason.FEW_OTHERS,
            "We tekenen een lijn als acht coaches antwoorden die hun groei niet met u delen. "
            "In elke ronde zijn dat er ten minste vijf. Zo blijft niemand herkenbaar.",
        ),
        (Reason.FEW_ROUNDS, "Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."),
        (Reason.FEW_PAIRS, "Nog te weinig coaches vulden twee rondes in om iets over groei te zeggen."),
    ],
)
def test_a_withheld_cohort_says_why_and_shows_no_number(reason: Reason, sentence: str) -> None:
    built = build("cohort_growth", cohort(coaches=5), TEXTS)
    assert built.result.reason is Reason.FEW_COACHES
    built = restate("cohort_growth", replace(built.result, reason=reason), TEXTS)
    assert built.sentence == sentence
    assert (built.drawn, built.json, built.table.rows, built.details, built.source_line) == (
        False,
        "",
        (),
        (),
        "",
    )


def test_a_round_of_few_is_named_as_left_out() -> None:
    frame = cohort()
    built = build("cohort_growth", frame[(frame["period"] < 3) | (frame["person"] < 3)], TEXTS)
    assert (
        "Rondes met minder dan vijf coaches staan er niet bij. Zo blijft niemand herkenbaar." in built.details
    )
    assert len(built.table.rows) == 3


def test_the_cohort_table_has_n_model_interval_sensitivity_and_raw_mean() -> None:
    result = cohort_growth(cohort())
    table = build("cohort_growth", cohort(), TEXTS).table
    point = result.points[1]
    low, high, mean = (TEXTS.number(value, 1) for value in (point.low, point.high, point.estimate))
    assert table.rows[1] == ("4", "20", mean, f"{low} en {high}", mean, TEXTS.number(point.raw, 1))


def test_a_cohort_on_one_block_names_the_block() -> None:
    frame = cohort().rename(columns={"total": "skills", "total_segment": "skills_segment"})
    assert build("cohort_growth", frame, TEXTS, measure="skills").sentence.startswith("Vaardigheden. ")


@pytest.mark.parametrize(
    ("submitted", "sentence"),
    [
        (7, "In de ronde van september 2025 leverden 7 van de 12 coaches hun reflectie in."),
        (1, "In de ronde van september 2025 leverde 1 van de 12 coaches een reflectie in."),
        (0, "In de ronde van september 2025 leverden 0 van de 12 coaches hun reflectie in."),
    ],
)
def test_participation_says_how_many_handed_in_the_last_round(submitted: int, sentence: str) -> None:
    assert build("participation", due(9, submitted, 9, 12), TEXTS).sentence == sentence


def test_participation_counts_each_coach_once_and_the_table_has_the_words_of_the_figure() -> None:
    built = build("participation", due(9, 7, 9, 12) + due(1, 12, 12, 12), TEXTS)
    states = ("ingeleverd", "begonnen, nog niet ingeleverd", "nog niet begonnen")
    assert tuple(entry.label for entry in built.legend) == states
    assert tuple(bar["name"] for bar in json.loads(built.json)["figure"]["data"]) == states
    assert built.table.header == ("ronde", "aan de beurt", *states)
    assert built.table.rows == (("jan 25", "12", "12", "0", "0"), ("sep 25", "12", "7", "2", "3"))


def test_without_a_round_participation_says_so() -> None:
    built = build("participation", [], TEXTS)
    assert (built.sentence, built.drawn) == ("Er is nog geen meetronde geweest.", False)


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
