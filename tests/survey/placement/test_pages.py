"""The pages of the register: a place that ends, is filled or goes on, totals, and odd addresses."""

from datetime import date

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.placement import reports
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import Add, School, text_of


def test_who_leaves_in_january_leaves_a_vacancy_on_the_front_page(
    as_lea: HouseClient, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=4.0)
    reply = as_lea.post(
        f"/inzet/{key}/stoppen",
        data={"ends_on": "2026-01-12", "reason": "coach_new_job", "vacancy": "y", "shown": "1"},
    )
    assert reply.status_code == 303
    assert "vacant, gefinancierd" in text_of(as_lea, reply.location)
    front = text_of(as_lea, "/inzet")
    assert "1 plek wacht op een coach Samen 4,0 uur per week." in front
    assert "De Kraanheidevacant, gefinancierd sinds 13 januari 2026 · eerder Ana4,0 uur" in front


def test_an_end_before_the_first_day_keeps_what_was_typed(
    as_lea: HouseClient, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2025, 9, 1))
    reply = as_lea.post(f"/inzet/{key}/stoppen", data={"ends_on": "2025-08-20", "reason": "school_stops"})
    assert reply.status_code == 422
    assert 'value="2025-08-20"' in reply.get_data(as_text=True)


def test_an_open_place_is_filled_and_the_next_year_is_made(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, place: Add, kraanheide: str, cleo: Member
) -> None:
    key = place(kraanheide, status="vacant_funded", hours_agreed=4.0)
    filled = as_lea.post(
        f"/inzet/{key}/vullen", data={"coach": cleo.id, "status": "agreed", "starts_on": "2026-02-02"}
    )
    assert filled.status_code == 303
    begun = as_lea.post(f"{filled.location}/stand", data={"status": "active"})
    assert begun.status_code == 303
    new = as_lea.post(f"{filled.location}/verlengen", data={"hours": "3,5"})
    (one,) = reports.of_year(engine, lead, "2026-2027")
    assert new.location.endswith(one.id)
    assert (one.coach, one.hours_agreed) == ("Cleo", 3.5)
    assert as_lea.post(f"{filled.location}/verlengen").status_code == 409
    assert as_lea.post(f"{new.location}/intrekken").status_code == 303
    assert reports.of_year(engine, lead, "2026-2027") == ()


def test_a_place_of_who_left_says_why_it_does_not_go_on(
    engine: SqliteEngine, as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, dump: Dump
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    before = dump()
    reply = as_lea.post(f"/inzet/{key}/verlengen", data={"hours": "3"})
    assert reply.status_code == 409
    assert "Deze persoon coacht niet, of is vertrokken." in reply.text
    assert dump() == before


@pytest.mark.parametrize("hours", ["veel", "60"])
def test_hours_that_cannot_be_do_not_continue_a_placement(
    as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, dump: Dump, hours: str
) -> None:
    key = place(kraanheide, ana)
    before = dump()
    assert as_lea.post(f"/inzet/{key}/verlengen", data={"hours": hours}).status_code == 422
    assert dump() == before


@pytest.mark.parametrize(
    "query",
    [
        "jaar=2025-2027", "jaar=9999-0000", "jaar=<script>", "blad=-1", "blad=99999999", "blad=x",
        "status=weg", "volgorde=used", "zoek=%25%27%22", "coach=niemand", "jaar=2031-2032",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_asks_nothing(
    as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, query: str
) -> None:
    place(kraanheide, ana)
    assert as_lea.get(f"/inzet?{query}").status_code == 200
    assert as_lea.get(f"/inzet/totalen?{query}").status_code == 200
    assert as_lea.get(f"/inzet/tijdlijn.json?{query}").status_code in {200, 404}


def test_totals_say_on_which_day_and_count_a_school_once(
    as_lea: HouseClient, place: Add, kraanheide: str, school: School, ana: Member, cleo: Member
) -> None:
    place(kraanheide, ana, hours_agreed=3.0)
    place(kraanheide, cleo, hours_agreed=1.0, second=True)
    place(school("Veenpluis"), status="vacant_funded", hours_agreed=2.0)
    assert "Uren per week van plekken die lopen op 20 januari 2026." in text_of(as_lea, "/inzet/totalen")
    page = parsed(as_lea.get("/inzet/totalen").get_data(as_text=True))
    rows = [[words(cell) for cell in row] for row in every(page, "tr")]
    assert [
        "Veenrand",
        "2",
        "3",
        "3,01 school zonder leerlingental",
        "4,0",
        "2,0",
        "0,0bekend van 0 plekken",
    ] in rows
