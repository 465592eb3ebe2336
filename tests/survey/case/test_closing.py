"""Closing a case: how it ended, what stops at once, and that nothing is added afterwards."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.case.actions import NotYours
from survey.case.ending import closing
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member
from tests.survey.case.driving import Case, answer, open_case

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
LINE = "volgende keer eerder de school bellen"
REACHED = {"outcome": "goal_reached", "helped": "one_plan", "line": LINE}


@pytest.fixture
def case(app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school_of: Callable[..., str]) -> Case:
    return open_case(app, engine, clock, school=school_of(ana), coach=ana)


def close(engine: SqliteEngine, case: Case, coach: Member) -> None:
    closing.close(
        engine,
        case_id=case.id,
        outcome="moved",
        reason=None,
        helped=None,
        line="",
        by=coach.id,
        at=case.clock(),
    )


def test_a_closed_case_shows_how_it_ended(as_: As, ana: Member, case: Case) -> None:
    client = as_(ana)
    assert f'href="{case.page}/afsluiten"' in client.get(case.page).text
    assert client.post(f"{case.page}/afsluiten", data=REACHED).location == case.page
    page = client.get(case.page).text
    for words in ("Zo eindigde dit traject", "Het doel is bereikt", "Eén plan voor thuis en school", LINE):
        assert words in page
    assert f'href="{case.page}/afsluiten"' not in page


def test_the_page_offers_a_last_check_first_and_says_what_stops(as_: As, ana: Member, case: Case) -> None:
    case.plan(ana, case.clock().date() + timedelta(days=7))
    page = as_(ana).get(f"{case.page}/afsluiten").text
    assert f'href="{case.page}#ask"' in page
    assert "1 gepland gesprek vervalt." in page
    assert "12 maanden" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Kies hoe dit traject eindigt."),
        ({"outcome": "won"}, "Kies hoe dit traject eindigt."),
        ({"outcome": "scaled_up"}, "Kies waarom."),
        ({"outcome": "scaled_up", "down": "down_goal_reached"}, "Kies waarom."),
        ({"outcome": "scaled_up", "up": "down_goal_reached"}, "Kies waarom."),
        ({"outcome": "scaled_down", "up": "up_safety"}, "Kies waarom."),
        ({"outcome": "moved", "helped": "luck"}, "Kies een antwoord."),
        ({"outcome": "moved", "line": "x" * 281}, "Dit is te lang."),
        ({"outcome": "moved", "line": "bel haar op 06 12345678"}, "Staat hier een telefoonnummer?"),
    ],
)
def test_what_is_missing_or_risky_is_said_and_nothing_is_lost(
    as_: As, ana: Member, case: Case, dump: Dump, sent: dict[str, str], said: str
) -> None:
    client = as_(ana)
    before = dump()
    refused = client.post(f"{case.page}/afsluiten", data={"line": LINE, **sent})
    assert refused.status_code == 422
    assert said in refused.text
    assert sent.get("line", LINE) in refused.text
    assert dump() == before


@pytest.mark.parametrize(
    ("outcome", "sent", "reason"),
    [
        ("scaled_up", {"up": "up_safety", "down": "down_goal_reached"}, "up_safety"),
        ("scaled_down", {"up": "up_safety", "down": "down_goal_reached"}, "down_goal_reached"),
        ("moved", {"up": "up_safety"}, None),
    ],
)
def test_the_reason_goes_the_way_of_the_outcome(
    as_: As, ana: Member, case: Case, outcome: str, sent: dict[str, str], reason: str | None
) -> None:
    assert as_(ana).post(f"{case.page}/afsluiten", data={"outcome": outcome, **sent}).status_code == 303
    (row,) = case.rows("case_closing")
    assert (row["outcome"], row["reason"], row["closed_by"]) == (outcome, reason, ana.id)


def test_a_risky_line_is_kept_on_a_second_decision(as_: As, ana: Member, case: Case) -> None:
    client = as_(ana)
    sent = {"outcome": "moved", "line": "bel haar op 06 12345678"}
    assert client.post(f"{case.page}/afsluiten", data=sent).status_code == 422
    assert case.rows("note") == []
    again = client.post(f"{case.page}/afsluiten", data={**sent, "anyway": "06 12345678"})
    assert again.status_code == 303
    assert [(note["place"], note["line"]) for note in case.rows("note")] == [("closing", sent["line"])]


def test_open_links_cards_and_planned_talks_end_at_once(
    app: Flask, engine: SqliteEngine, ana: Member, case: Case
) -> None:
    token = case.ask(ana, "parent")
    planned = case.plan(ana, case.clock().date() + timedelta(days=7))
    card = {"id": "card", "informant_id": case.informant("parent"), "token_hash": "0" * 64, "created_at": "x"}
    engine.insert("card", card)
    close(engine, case, ana)
    visitor = app.test_client()
    assert answer(app, visitor, token) == 404
    assert visitor.get(f"/c/{token}").status_code == 404
    assert engine.one("SELECT id FROM card WHERE revoked_at IS NULL") is None
    assert engine.one("SELECT state FROM talk WHERE id = :id", {"id": planned}) == {"state": "cancelled"}
    with pytest.raises(checkins.MayNotAsk):
        case.ask(ana, "parent")


def test_answers_stay_to_read(app: Flask, engine: SqliteEngine, as_: As, ana: Member, case: Case) -> None:
    token = case.ask(ana, "parent")
    assert answer(app, app.test_client(), token) == 303
    close(engine, case, ana)
    assert "Ouder" in as_(ana).get(case.page).text
    assert app.test_client().get(f"/c/{token}").status_code == 404


def test_a_case_closes_once_and_only_for_its_coach(
    engine: SqliteEngine, ana: Member, cleo: Member, case: Case, dump: Dump
) -> None:
    before = dump()
    with pytest.raises(NotYours):
        close(engine, case, cleo)
    assert dump() == before
    close(engine, case, ana)
    after = dump()
    with pytest.raises(NotYours):
        close(engine, case, ana)
    assert dump() == after


def test_nothing_can_be_sent_to_a_closed_case(
    app: Flask, engine: SqliteEngine, as_: As, ana: Member, case: Case, dump: Dump
) -> None:
    """Every address under a case, also one that is added later and forgets to look."""
    close(engine, case, ana)
    client = as_(ana)
    before = dump()
    tried = 0
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/trajecten/<code>") and "POST" in (rule.methods or ()):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: {"code": case.code}.get(name[1], "x"), rule.rule)
            refused = client.post(path, data={**REACHED, "who": "parent-1"})
            assert refused.status_code == 409, rule.rule
            assert "Dit traject is afgesloten" in refused.text, rule.rule
            tried += 1
    assert tried >= 5
    assert client.get(f"{case.page}/afsluiten").status_code == 409
    assert dump() == before


def test_closing_is_in_the_audit_log_without_content(
    engine: SqliteEngine, as_: As, ana: Member, case: Case
) -> None:
    as_(ana).post(f"{case.page}/afsluiten", data=REACHED)
    (noted,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'case-closed'")
    assert noted == {"person_id": ana.id, "object": case.id}
