"""The chart of a coach: growth in words only where it is more than chance, and a table that agrees."""

from typing import Any

import pytest

from analysis.charts import BuiltChart, build
from analysis.results import Asked
from tests.analysis.frames import TEXTS
from tests.analysis.test_coach import coach_scores

FLAT: list[float | None] = [2.0, 2.0]


def coach(*args: Any, **kwargs: Any) -> BuiltChart:
    return build("coach_growth", coach_scores(*args, **kwargs), TEXTS)


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
