"""How a number is written: its decimal mark, a real minus, never minus zero."""

import pytest

from analysis.texts import written


@pytest.mark.parametrize(
    ("value", "digits", "dutch", "english"),
    [
        (3.25, 1, "3,2", "3.2"),
        (3.0, 1, "3,0", "3.0"),
        (-0.13, 2, "−0,13", "−0.13"),
        (-0.04, 1, "0,0", "0.0"),
        (16.0, 0, "16", "16"),
        (0.5, 2, "0,50", "0.50"),
    ],
)
def test_a_number_has_the_mark_of_its_language_and_a_real_minus(
    value: float, digits: int, dutch: str, english: str
) -> None:
    assert (written(value, digits, ","), written(value, digits, ".")) == (dutch, english)
