"""The open list names a board by its number: that stands there until somebody names the board."""

from collections.abc import Callable

import pytest

from survey.school.reports import School
from tests.client import HouseClient
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import look, put_in

Find = Callable[[str], School]
HEAD = "BRIN;NAAM;PLAATS;BEVOEGD GEZAG NUMMER"


def test_the_number_of_a_board_stands_for_its_name(leas: HouseClient, find: Find) -> None:
    preview = look(leas, OFFICIAL).text
    assert "BEVOEGD GEZAG NUMMER" not in preview, "it is read"
    put_in(leas, OFFICIAL)
    assert {find(name).board for name in ("De Kraanheide", "De Ésdoorn")} == {"bestuur 41234"}


def test_a_second_reading_changes_nothing(leas: HouseClient) -> None:
    put_in(leas, OFFICIAL)
    assert "Er verandert niets" in look(leas, OFFICIAL).text


@pytest.mark.parametrize(
    ("known", "then"),
    [
        ("", "bestuur 41234"),
        ("bestuur 40001", "bestuur 41234"),
        ("Stichting Veenonderwijs", "Stichting Veenonderwijs"),
        ("bestuur van Veenrand", "bestuur van Veenrand"),
    ],
)
def test_a_name_is_never_lost_to_a_number(
    leas: HouseClient, add_school: Callable[..., str], find: Find, known: str, then: str
) -> None:
    add_school("De Kraanheide", brin="12AB", board=known)
    put_in(leas, f"{HEAD}\n12AB;De Kraanheide;Veenrand;41234\n")
    assert find("De Kraanheide").board == then


@pytest.mark.parametrize(
    ("name", "number", "board"),
    [("Stichting Veen", "41234", "Stichting Veen"), ("", "41234", "bestuur 41234"), ("", "", "")],
)
def test_where_the_list_has_a_name_that_counts(
    leas: HouseClient, find: Find, name: str, number: str, board: str
) -> None:
    put_in(leas, f"{HEAD};BEVOEGD GEZAG NAAM\n12AB;De Kraanheide;Veenrand;{number};{name}\n")
    assert find("De Kraanheide").board == board


def test_a_name_comes_in_the_place_of_a_number(leas: HouseClient, find: Find) -> None:
    put_in(leas, OFFICIAL)
    text = "BRIN;bestuur\n12AB;Stichting Veenonderwijs\n"
    assert "bestuur 41234" in look(leas, text).text
    put_in(leas, text)
    assert find("De Kraanheide").board == "Stichting Veenonderwijs"


def test_a_formula_is_no_number(leas: HouseClient, find: Find) -> None:
    reply = look(leas, f"{HEAD}\n12AB;De Kraanheide;Veenrand;=1+1\n")
    assert "bestuursnummer: Hier staat een formule." in reply.text
