"""The list of advices: drafting one or all, and finding a school."""

import re

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.advice.conftest import SCHOOL, YEAR, Place


def test_a_lead_drafts_a_school_from_the_list(lea_at: HouseClient, placed: str) -> None:
    page = lea_at.get(f"/advies?jaar={YEAR}").text
    assert "De Kraanheide, Veenrand" in page
    reply = lea_at.post("/advies/maken", data={"jaar": YEAR, "school": SCHOOL})
    assert reply.status_code == 303
    assert "De coach werkt sinds 1 augustus 2025 op De Kraanheide." in lea_at.get(reply.location).text
    assert "concept (1)" in lea_at.get(f"/advies?jaar={YEAR}").text


def test_all_drafts_are_made_at_once_and_once(
    engine: SqliteEngine, lea_at: HouseClient, placed: str, place: Place, cleo: Member
) -> None:
    engine.insert("school", {"id": "s2", "name": "Het Baken", "place": "Veenrand"})
    place("s2", cleo)
    for _ in range(2):
        assert lea_at.post("/advies/maken", data={"jaar": YEAR, "school": "alle"}).status_code == 303
    (row,) = engine.rows("SELECT count(*) AS n, count(DISTINCT school_id) AS schools FROM advice")
    assert row == {"n": 2, "schools": 2}


@pytest.mark.parametrize("wanted", ["", "no-such-school"])
def test_of_no_school_nothing_is_drafted(lea_at: HouseClient, placed: str, wanted: str) -> None:
    assert lea_at.post("/advies/maken", data={"jaar": YEAR, "school": wanted}).status_code == 400


def test_the_list_is_found_by_name_and_state(lea_at: HouseClient, written: str) -> None:
    assert "Geen school gevonden" in lea_at.get(f"/advies?jaar={YEAR}&zoek=zzz").text
    assert "De Kraanheide" in lea_at.get(f"/advies?jaar={YEAR}&staat=draft&zoek=kraan").text
    assert "Geen school gevonden" in lea_at.get(f"/advies?jaar={YEAR}&staat=signed").text
    assert lea_at.get("/advies?jaar=2026-2030&staat=x").status_code == 200


def test_many_schools_stand_in_pages_and_each_once(
    engine: SqliteEngine, lea_at: HouseClient, written: str
) -> None:
    engine.insert(
        "school", [{"id": f"m{n:03}", "name": f"Meer {n:03}", "place": "Veenrand"} for n in range(120)]
    )
    pages = [lea_at.get(f"/advies?jaar={YEAR}&blad={number}").text for number in (1, 2, 9)]
    found = [re.findall(r"<b>(?:<a[^>]*>)?([^<]+), Veenrand", page) for page in pages]
    assert [len(names) for names in found] == [100, 21, 21]
    assert len({*found[0], *found[1]}) == 121
    assert "alle (121)" in pages[0]
    assert "blad 2 van 2" in pages[1]
    some = lea_at.get(f"/advies?jaar={YEAR}&staat=none&zoek=meer+0").text
    assert "blad 1" not in some
    assert "blad=2" in lea_at.get(f"/advies?jaar={YEAR}&staat=none&zoek=meer").text
