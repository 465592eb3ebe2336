"""Asking for signatures on the page, and taking a link back."""

from typing import Any

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from tests.conftest import Member, Signed
from tests.survey.start_agreement import making


def test_a_wrong_address_of_one_partner_keeps_the_others(
    app: Any, as_: Signed, lea: Member, url: str, engine: SqliteEngine, place: str, lead: Scope
) -> None:
    with app.app_context():
        making.draft(engine, place, lead)
    data = {"partners": ["coach", "director"], "mail-coach": "ana@example.org", "mail-director": "rosa"}
    reply = as_(lea).post(f"{url}/tekenen", data=data)
    assert reply.status_code == 422
    assert "Dit is geen mailadres." in reply.text
    assert "ana@example.org" in reply.text
    assert engine.rows("SELECT * FROM start_signature") == []


def test_the_last_link_that_waits_says_what_taking_it_back_means(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    with app.app_context():
        first, second = making.asked(engine, place, coach)
        own = as_(ana)
        assert "Trek de link in van: Directeur" in own.get(url).text
        making.sign(engine, first)
    assert "Trek in: de afspraak geldt dan zonder directeur" in own.get(url).text
    own.post(f"{url}/tekenen/{second}/weg")
    assert "getekend op 20 januari 2026" in own.get(url).text


def test_the_only_link_cannot_be_taken_back_by_itself(as_: Signed, ana: Member, url: str, link: str) -> None:
    assert "Trek in" not in as_(ana).get(url).text
