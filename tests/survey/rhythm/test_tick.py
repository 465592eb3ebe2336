"""A tick says what it does, does it once, and is missed when it stays away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.rhythm import reports, tick
from survey.rhythm.tick import Act
from tests.commands import run
from tests.conftest import START, Cohorts
from tests.survey.rhythm.ticking import Ticking

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_dry_run_says_all_and_does_nothing(
    ticking: Ticking, app: Flask, cohorts: Cohorts, dump: Dump
) -> None:
    ticking.round(began=0)
    ticking.round(began=40, of=cohorts.doras)
    ticking.meeting(10)
    before = dump()
    code, said = run(app, "tick", "--dry-run")
    assert (code, said.splitlines()) == (
        0,
        [
            "would open the round of najaar from 2026-01-20 (round open, people: 1)",
            "would close the round of voorjaar from 2025-12-11",
            "would tell of Werkplaats on 2026-01-30 (event invite, people: 1)",
        ],
    )
    assert dump() == before
    assert run(app, "tick")[1].splitlines() == [
        "opened the round of najaar from 2026-01-20 (round open, people: 1)",
        "closed the round of voorjaar from 2025-12-11",
        "told of Werkplaats on 2026-01-30 (event invite, people: 1)",
    ]
    assert run(app, "tick") == (0, "nothing to do\n")


def test_what_a_tick_announced_waits_in_one_mail(ticking: Ticking, engine: SqliteEngine) -> None:
    ticking.round(began=0)
    ticking.meeting(10)
    assert len(ticking.at()) == 2
    assert engine.rows("SELECT writer FROM outbox") == [{"writer": "bundle"}]


@pytest.mark.parametrize(
    ("planned", "ago", "late"),
    [
        (False, None, False),
        (True, None, True),
        (True, timedelta(hours=23), False),
        (True, timedelta(hours=25), True),
        (False, timedelta(hours=25), True),
    ],
)
def test_a_tick_is_late_after_a_day(
    ticking: Ticking, engine: SqliteEngine, catalog: Catalog, planned: bool, ago: timedelta | None, late: bool
) -> None:
    if planned:
        ticking.round(began=5)
    if ago is not None:
        tick.run(engine, catalog=catalog, at=START - ago)
    found = reports.tick(engine, START)
    assert (found.last, found.late) == (None if ago is None else START - ago, late)


def test_a_step_that_another_tick_took_is_not_done_again(
    ticking: Ticking, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts
) -> None:
    ticking.round(began=0)
    ticking.round(began=40, of=cohorts.doras)
    steps = tick.due(engine, START)
    assert [step.act for step in steps] == [Act.OPEN, Act.CLOSE]
    taken = [[tick.take(engine, step, catalog=catalog, at=START) for step in steps] for _ in range(2)]
    assert taken == [[True, True], [False, False]]
