"""What is planned can move, be taken back and be added to, until it opened."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Cohorts, Member
from tests.survey.rhythm.planning import made, sent, text_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def planned(lead: HouseClient, address: str, plan: None) -> Callable[[str], str]:
    """A plan was made; gives the address of the first thing of that name in it."""

    def first(name: str) -> str:
        found = re.search(rf'href="([^"]+)" aria-label="Wijzig {name} ', text_of(lead, address))
        assert found
        return found[1]

    return first


def test_a_round_moves_while_it_did_not_open(
    engine: SqliteEngine, lead: HouseClient, planned: Callable[[str], str]
) -> None:
    page = text_of(lead, planned("Meetronde"))
    data = sent(page, first="2026-09-16", last="2026-10-06")
    assert lead.post(planned("Meetronde"), data=data).status_code == 303
    first = made(engine)[0]
    assert (first["opens_at"], first["closes_at"]) == (
        "2026-09-15T22:00:00+00:00",
        "2026-10-06T22:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "2026-10-04", "Kies de eerste dag."),
        ("2026-09-14", "", "Kies de laatste dag."),
        ("2026-09-14", "2026-09-01", "Het eind komt voor het begin."),
        ("2026-09-14", "2026-10-20", "Er is dan al een andere ronde open."),
        ("2026-08-01", "2026-09-01", "Deze dag is te vroeg."),
        ("2025-09-14", "2025-10-01", "Deze dag valt niet in dit schooljaar."),
    ],
)
def test_a_move_that_cannot_be_changes_nothing_and_keeps_what_was_typed(
    lead: HouseClient, planned: Callable[[str], str], dump: Dump, first: str, last: str, said: str
) -> None:
    where = planned("Meetronde")
    before = dump()
    reply = lead.post(where, data={"first": first, "last": last})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert said in page
    assert sent(page).items() >= {("first", first), ("last", last)}
    assert dump() == before


def test_a_round_put_into_a_holiday_by_hand_is_marked(
    lead: HouseClient, planned: Callable[[str], str], address: str
) -> None:
    lead.post(planned("Korte ronde"), data={"first": "2026-10-12", "last": "2026-10-20"})
    assert "Valt voor een deel in de herfstvakantie." in text_of(lead, address)


@pytest.mark.parametrize("after", ["", "/intrekken"])
def test_what_opened_meanwhile_stays_as_it_is(
    as_: Signed, lea: Member, planned: Callable[[str], str], clock: Clock, dump: Dump, after: str
) -> None:
    where = planned("Meetronde") + after
    clock.at = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
    lead, before = as_(lea), dump()
    assert lead.get(where).location.endswith("?begonnen=1")
    reply = lead.post(where, data={"first": "2026-10-10", "last": "2026-10-20"})
    assert (reply.status_code, reply.location[-11:]) == (303, "?begonnen=1")
    assert dump() == before
    assert "Dit is intussen begonnen" in text_of(lead, reply.location)


@pytest.mark.parametrize(("name", "table"), [("Meetronde", "round"), ("Korte ronde", "micro_round")])
def test_a_round_is_taken_back_after_one_question(
    engine: SqliteEngine, lead: HouseClient, planned: Callable[[str], str], name: str, table: str
) -> None:
    where, before = planned(name), made(engine, table)
    assert "Gaat dit niet door?" in text_of(lead, f"{where}/intrekken")
    assert made(engine, table) == before
    assert lead.post(f"{where}/intrekken").status_code == 303
    assert made(engine, table) == before[1:]
    assert lead.post(f"{where}/intrekken").status_code == 404


def test_a_meeting_moves_and_is_called_off(
    engine: SqliteEngine, lead: HouseClient, planned: Callable[[str], str], cohorts: Cohorts, address: str
) -> None:
    engine.insert("event_theme", {"event_id": planned("Trainingsdag").split("/")[-1], "competency": "A1"})
    engine.run("UPDATE event SET place = 'De Turfschuur'")
    data = {"title": "Samen beginnen", "first": "2026-09-30", "starts": "10:00", "ends": "12:00"}
    assert lead.post(planned("Trainingsdag"), data={**data, "ends": "9.00"}).status_code == 422
    assert lead.post(planned("Trainingsdag"), data=data).status_code == 303
    event = engine.one("SELECT * FROM event WHERE title = 'Samen beginnen'")
    assert event
    assert (event["starts_at"], event["place"]) == ("2026-09-30T08:00:00+00:00", "De Turfschuur")
    assert engine.rows("SELECT competency FROM event_theme") == [{"competency": "A1"}]
    assert lead.post(f"{planned('Samen beginnen')}/intrekken").status_code == 303
    assert engine.rows("SELECT title FROM event WHERE cancelled_at IS NOT NULL") == [
        {"title": "Samen beginnen"}
    ]
    assert "gaat niet door" in text_of(lead, address)


def test_a_round_is_added_to_a_plan(
    engine: SqliteEngine, lead: HouseClient, planned: Callable[[str], str], address: str
) -> None:
    lead.post(f"{planned('Meetronde')}/intrekken")
    data = {"kind": "round", "lookback": "y", "first": "2026-09-07", "last": "2026-09-27"}
    assert lead.post(f"{address}/toevoegen", data=data).status_code == 303
    first = made(engine)[0]
    assert (first["opens_at"], first["lookback"]) == ("2026-09-06T22:00:00+00:00", 1)
    assert first["plan_id"]
    data = {"kind": "short", "lookback": "y", "first": "2026-09-27", "last": "2026-09-30"}
    reply = lead.post(f"{address}/toevoegen", data=data)
    assert reply.status_code == 422
    assert "Er is dan al een andere ronde open." in reply.get_data(as_text=True)
    data = {"kind": "short", "first": "2026-09-28", "last": "2026-10-02"}
    assert lead.post(f"{address}/toevoegen", data=data).status_code == 303
    assert len(made(engine, "micro_round")) == 8


def test_a_meeting_in_the_hour_that_the_clock_skips_is_refused(
    lead: HouseClient, planned: Callable[[str], str], dump: Dump
) -> None:
    where, before = planned("Trainingsdag"), dump()
    data = {"title": "Samen beginnen", "first": "2027-03-28", "starts": "2:30", "ends": "3:00"}
    reply = lead.post(where, data=data)
    assert reply.status_code == 422
    assert "Het eind komt voor het begin." in reply.get_data(as_text=True)
    assert dump() == before


@pytest.mark.parametrize(
    ("empty", "said"),
    [
        ("first", "Kies een dag."),
        ("starts", "Vul in hoe laat het begint."),
        ("ends", "Vul in hoe laat het eindigt."),
    ],
)
def test_what_a_meeting_lacks_is_named(
    lead: HouseClient, planned: Callable[[str], str], empty: str, said: str
) -> None:
    data = {"title": "Samen beginnen", "first": "2026-09-30", "starts": "10:00", "ends": "12:00", empty: ""}
    reply = lead.post(planned("Trainingsdag"), data=data)
    assert reply.status_code == 422
    assert said in reply.get_data(as_text=True)
