"""The reader of a list says which new schools take part."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Dump
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import fields, put_in


@pytest.mark.parametrize(
    ("chosen", "taking_part"),
    [
        ({"meedoen": "alle"}, {"De Kraanheide", "De Ésdoorn"}),
        ({"meedoen": "geen"}, set()),
        ({"meedoen": "gemeenten", "gemeente": ["Wijk aan Veen"]}, {"De Ésdoorn"}),
    ],
    ids=["all", "none", "one municipality"],
)
def test_the_reader_says_which_new_schools_take_part(
    leas: HouseClient, engine: SqliteEngine, chosen: dict[str, str | list[str]], taking_part: set[str]
) -> None:
    put_in(leas, OFFICIAL, **chosen)
    assert engine.one("SELECT count(*) AS n FROM school") == {"n": 2}
    assert {row["name"] for row in engine.rows("SELECT name FROM school WHERE takes_part = 1")} == taking_part


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"meedoen": ""}, "Kies welke nieuwe scholen meedoen."),
        ({"meedoen": "gemeenten"}, "Kies ten minste één gemeente."),
    ],
)
def test_without_that_choice_nothing_is_stored(
    leas: HouseClient, dump: Dump, chosen: dict[str, str | list[str]], says: str
) -> None:
    before = dump()
    reply = put_in(leas, OFFICIAL, **chosen)
    assert (reply.status_code, says in reply.text) == (422, True)
    assert fields(reply.text)["regels"].count("\n") == 3
    assert dump() == before
