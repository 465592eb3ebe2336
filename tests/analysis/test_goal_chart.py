"""The chart of a goal of one's own: its numbers, and no claim beyond the last two."""

import pytest

from tests.analysis.case_charts import drawn, goal


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
