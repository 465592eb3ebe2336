"""The form of a placement: what it makes, and that a mistake says what to do and loses nothing."""

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.client import HouseClient, parsed, words
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import YEAR, Add, text_of

TYPED = {
    "school": "s-De Kraanheide",
    "status": "active",
    "starts_on": "2025-09-01",
    "hours_agreed": "3,0",
    "employer": "Zorggroep Veenrand",
}


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
        ({"starts_on": "0001-01-01", "ends_on": "0001-01-01"}, "Deze dag is ver weg. Kijk het jaartal na."),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "Deze dag is ver weg. Kijk het jaartal na."),
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
