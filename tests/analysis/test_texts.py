"""Words of a screen: Dutch numbers and months, and messages with their places filled."""

from datetime import date

import pytest

from analysis.texts import Texts, dutch_month, dutch_number, untranslated


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.25, 1, "3,2"),
        (3.0, 1, "3,0"),
        (-0.13, 2, "−0,13"),
        (-0.04, 1, "0,0"),
        (16.0, 0, "16"),
        (0.5, 2, "0,50"),
    ],
)
def test_numbers_have_a_comma_and_a_real_minus(value: float, digits: int, text: str) -> None:
    assert dutch_number(value, digits) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2025, 9, 1), "sep 25"), (date(2026, 3, 31), "mrt 26"), (date(2009, 5, 2), "mei 09")],
)
def test_a_round_is_named_by_its_month(day: date, text: str) -> None:
    assert dutch_month(day) == text


def test_a_message_without_places_keeps_its_percent_sign() -> None:
    assert untranslated("band 95%") == "band 95%"
    assert untranslated("%(n)s van 12", n=9) == "9 van 12"


def test_texts_are_dutch_unless_told_otherwise() -> None:
    assert (Texts().locale, Texts().number(2.5, 1), Texts().gettext("ronde")) == ("nl", "2,5", "ronde")
