"""Where it shows that no tick ran: to a monitor, and to the lead."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Clock, Cohorts, Member

STILL = "De planning staat stil"
Signed = Callable[[Member], HouseClient]


def test_a_monitor_reads_when_a_tick_ran_last(
    app: Flask, client: FlaskClient, cohorts: Cohorts, clock: Clock, add_round: Callable[..., str]
) -> None:
    def seen() -> tuple[object, object]:
        reply = client.get("/healthz")
        assert reply.json is not None
        assert reply.status_code == 200
        return reply.json["last_tick"], reply.json["tick_is_late"]

    assert seen() == (None, False)
    add_round(cohorts.bens)
    assert seen() == (None, True)
    run(app, "tick")
    assert seen() == (START.isoformat(), False)
    clock.forward(days=2)
    assert seen() == (START.isoformat(), True)


@pytest.mark.parametrize("page", ["/vandaag", "/jaarplan"])
def test_the_lead_is_warned_until_a_tick_runs(
    app: Flask, as_: Signed, lea: Member, cohorts: Cohorts, add_round: Callable[..., str], page: str
) -> None:
    client = as_(lea)
    assert STILL not in client.get(page).get_data(as_text=True)
    add_round(cohorts.bens)
    assert f"{STILL}</h2>\n<p>Zij heeft nog nooit gelopen." in client.get(page).get_data(as_text=True)
    run(app, "tick")
    assert STILL not in client.get(page).get_data(as_text=True)


def test_the_warning_says_since_when(app: Flask, as_: Signed, lea: Member, clock: Clock) -> None:
    run(app, "tick")
    clock.at += timedelta(days=3)
    text = as_(lea).get("/jaarplan").get_data(as_text=True)
    assert "Zij liep voor het laatst op 20 januari 2026 om 11.00." in text


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_nobody_else_is_warned(
    as_: Signed, request: pytest.FixtureRequest, cohorts: Cohorts, add_round: Callable[..., str], who: str
) -> None:
    add_round(cohorts.bens)
    assert STILL not in as_(request.getfixturevalue(who)).get("/vandaag").get_data(as_text=True)
