"""How often one address and one place may ask for a link."""

import pytest
from flask import Flask

from survey.access import views
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member
from tests.survey.access.asking import Post, ask


def test_one_address_gets_a_few_mails_in_a_quarter_of_an_hour(
    client: HouseClient, post: Post, ana: Member, clock: Clock
) -> None:
    for _ in range(views.LINKS_PER_MAIL):
        assert ask(client, ana.email).status_code == 303
    refused = ask(client, ana.email)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "Kijk in uw mail" in refused.get_data(as_text=True)
    assert len(post()) == views.LINKS_PER_MAIL
    clock.forward(minutes=15)
    assert ask(client, ana.email).status_code == 303


def test_the_limit_is_the_same_for_an_address_nobody_has(client: HouseClient, ana: Member) -> None:
    statuses = [
        [ask(client, mail).status_code for _ in range(7)] for mail in (ana.email, "vreemd@example.org")
    ]
    assert statuses[0] == statuses[1]


def test_thirty_coaches_at_one_meeting_all_get_in(client: HouseClient) -> None:
    for number in range(30):
        for _ in range(3):
            assert ask(client, f"coach{number}@example.org").status_code == 303


def test_one_place_cannot_go_on_asking(client: HouseClient, app: Flask) -> None:
    for number in range(views.LINKS_PER_PLACE):
        assert ask(client, f"n{number}@example.org").status_code == 303
    assert ask(client, "nog-een@example.org").status_code == 429
    elsewhere = client.post(
        "/inloggen", data={"mail": "nog-een@example.org"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert elsewhere.status_code == 303


def test_a_place_that_asks_too_often_leaves_no_trace_of_addresses(
    client: HouseClient, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LINKS_PER_PLACE", 2)
    for number in range(9):
        ask(client, f"n{number}@example.org")
    assert len(engine.rows("SELECT subject FROM rate_limit")) == 3, "one place and two addresses"
