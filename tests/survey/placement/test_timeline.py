"""The timeline of the register: the places of the filter on a page, each from its first to its last day."""

import json
from datetime import date

import pytest

from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member
from tests.survey.placement.conftest import YEAR, Add


@pytest.fixture
def places(place: Add, kraanheide: str, wollegras: str, ana: Member, cleo: Member) -> None:
    place(kraanheide, ana, starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 19), status="ended")
    place(kraanheide, status="vacant_funded", starts_on=date(2025, 12, 20), hours_agreed=3.0)
    place(wollegras, cleo)


def shown(client: HouseClient, query: str) -> tuple[list[str], set[tuple[str, ...]]]:
    """The schools in the figure, and what the table beside it says of each."""
    figure = client.get(f"/inzet/tijdlijn.json?{query}")
    assert figure.status_code == 200
    drawn = json.dumps(figure.json, ensure_ascii=False)
    (told,) = every(parsed(client.get(f"/inzet?{query}").text), "figure")
    rows = {tuple(words(cell) for cell in row) for row in every(told, "tr")}
    return [name for name in ("De Kraanheide", "Het Wollegras") if name in drawn], rows


ANA = ("De Kraanheide", "Ana", "1 sep 25", "19 dec 25")
FREE = ("De Kraanheide", "vacant, gefinancierd", "20 dec 25", "31 jul 26")
CLEO = ("Het Wollegras", "Cleo", "1 aug 25", "31 jul 26")


@pytest.mark.parametrize(
    ("query", "bars"),
    [
        (f"jaar={YEAR}", {ANA, FREE, CLEO}),
        (f"jaar={YEAR}&gemeente=Heidewold", {CLEO}),
        (f"jaar={YEAR}&status=vacant_funded", {FREE}),
    ],
)
def test_it_draws_what_the_filter_shows(
    as_lea: HouseClient, places: None, query: str, bars: set[tuple[str, ...]]
) -> None:
    drawn, rows = shown(as_lea, query)
    assert rows - {("school", "coach of stand", "van", "tot en met")} == bars
    assert drawn == sorted({school for school, *_ in bars})
