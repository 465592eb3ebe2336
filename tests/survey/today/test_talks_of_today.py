"""Vandaag begins the case part with the talks of today, those that were not noted yet, and tomorrow's."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient
from tests.conftest import START, Member
from tests.survey.case.asking import answer, ask, case_id, section

As = Callable[[Member], HouseClient]
TODAY = START.date()


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    return cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)


def plan(engine: SqliteEngine, code: str, by: Member, day: date, at: time | None = None) -> str:
    return talks.plan(
        engine,
        case_id=case_id(engine, code),
        kind="meeting",
        with_=["parent-1"],
        day=day,
        starts_at=at,
        by=by.id,
        at=START,
    )


def test_the_talk_of_today_is_one_tap_away(as_: As, engine: SqliteEngine, ana: Member, code: str) -> None:
    talk = plan(engine, code, ana, TODAY, time(17))
    page = as_(ana).get("/vandaag").text
    assert section(page, "talks") == f"Gesprekken Vandaag 17.00{code} Begin dit gesprek"
    assert f'href="/trajecten/{code}/gesprek/{talk}"' in page


def test_today_comes_first_then_what_was_not_noted_and_tomorrow_small(
    as_: As, engine: SqliteEngine, ana: Member, code: str
) -> None:
    plan(engine, code, ana, TODAY - timedelta(days=4))
    plan(engine, code, ana, TODAY, time(17))
    plan(engine, code, ana, TODAY, time(9, 30))
    plan(engine, code, ana, TODAY + timedelta(days=1), time(15, 15))
    plan(engine, code, ana, TODAY + timedelta(days=2), time(8))
    told = section(as_(ana).get("/vandaag").text, "talks")
    parts = ["Vandaag 9.30", "Vandaag 17.00", "16 januari", "Noteer dit gesprek", f"Morgen: 15.15 {code}"]
    places = [told.index(part) for part in parts]
    assert places == sorted(places)
    assert "8.00" not in told


def test_nothing_planned_takes_no_room(as_: As, engine: SqliteEngine, ana: Member, code: str) -> None:
    plan(engine, code, ana, TODAY + timedelta(days=2))
    held = plan(engine, code, ana, TODAY)
    talks.cancel(engine, talk_id=held, by=ana.id)
    assert 'id="talks"' not in as_(ana).get("/vandaag").text


def test_the_talks_of_others_and_of_closed_cases_stay_away(
    as_: As, engine: SqliteEngine, ana: Member, cleo: Member, ben: Member, code: str
) -> None:
    plan(engine, code, ana, TODAY)
    assert [code in as_(one).get("/vandaag").text for one in (ana, cleo, ben)] == [True, False, False]
    engine.run('UPDATE "case" SET closed_at = opened_at')
    assert code not in as_(ana).get("/vandaag").text


def test_checks_of_the_past_days_are_told_apart(
    as_: As, engine: SqliteEngine, client: HouseClient, ana: Member, code: str
) -> None:
    coach = as_(ana)
    check = ask(coach, code)
    answer(coach, client, check, "4433")
    ask(coach, code, family="wellbeing")
    page = coach.get("/vandaag").text
    assert "Werkrelatie-check · Ouder · " in page
    assert "Hoe-gaat-het-check · Ouder · " in page
