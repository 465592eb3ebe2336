"""The chart of the working relationship: where the last check lies, in words and beside the own zone."""

import pytest

from analysis.case import Measure
from analysis.figures import PALETTE
from tests.analysis.case_charts import RULES, drawn, relationship


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
