"""A list of schools is read as it comes: from the ministry, from every program, from our own hand."""

from collections.abc import Callable

import pytest

from survey.school.reports import Count, School
from tests.client import HouseClient
from tests.conftest import Cohorts, Dump, Member
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import ADDRESS, counted, fields, look, put_in, upload
from tests.survey.sheets.test_reading import workbook


def test_a_list_is_shown_as_it_was_read_and_stores_nothing(leas: HouseClient, dump: Dump) -> None:
    before = dump()
    reply = upload(leas, OFFICIAL.encode("cp1252"))
    assert reply.status_code == 200
    assert counted(reply.text)[:4] == ["2", "0", "0", "0"]
    assert "De Ésdoorn" in reply.text
    assert "DENOMINATIE" in reply.text
    assert dump() == before


def test_the_open_list_of_the_ministry_is_read_as_it_is(
    leas: HouseClient, find: Callable[[str], School]
) -> None:
    reply = put_in(leas, OFFICIAL)
    assert (reply.status_code, reply.location) == (303, "/inzet/scholen?nieuw=2&anders=0&welke=taking_part")
    assert "2 scholen zijn nieuw." in leas.get(reply.location).text
    school = find("De Ésdoorn")
    assert (school.code, school.place, school.municipality) == ("12AB01", "'s-Gravenmoer", "Wijk aan Veen")
    assert (school.street, school.postcode, school.takes_part) == ("Turfkade 12-a", "7812 CD", True)


@pytest.mark.parametrize(
    "data",
    [
        OFFICIAL.encode(),
        OFFICIAL.encode("utf-8-sig"),
        OFFICIAL.encode("iso-8859-1"),
        OFFICIAL.encode("utf-16"),
        OFFICIAL.replace(";", ",").encode(),
        OFFICIAL.replace(";", "\t").encode(),
        OFFICIAL.replace("\n", "\r\n").encode(),
        workbook([line.split(";") for line in OFFICIAL.splitlines()]),
    ],
    ids=["utf-8", "utf-8 with mark", "iso-8859-1", "utf-16", "commas", "tabs", "windows lines", "xlsx"],
)
def test_the_same_list_is_read_from_every_program(leas: HouseClient, data: bytes) -> None:
    sent = fields(upload(leas, data).text)
    assert sent["gezien"] == fields(look(leas, OFFICIAL).text)["gezien"]


def test_the_order_of_the_columns_does_not_matter(leas: HouseClient, find: Callable[[str], School]) -> None:
    assert put_in(leas, "Plaats,x,  Brin-Nummer ,SCHOOLNAAM\nVeenrand,y,12ab,Zuid\n").status_code == 303
    assert (find("Zuid").code, find("Zuid").place) == ("12AB00", "Veenrand")


def test_a_list_of_own_schools_can_be_taken_along_filled_in_and_read_again(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    add_school(brin="12AB", programmes=("Buiten spelen", "Ruzie uitpraten"))
    add_school("-Noord", "Veenrand")
    text = leas.get("/inzet/scholen/lijst.csv").data.decode("utf-8-sig")
    assert "Er verandert niets" in look(leas, text).text
    filled = text.replace(";2025-2026;;;Buiten", ";2025-2026;112;31,4;Buiten")
    assert put_in(leas, filled).status_code == 303
    assert find("De Kraanheide").counts == (Count("2025-2026", 112, 31.4),)


def test_the_sample_to_fill_in_is_a_list_we_read(leas: HouseClient) -> None:
    sample = leas.get(f"{ADDRESS}/voorbeeld.csv").data
    assert counted(upload(leas, sample).text)[:4] == ["1", "0", "0", "0"]


def test_the_names_of_the_columns_are_read_in_english_as_well(
    leas: HouseClient, find: Callable[[str], School]
) -> None:
    assert put_in(leas, "name;town;municipality;pupils\nNoord;Veenrand;Heidewold;80\n").status_code == 303
    school = find("Noord")
    assert (school.place, school.municipality) == ("Veenrand", "Heidewold")
    assert [count.pupils for count in school.counts] == [80]


def test_the_register_of_a_lead_is_closed_to_others(
    as_: Callable[[Member], HouseClient], cohorts: Cohorts, ana: Member, dump: Dump
) -> None:
    client = as_(ana)
    before = dump()
    assert look(client, OFFICIAL).status_code == 404
    assert dump() == before
