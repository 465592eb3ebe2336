"""Within a day the path of a case reads from the latest to the first."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.case import actions
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.clock import HOME
from survey.current import catalog
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Clock, Member

As = Callable[[Member], HouseClient]


@pytest.fixture
def case_id(engine: SqliteEngine, code: str) -> str:
    (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
    return str(row["id"])


def path(coach: HouseClient, code: str) -> list[list[str]]:
    """The lines of each day."""
    lists = every(parsed(coach.get(f"/trajecten/{code}").text), "ol")
    days = [day for one in lists if one.get("class") == "path" for day in every(one, "li")]
    return [[words(line) for line in every(day, "p")] for day in days]


def test_what_was_noted_withdrawn_and_answered_on_one_day_reads_in_that_order(
    app: Flask, as_: As, engine: SqliteEngine, ana: Member, code: str, case_id: str, clock: Clock
) -> None:
    clock.forward(minutes=5)
    actions.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=clock())
    clock.forward(minutes=5)
    informant = actions.add_informant(engine, case_id=case_id, who=Who("teacher", 1))
    with app.app_context():
        form = catalog().get("relationship-teacher")
        _link, token = checkins.ask(
            engine, informant_id=informant, form=form.form, version=form.version, by=ana.id, at=clock()
        )
        checkins.submit(engine, token=token, reply={item.key: 4 for item in form.items}, clock=clock)
    clock.forward(minutes=5)
    actions.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=clock())
    clock.forward(minutes=5)
    actions.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=clock())
    assert path(as_(ana), code) == [
        [
            "Akkoord genoteerd",
            "Akkoord ingetrokken",
            "Werkrelatie-check, leerkracht · beantwoord",
            "Akkoord genoteerd",
            "Traject gestart · signaal: leerkracht",
        ]
    ]


def test_an_agreement_withdrawn_within_the_second_stands_above_its_noting(
    as_: As, engine: SqliteEngine, ana: Member, code: str, case_id: str
) -> None:
    actions.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    actions.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    (day,) = path(as_(ana), code)
    assert day[:2] == ["Akkoord ingetrokken", "Akkoord genoteerd"]


@pytest.mark.parametrize(
    ("starts_at", "stands_above"),
    [
        (time(8, 0), False),  # held before the agreement was noted
        (time(23, 0), True),
        (None, True),  # noted after it
    ],
)
def test_a_talk_stands_where_it_was_held_or_else_where_it_was_noted(
    as_: As,
    engine: SqliteEngine,
    ana: Member,
    code: str,
    case_id: str,
    clock: Clock,
    starts_at: time | None,
    stands_above: bool,
) -> None:
    clock.forward(minutes=5)
    actions.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=clock())
    clock.forward(minutes=5)
    today = clock().astimezone(HOME).date()
    talk: dict[str, Any] = {"case_id": case_id, "kind": "phone", "with_": ["ib"], "day": today, "by": ana.id}
    key = talks.plan(engine, **talk, starts_at=starts_at, at=clock())
    talks.finish(engine, **talk, talk_id=key, agreed=[], line="", at=clock())
    engine.run("UPDATE talk SET starts_at = :at", {"at": starts_at and starts_at.isoformat("minutes")})
    (day,) = path(as_(ana), code)
    agreed, talked = (
        next(n for n, line in enumerate(day) if word in line) for word in ("Akkoord", "Telefoon")
    )
    assert (talked < agreed) is stands_above


def test_a_talk_of_an_earlier_day_stays_on_its_day(
    as_: As, engine: SqliteEngine, ana: Member, code: str, case_id: str, clock: Clock
) -> None:
    day = date(2026, 1, 20)
    clock.forward(days=2)
    talks.note_done(
        engine,
        case_id=case_id,
        kind="phone",
        with_=["ib"],
        day=day,
        agreed=[],
        line="",
        by=ana.id,
        at=clock(),
    )
    assert clock().date() == day + timedelta(days=2)
    assert len(path(as_(ana), code)) == 1
