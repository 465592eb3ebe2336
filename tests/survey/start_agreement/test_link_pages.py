"""Whoever holds a link reads, signs or remarks, without a cookie and once."""

import pytest

from survey.database import SqliteEngine
from survey.start_agreement.signing import actions
from tests.client import HouseClient
from tests.conftest import START, Clock, Member, Signed


def test_a_director_reads_and_signs_without_a_cookie(
    client: HouseClient, as_: Signed, lea: Member, link: str, url: str
) -> None:
    page = client.get(link)
    assert "Meer ouders komen naar een gesprek" in page.text
    assert "Set-Cookie" not in page.headers
    reply = client.post(link, data={"act": "sign", "name": "  Rosa   Timmer "})
    assert (reply.status_code, reply.location) == (303, link)
    assert "Set-Cookie" not in reply.headers
    text = client.get(link).text
    assert "u heeft getekend" in text
    assert "Ik onderteken" not in text
    assert "Rosa Timmer" in as_(lea).get(url).text


def test_the_same_form_sent_twice_signs_once(client: HouseClient, link: str, engine: SqliteEngine) -> None:
    client.post(link, data={"act": "sign", "name": "Rosa"})
    assert client.post(link, data={"act": "sign", "name": "Iemand anders"}).status_code == 303
    assert client.post(link, data={"act": "remark", "remark": "Toch niet."}).status_code == 303
    (row,) = engine.rows("SELECT name, remark FROM start_signature")
    assert row == {"name": "Rosa", "remark": ""}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"act": "sign", "name": "  "}, "Vul uw naam in"),
        ({"act": "sign", "name": "x" * 121}, "hooguit 120 tekens"),
        ({"act": "remark", "remark": ""}, "Schrijf uw opmerking op"),
        ({"act": "remark", "remark": "x" * 501}, "hooguit 500 tekens"),
        ({"name": "Rosa"}, "Kies: ondertekenen of een opmerking sturen."),
    ],
)
def test_what_misses_something_comes_back_as_it_was(
    client: HouseClient, link: str, engine: SqliteEngine, data: dict[str, str], said: str
) -> None:
    reply = client.post(link, data=data)
    assert reply.status_code == 422
    assert said in reply.text
    assert all(value in reply.text for name, value in data.items() if name != "act" and value.strip())
    (row,) = engine.rows("SELECT name, remarked_at FROM start_signature")
    assert row == {"name": None, "remarked_at": None}


def test_a_remark_comes_back_to_lead_and_coach(
    client: HouseClient, as_: Signed, ana: Member, lea: Member, link: str, url: str
) -> None:
    client.post(link, data={"act": "remark", "remark": "Liever op maandag."})
    assert "Liever op maandag." in client.get(link).text
    for member in (ana, lea):
        assert "Liever op maandag." in as_(member).get(url).text
        assert "opmerking bij de startafspraak" in as_(member).get("/vandaag").text


def test_a_link_taken_back_shows_no_agreement_and_keeps_what_was_typed_readable(
    client: HouseClient, as_: Signed, lea: Member, link: str, url: str
) -> None:
    as_(lea).post(f"{url}/intrekken")
    assert "Meer ouders komen" not in client.get(link).text
    reply = client.post(link, data={"act": "remark", "remark": "Liever op maandag."})
    assert reply.status_code == 409
    assert "Liever op maandag." in reply.text
    assert "niet verstuurd" in reply.text


def test_an_old_link_says_whom_to_ask(client: HouseClient, clock: Clock, link: str) -> None:
    clock.at = START + actions.LASTS
    text = client.get(link).text
    assert "verlopen" in text
    assert "Meer ouders komen" not in text
    assert client.post(link, data={"act": "sign", "name": "Rosa"}).status_code == 409


def test_who_signed_reads_it_until_the_last_day_of_the_link(
    client: HouseClient, clock: Clock, link: str
) -> None:
    client.post(link, data={"act": "sign", "name": "Rosa"})
    assert "Meer ouders komen" in client.get(link).text
    clock.at = START + actions.LASTS
    text = client.get(link).text
    assert "u heeft getekend" in text
    assert "Meer ouders komen" not in text
    assert "Rosa" not in text


def test_who_tries_tokens_is_stopped_and_who_holds_one_is_not(client: HouseClient, link: str) -> None:
    replies = [client.get(f"/s/{number:022}").status_code for number in range(102)]
    assert (replies[0], replies[-1]) == (404, 429)
    assert client.get(link).status_code == 200


def test_without_a_coach_the_link_opens_nothing(client: HouseClient, link: str, engine: SqliteEngine) -> None:
    engine.run("UPDATE placement SET status = 'vacant_funded', person_id = NULL")
    assert client.get(link).status_code == 404
    assert client.post(link, data={"act": "sign", "name": "Rosa"}).status_code == 404
