"""What somebody tried against the pages of the evaluation, and what they get."""

from collections.abc import Callable

from tests.client import HouseClient
from tests.conftest import Member

Signed = Callable[[Member], HouseClient]
WRONG_KEY = "Antwoorden kunnen nu niet geopend worden"


def test_nobody_is_warned_of_a_key_that_fits(as_: Signed, lea: Member, window: str) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)


def test_nobody_is_warned_of_a_key_before_there_is_a_window(as_: Signed, lea: Member) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)
