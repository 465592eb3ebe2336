"""The chart of a cohort: growth with its interval, what drop-out could do, and when nothing is shown."""

import pytest
from msgspec.structs import replace

from analysis.charts import build, restate
from analysis.growth import cohort_growth
from analysis.results import Reason
from tests.analysis.frames import TEXTS
from tests.analysis.simulate import cohort


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
