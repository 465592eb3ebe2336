"""The pages of the register and of a coach: what they show, and that a mistake loses nothing."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import YEAR, Add, School

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]

TYPED = {
    "school": "s-De Kraanheide",
    "status": "active",
    "starts_on": "2025-09-01",
    "hours_agreed": "3,0",
    "employer": "Zorggroep Veenrand",
}


@pytest.fixture
def as_lea(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


def text_of(client: HouseClient, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    (main,) = every(parsed(reply.get_data(as_text=True)), "main")
    return words(main)


def test_a_lead_makes_a_placement_and_reads_its_hours(
    engine: SqliteEngine, as_lea: HouseClient, kraanheide: str, ana: Member
) -> None:
    reply = as_lea.post("/inzet/nieuw", data=TYPED | {"coach": ana.id})
    assert reply.status_code == 303
    shown = text_of(as_lea, reply.location)
    assert "Ana" in shown
    assert "112 × 4 / 150" in shown
    assert "Afgesproken3,0" in shown
    assert "nieuw: loopt" in shown


def test_a_form_sent_twice_makes_one_placement(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, kraanheide: str, ana: Member
) -> None:
    sent = TYPED | {"coach": ana.id, "once": "0" * 32}
    places = {as_lea.post("/inzet/nieuw", data=sent).location for _ in range(2)}
    assert len(places) == 1
    assert len(reports.of_year(engine, lead, YEAR)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"school": ""}, "Kies een school."),
        ({"school": "s-Nergens"}, "Kies een school."),
        ({"coach": ""}, "Kies wie het is. Is er nog niemand? Kies dan een andere stand."),
        (
            {"status": "vacant_funded"},
            "Bij deze stand is er nog niemand. Kies “nog niemand”, of een andere stand.",
        ),
        ({"status": "ended"}, "Vul de laatste dag in."),
        ({"starts_on": ""}, "Kies de eerste dag."),
        ({"starts_on": "morgen"}, "Dit is geen dag. Schrijf de dag zo: 20-1-2026."),
        ({"starts_on": "1925-09-01"}, "Deze dag is ver weg. Kijk het jaartal na."),
        ({"ends_on": "2025-08-31"}, "De laatste dag ligt voor de eerste."),
        (
            {"ends_on": "2026-08-01"},
            "Een plek loopt hooguit tot 31 juli van het schooljaar. Verleng de plek daarna.",
        ),
        ({"hours_agreed": "60"}, "Meer dan 40 uur per week kan niet."),
        ({"hours_agreed": "-3"}, "Dit is geen aantal uren. Schrijf het zo: 3,5."),
        ({"hours_agreed": "drie"}, "Dit is geen aantal uren. Schrijf het zo: 3,5."),
        ({"hours_agreed": "3,1"}, "Schrijf uren in kwartieren: 3, 3,25, 3,5 of 3,75."),
        (
            {"hours_agreed": "5"},
            "Kies ook een reden: dit is een half uur of meer naast de regel.",
        ),
        (
            {"hours_needed": "6,5", "needed_because": "other", "needed_note": ""},
            "Schrijf in een paar woorden welke reden het is.",
        ),
        ({"employer": "x" * 121}, "Maak dit korter: hooguit 120 tekens."),
        ({"needed_note": "x" * 281}, "Maak dit korter: hooguit 280 tekens."),
    ],
)
def test_a_mistake_says_what_to_do_and_loses_nothing(
    as_lea: HouseClient, kraanheide: str, ana: Member, dump: Dump, typed: dict[str, str], said: str
) -> None:
    before = dump()
    reply = as_lea.post("/inzet/nieuw", data={"coach": ana.id, "needed_note": "Drie talen."} | TYPED | typed)
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert said in words(parsed(shown))
    kept = {"needed_note": "Drie talen.", "employer": "Zorggroep Veenrand", "hours_agreed": "3,0"} | typed
    for name in ("needed_note", "employer", "hours_agreed"):
        assert f'value="{kept[name]}"' in shown
    assert dump() == before


@pytest.mark.parametrize("hours", ["3", "3,25", "2.5", "3 uur", "3,5 u"])
def test_hours_are_read_as_people_write_them(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, kraanheide: str, ana: Member, hours: str
) -> None:
    reply = as_lea.post(
        "/inzet/nieuw", data=TYPED | {"coach": ana.id, "hours_agreed": hours, "agreed_because": "start_up"}
    )
    assert reply.status_code == 303
    (one,) = reports.of_year(engine, lead, YEAR)
    assert one.hours_agreed == float(hours.split()[0].replace(",", "."))


def test_a_second_place_at_a_school_asks_for_a_tick(
    engine: SqliteEngine,
    lead: Scope,
    as_lea: HouseClient,
    place: Add,
    kraanheide: str,
    ana: Member,
    cleo: Member,
) -> None:
    place(kraanheide, ana)
    reply = as_lea.post("/inzet/nieuw", data=TYPED | {"coach": cleo.id})
    assert reply.status_code == 409
    shown = words(parsed(reply.get_data(as_text=True)))
    assert (
        "Deze school heeft in die tijd al een plek: Ana. Is dit een tweede plek? Zet dan het vinkje." in shown
    )
    assert as_lea.post("/inzet/nieuw", data=TYPED | {"coach": cleo.id, "second": "y"}).status_code == 303
    assert len(reports.of_year(engine, lead, YEAR)) == 2


def test_a_double_place_of_a_coach_names_the_other(
    as_lea: HouseClient, place: Add, kraanheide: str, ana: Member
) -> None:
    place(kraanheide, ana)
    reply = as_lea.post("/inzet/nieuw", data=TYPED | {"coach": ana.id, "second": "y"})
    assert reply.status_code == 409
    shown = words(parsed(reply.get_data(as_text=True)))
    assert "Ana heeft al een plek op De Kraanheide, vanaf 1 augustus 2025 (schooljaar 2025-2026)." in shown


def test_more_than_forty_hours_shows_the_sum(
    as_lea: HouseClient, place: Add, kraanheide: str, wollegras: str, ana: Member
) -> None:
    place(wollegras, ana, hours_agreed=38.0)
    reply = as_lea.post("/inzet/nieuw", data=TYPED | {"coach": ana.id})
    assert reply.status_code == 409
    assert "Samen wordt dit 41,0 uur per week, vanaf 1 september 2025." in words(
        parsed(reply.get_data(as_text=True))
    )


def test_what_another_changed_meanwhile_is_shown_beside_what_was_typed(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    actions.set_status(engine, placement_id=key, status="paused", by=lead, at=START)
    reply = as_lea.post(f"/inzet/{key}/wijzigen", data=TYPED | {"coach": ana.id, "shown": "1"})
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert "Er staat nu: tijdelijk gestopt, Ana, 3,0 uur afgesproken." in words(parsed(shown))
    assert 'value="Zorggroep Veenrand"' in shown
    again = as_lea.post(f"/inzet/{key}/wijzigen", data=TYPED | {"coach": ana.id, "shown": "2"})
    assert again.status_code == 303
    assert "was niet bekend" not in text_of(as_lea, again.location)
    assert "was –, werd Zorggroep Veenrand" in text_of(as_lea, again.location)


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


def test_a_coach_writes_down_hours_in_one_tap(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    assert "Uren van december 2025" in text_of(client, "/vandaag")
    assert "Zoals afgesproken: 3,0 uur" in text_of(client, "/mijn-inzet")
    done = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "as_agreed": "1"})
    assert done.status_code == 303
    assert "Uren van" not in text_of(client, "/vandaag")
    assert "3,0 uur gebruikt" in text_of(client, "/mijn-inzet")


@pytest.mark.parametrize("hours", ["", "veel", "41", "3,1"])
def test_other_hours_that_cannot_be_stay_in_their_field(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member, dump: Dump, hours: str
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    before = dump()
    reply = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "hours": hours})
    assert reply.status_code == 422
    assert f'value="{hours}"' in reply.get_data(as_text=True)
    assert dump() == before


def test_a_mistake_in_a_month_that_was_written_down_stays_in_its_field(
    as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "as_agreed": "1"})
    reply = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "hours": "2,x"})
    assert reply.status_code == 422
    assert 'value="2,x"' in reply.get_data(as_text=True)


def test_a_coach_tells_a_wish_and_a_long_note_is_kept(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    client = as_(ana)
    long = "x" * 281
    reply = client.post(f"/mijn-inzet/{key}/wens", data={"wish": "stop", "wish_note": long})
    assert reply.status_code == 422
    assert long in reply.get_data(as_text=True)
    reply = client.post(f"/mijn-inzet/{key}/wens", data={"wish": "more_hours", "wish_note": "Veel vragen."})
    assert reply.status_code == 303
    assert "Uw wens voor volgend schooljaar: meer uren" in text_of(client, "/mijn-inzet")
    one = reports.one(engine, scope_of(ana), key)
    assert one is not None
    assert one.wish == "more_hours"


def test_a_coach_without_a_place_reads_what_to_do(as_: Signed, ana: Member) -> None:
    assert "Er staat nu geen school op uw naam" in text_of(as_(ana), "/mijn-inzet")


def test_a_place_of_another_coach_is_not_there(
    as_: Signed, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, ana)
    client = as_(cleo)
    assert client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-10"}).status_code == 404
    assert client.post(f"/mijn-inzet/{key}/wens", data={"wish": "stop"}).status_code == 404
    assert client.get(f"/inzet/{key}").status_code == 404
