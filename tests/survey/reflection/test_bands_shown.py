"""Bands as coach, trainer and portfolio see them: which SEM, and no other where no round came after it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from survey.clock import stamp
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member

AddRound = Callable[..., str]
MEASURES = ("attitude", "skills", "knowledge", "total")
OWN = "De breedte komt uit antwoorden in dit programma."


def figure(client: HouseClient, path: str = "/groei") -> str:
    return client.get(path).text.split("<figure", 1)[1].split("</figure>", 1)[0]


@pytest.fixture
def grown(ana: Member, cohorts: Cohorts, reflected: Callable[..., str]) -> None:
    """Ana rose a level between two rounds."""
    reflected(ana, cohorts.bens, days=70, level=2)
    reflected(ana, cohorts.bens, days=40, level=3)


def in_force(engine: SqliteEngine, since: datetime, value: float = 0.9) -> None:
    for measure in MEASURES:
        row = {"profile": "kansencoach", "measure": measure, "version": 2, "value": value, "pairs": 140}
        engine.insert("sem_version", row | {"items": 3, "valid_from": stamp(since)})


@pytest.mark.usefixtures("grown")
def test_what_was_shown_stays_as_it_was_until_a_round_opens_after_it(
    engine: SqliteEngine, as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Callable[..., str]
) -> None:
    before = figure(as_ana)
    assert "groeiden meer dan toeval kan verklaren" in before
    in_force(engine, START - timedelta(days=38))
    assert figure(as_ana) == before
    reflected(ana, cohorts.bens, days=15, level=3)
    after = figure(as_ana)
    assert OWN in after
    assert "houding 140, vaardigheden 140, kennis 140 en alles samen 140" in after
    assert "We zien geen verandering die groter is dan toeval." in after
    assert "2,0 ± 1,3" in after


@pytest.mark.usefixtures("grown")
def test_trainer_and_portfolio_say_the_same(
    engine: SqliteEngine, as_: Callable[[Member], HouseClient], as_ana: HouseClient, ana: Member, ben: Member
) -> None:
    in_force(engine, START - timedelta(days=200))
    as_ana.post(f"/groei/delen/{ben.id}", data={"share": "on"})
    portfolio = as_ana.get("/eigen-gegevens/portfolio.html").text
    for text in (figure(as_ana), figure(as_(ben), f"/gedeeld/{ana.id}"), portfolio):
        assert OWN in text
        assert "We zien geen verandering die groter is dan toeval." in text


def test_a_round_that_was_missed_brings_no_other_bands(
    engine: SqliteEngine, as_ana: HouseClient, grown: None, cohorts: Cohorts, add_round: AddRound
) -> None:
    in_force(engine, START - timedelta(days=38))
    add_round(cohorts.bens, days=18, length=5)
    assert OWN not in figure(as_ana)
    assert "Niet ingevuld" in figure(as_ana)
