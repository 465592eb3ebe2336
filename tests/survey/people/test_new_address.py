"""Another mail address waits two days: nobody takes over an account while its owner looks on."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.access import accounts
from survey.access import actions as access
from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.people import changing, new_address, store
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Clock, Cohorts, Member, scope_of, stamp

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
NEW = "nieuw@example.org"
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def device(as_: Signed, ana: Member) -> HouseClient:
    """Ana is signed in."""
    return as_(ana)


@pytest.fixture
def asked(app: Flask, engine: SqliteEngine, device: HouseClient, ana: Member, lea: Member) -> str:
    """Lea wants another address for Ana; the path of the page on which Ana refuses that."""
    with app.app_context():
        details = changing.Details(ana.name, NEW, "active", None)
        by = scope_of(lea, Role.LEAD)
        changing.change(engine, person_id=ana.id, details=details, by=by, at=START)
    (mail,) = mails(engine)
    assert mail["recipient"] == ana.email
    found = re.search("http://localhost(/adres/.+)", mail["body"])
    assert found
    return found[1]


def mails(engine: SqliteEngine) -> list[dict[str, str]]:
    return engine.rows("SELECT recipient, subject, body FROM outbox ORDER BY recipient, subject")


def who(engine: SqliteEngine, email: str) -> str | None:
    found = accounts.with_address(engine, email)
    return found.name if found else None


def wait(app: Flask, engine: SqliteEngine, time: timedelta = TWO_DAYS) -> None:
    with app.app_context():
        new_address.take_effect(engine, START + time)


def acts(engine: SqliteEngine) -> list[str]:
    rows = engine.rows("SELECT act FROM audit WHERE act LIKE 'address-%' ORDER BY id")
    return [row["act"] for row in rows]


def test_until_two_days_have_passed_the_old_address_signs_in(
    app: Flask, engine: SqliteEngine, device: HouseClient, asked: str, ana: Member
) -> None:
    wait(app, engine, TWO_DAYS - timedelta(seconds=1))
    assert (who(engine, "ana@example.org"), who(engine, NEW)) == ("Ana", None)
    assert device.get("/vandaag").status_code == 200
    assert NEW not in mails(engine)[0]["body"], "it may be the address of a stranger"
    access.issue_link(engine, person_id=ana.id, at=START)
    wait(app, engine)
    assert engine.rows("SELECT person_id FROM signin_link WHERE used_at IS NULL") == []
    assert (who(engine, "ana@example.org"), who(engine, NEW)) == (None, "Ana")
    assert device.get("/vandaag").status_code == 302
    assert [mail["recipient"] for mail in mails(engine)] == ["ana@example.org", "ana@example.org", NEW]
    assert acts(engine) == ["address-asked", "address-changed"]
    wait(app, engine)
    assert len(mails(engine)) == 3, "once"


def test_whoever_sends_mail_lets_it_count(app: Flask, engine: SqliteEngine, asked: str, clock: Clock) -> None:
    clock.forward(hours=48)
    run(app, "send-mail", "--dry-run")
    assert who(engine, NEW) is None
    run(app, "send-mail")
    assert who(engine, NEW) == "Ana"


def test_one_button_keeps_the_address_and_leads_hear_of_it(
    app: Flask, engine: SqliteEngine, client: HouseClient, asked: str, dump: Dump
) -> None:
    before = dump()
    page = client.get(asked)
    assert page.text.count("<button") == 1
    assert dump() == before, "mail scanners open links too"
    assert "blijft zoals het was" in client.post(asked).text
    wait(app, engine)
    assert (who(engine, "ana@example.org"), who(engine, NEW)) == ("Ana", None)
    (told,) = mails(engine)[1:]
    assert (told["recipient"], told["subject"]) == ("lea@example.org", "Ana houdt het eigen mailadres")
    assert acts(engine) == ["address-asked", "address-refused"]
    assert client.get(asked).status_code == client.post(asked).status_code == 404


def test_once_it_counts_there_is_nothing_to_refuse(
    client: HouseClient, asked: str, clock: Clock, dump: Dump
) -> None:
    clock.forward(hours=48)
    before = dump()
    assert client.get(asked).status_code == client.post(asked).status_code == 404
    assert client.get("/adres/anders").status_code == 404
    assert dump() == before


def test_a_lead_sees_what_waits_and_can_take_it_back(
    app: Flask, engine: SqliteEngine, as_: Signed, lea: Member, ana: Member, asked: str
) -> None:
    leas = as_(lea)
    assert "geldt vanaf donderdag 22 januari" in leas.get(f"/mensen/{ana.id}").text
    assert leas.post(f"/mensen/{ana.id}/adres").status_code == 303
    assert NEW not in leas.get(f"/mensen/{ana.id}").text
    wait(app, engine)
    assert who(engine, NEW) is None


def test_an_address_another_lead_gave_meanwhile_is_not_taken_back_unseen(
    engine: SqliteEngine, as_: Signed, lea: Member, ana: Member, asked: str, dump: Dump
) -> None:
    leas, address = as_(lea), f"/mensen/{ana.id}/adres"
    assert f'name="shown" value="{NEW}"' in leas.get(f"/mensen/{ana.id}").text
    engine.run("UPDATE address_change SET email = 'ana@nog-nieuwer.example'")
    before = dump()
    reply = leas.post(address, data={"shown": NEW})
    assert reply.status_code == 409
    for said in ("Iemand anders wijzigde dit net", 'name="shown" value="ana@nog-nieuwer.example"'):
        assert said in reply.text
    assert dump() == before
    assert leas.post(address, data={"shown": "ana@nog-nieuwer.example"}).status_code == 303
    assert leas.post(address, data={"shown": "ana@nog-nieuwer.example"}).status_code == 409


def test_another_ask_takes_the_place_of_the_first(
    app: Flask, engine: SqliteEngine, client: HouseClient, asked: str, ana: Member, lea: Member
) -> None:
    with app.app_context():
        by, at = scope_of(lea, Role.LEAD), START + timedelta(hours=1)
        new_address.ask(engine, person_id=ana.id, email="ander@example.org", by=by, at=at)
    assert client.get(asked).status_code == 404
    wait(app, engine)
    assert who(engine, NEW) is None
    wait(app, engine, TWO_DAYS + timedelta(hours=1))
    assert who(engine, "ander@example.org") == "Ana"


def test_an_address_someone_else_got_meanwhile_changes_nothing(
    app: Flask, engine: SqliteEngine, asked: str
) -> None:
    people.add_person(engine, name="Noor", email=NEW, roles=[Role.COACH], by=None, at=START)
    wait(app, engine)
    assert (who(engine, "ana@example.org"), who(engine, NEW)) == ("Ana", "Noor")
    assert acts(engine) == ["address-asked", "address-taken"]


def test_who_left_meanwhile_keeps_the_address(
    app: Flask, engine: SqliteEngine, asked: str, ana: Member
) -> None:
    people.leave(engine, person_id=ana.id, at=START, by=None)
    wait(app, engine)
    assert who(engine, "ana@example.org") == "Ana"


def test_an_operator_waits_for_nothing(app: Flask, engine: SqliteEngine, asked: str) -> None:
    code, said = run(app, "change-address", "ana@example.org", NEW)
    assert (code, who(engine, NEW)) == (0, "Ana"), said
    assert "De beheerder heeft uw mailadres" in mails(engine)[0]["body"]
    assert engine.rows("SELECT person_id FROM address_change") == []


@pytest.mark.parametrize(
    ("email", "to", "said"),
    [
        ("niemand@example.org", NEW, "Nobody who is here"),
        ("ana@example.org", "lea@example.org", "Someone has this mail address already"),
        ("ana@example.org", "geen adres", "geen adres"),
    ],
)
def test_what_an_operator_cannot_change_is_said(
    app: Flask, engine: SqliteEngine, ana: Member, lea: Member, dump: Dump, email: str, to: str, said: str
) -> None:
    before = dump()
    code, text = run(app, "change-address", email, to)
    assert code == 1
    assert said in text
    assert dump() == before


def test_who_reflected_holds_something_whatever_the_log_tells(
    engine: SqliteEngine, ana: Member, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    known = "2025-06-01T00:00:00+00:00"
    assert not store.ever_signed_in(engine, ana.id, known_since=known)
    row = {"id": "r", "round_id": add_round(cohorts.bens), "person_id": ana.id, "revision": 1}
    engine.insert("reflection", row | {"started_at": stamp(START), "saved_at": stamp(START)})
    assert store.ever_signed_in(engine, ana.id, known_since=known)


def test_of_who_came_long_ago_it_is_not_known_whether_they_signed_in(
    engine: SqliteEngine, ana: Member
) -> None:
    known = "2025-06-01T00:00:00+00:00"
    engine.run("UPDATE person SET created_at = '2026-01-10T10:00:00+00:00' WHERE id = :id", {"id": ana.id})
    assert not store.ever_signed_in(engine, ana.id, known_since=known)
    link = access.issue_link(engine, person_id=ana.id, at=START)
    access.sign_in(engine, link=link, at=START)
    engine.run("DELETE FROM session")
    assert store.ever_signed_in(engine, ana.id, known_since=known), "the log tells it"
    engine.run("DELETE FROM audit")
    assert not store.ever_signed_in(engine, ana.id, known_since=known)
    engine.run("UPDATE person SET created_at = '2025-05-31T10:00:00+00:00' WHERE id = :id", {"id": ana.id})
    assert store.ever_signed_in(engine, ana.id, known_since=known)
