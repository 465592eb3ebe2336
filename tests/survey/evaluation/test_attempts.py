"""What somebody tried against the pages of the evaluation, and what they get."""

from collections.abc import Callable

import pytest

from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.evaluation.conftest import SCHOOL, YEAR

Signed = Callable[[Member], HouseClient]
WRONG_KEY = "Antwoorden kunnen nu niet geopend worden"


def test_nobody_is_warned_of_a_key_that_fits(as_: Signed, lea: Member, window: str) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)


def test_nobody_is_warned_of_a_key_before_there_is_a_window(as_: Signed, lea: Member) -> None:
    assert WRONG_KEY not in as_(lea).get("/evaluatie").get_data(as_text=True)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2126-01-30"])
@pytest.mark.parametrize("field", ["opens", "closes"])
def test_a_day_far_away_is_looked_at_again(
    as_: Signed, lea: Member, planned: str, day: str, field: str
) -> None:
    typed = {"opens": "2026-01-27", "closes": "2026-02-10"} | {field: day}
    for path in (f"/evaluatie/{planned}/dagen", "/evaluatie/nieuw"):
        reply = as_(lea).post(path, data=typed | {"school_year": YEAR})
        assert reply.status_code == 422
        assert day in reply.get_data(as_text=True), "what was typed stays"


def test_an_address_that_is_none_is_shown_as_text(as_: Signed, lea: Member, window: str) -> None:
    typed = "<script>alert(1)</script>"
    sent = {"a-form": "evaluation-teacher", "a-addresses": typed}
    reply = as_(lea).post(f"/evaluatie/{window}/school/{SCHOOL}/post", data=sent)
    assert reply.status_code == 422
    assert typed not in reply.get_data(as_text=True)
