"""A list of schools that is wrong as a whole, or too large, is refused with what to do."""

from html import unescape

import pytest

from tests.client import HouseClient
from tests.conftest import Dump
from tests.survey.school.taking_in import OWN, look, upload


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("BRIN|naam|plaats\n12AB|Noord|Veenrand\n", "We vinden maar één kolom."),
        ("BRIN;naam;plaats\n12AB,Noord,Veenrand\n34CD,Zuid,Veenrand\n", "We vinden maar één kolom."),
        ("straat;postcode\nVeenweg;7811 AB\n", "Daar staat ten minste “BRIN-nummer”"),
        ("BRIN;naam;naam\n12AB;Noord;Noord\n", "De kolom “naam” staat er twee keer."),
        ("BRIN;naam;plaats\n", "staat nog geen school"),
        ("   \n", "Kies een bestand, of plak de regels"),
        (OWN + "12AB;Noord;Veenrand;;\n" * 10_001, "Een bestand mag hooguit 10000 regels hebben."),
    ],
    ids=["bars", "another divider below", "no columns of ours", "twice", "empty", "nothing", "too many"],
)
def test_a_list_that_is_wrong_as_a_whole_is_refused_with_what_to_do(
    leas: HouseClient, dump: Dump, text: str, says: str
) -> None:
    before = dump()
    reply = look(leas, text)
    assert (reply.status_code, says in unescape(reply.text)) == (422, True)
    assert dump() == before


def test_a_hundred_thousand_lines_are_refused_at_once(leas: HouseClient) -> None:
    data = (OWN + "12AB;Noord;Veenrand;;\n" * 100_000).encode()
    reply = upload(leas, data)
    assert (reply.status_code, "Een bestand mag hooguit 10000 regels hebben." in reply.text) == (422, True)


def test_a_file_of_more_than_eight_megabytes_is_refused(leas: HouseClient) -> None:
    assert upload(leas, b"x" * (8 * 1024 * 1024 + 1)).status_code == 413
