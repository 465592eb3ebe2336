"""What a tick does for rounds, once: opening, closing, reminding."""

from datetime import date

import pytest
from msgspec.structs import replace

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.rhythm import actions, tick
from survey.rhythm.plan import Kind, Slot
from survey.rhythm.spans import Span
from tests.conftest import START, Cohorts, Member
from tests.survey.rhythm.ticking import DAY, Ticking


def test_a_round_is_announced_once_to_who_is_in_the_cohort(ticking: Ticking, engine: SqliteEngine) -> None:
    key = ticking.round(began=0)
    assert ticking.at() == ["open round_open 1"]
    assert ticking.told() == ["Ana round_open"]
    assert ticking.at(START + DAY) == []
    assert engine.one("SELECT opened_at, closed_at FROM round WHERE id = :id", {"id": key}) == {
        "opened_at": START.isoformat(),
        "closed_at": None,
    }


def test_a_round_of_tomorrow_waits(ticking: Ticking) -> None:
    ticking.round(began=-1)
    assert ticking.at() == []
    assert ticking.told() == []
    assert ticking.at(START + DAY) == ["open round_open 1"]


@pytest.mark.parametrize(
    ("since", "until", "told_of"),
    [
        (date(2026, 1, 19), None, 2),
        (date(2026, 1, 20), None, 2),
        (date(2026, 1, 21), None, 1),
        (date(2026, 1, 1), date(2026, 1, 19), 1),
        (date(2026, 1, 1), date(2026, 1, 20), 2),
    ],
)
def test_only_members_of_the_opening_day_are_told(
    ticking: Ticking,
    engine: SqliteEngine,
    cohorts: Cohorts,
    cleo: Member,
    since: date,
    until: date | None,
    told_of: int,
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=since)
    if until:
        cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=cleo.id, until=until)
    ticking.round(began=0)
    assert ticking.at(START + 2 * DAY) == [f"open round_open {told_of}"]


def test_who_left_and_who_handed_in_already_is_not_told(
    ticking: Ticking, engine: SqliteEngine, cohorts: Cohorts, ana: Member, cleo: Member
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2025, 9, 1))
    key = ticking.round(began=1)
    ticking.submit(key, ana, START)
    engine.run(
        "UPDATE person SET status = 'left', left_at = :at WHERE id = :id",
        {"id": cleo.id, "at": START.isoformat()},
    )
    assert ticking.at() == ["open round_open 0"]
    assert ticking.told() == []


def test_a_round_that_passed_without_a_tick_closes_and_tells_nobody(
    ticking: Ticking, engine: SqliteEngine
) -> None:
    ticking.round(began=40)
    assert ticking.at() == ["close round 0"]
    assert ticking.at() == []
    assert ticking.told() == []
    assert engine.one("SELECT opened_at, closed_at FROM round") == {
        "opened_at": None,
        "closed_at": START.isoformat(),
    }


def test_a_short_round_opens_and_closes_the_same_way(
    ticking: Ticking, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts
) -> None:
    actions.add(
        engine,
        cohort_id=cohorts.bens,
        plan_id=None,
        form=catalog.reflection("kansencoach"),
        slot=Slot(Kind.SHORT, Span(date(2026, 1, 21), date(2026, 1, 27))),
        by=None,
        at=START,
    )
    assert [ticking.at(START + n * DAY) for n in (0, 1, 2, 8, 9)] == [
        [],
        ["open micro_open 1"],
        [],
        ["close short 0"],
        [],
    ]
    assert ticking.told() == ["Ana micro_open"]


def test_a_round_asks_what_was_published_since_it_was_planned(
    ticking: Ticking, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, cleo: Member
) -> None:
    untouched, begun = ticking.round(began=0), ticking.round(began=0, of=cohorts.doras)
    ticking.submit(begun, cleo, None)
    form = catalog.reflection("kansencoach")
    newer = replace(
        catalog,
        _forms={form.form: {form.version: form, "9.0": form.model_copy(update={"version": "9.0"})}},
    )
    tick.run(engine, catalog=newer, at=START)
    versions = {row["id"]: row["version"] for row in engine.rows("SELECT id, version FROM round")}
    assert versions == {untouched: "9.0", begun: form.version}


def test_who_has_not_handed_in_is_reminded_five_days_before_the_end(
    ticking: Ticking, engine: SqliteEngine, cohorts: Cohorts, ana: Member, cleo: Member
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2025, 9, 1))
    key = ticking.round(began=0)
    ticking.at()
    ticking.mailed(START)
    ticking.submit(key, ana, START + DAY)
    ticking.submit(key, cleo, None)
    assert ticking.at(START + 15 * DAY) == []
    assert ticking.at(START + 16 * DAY) == ["tell round_reminder 1"]
    assert ticking.at(START + 17 * DAY) == []
    assert ticking.told() == ["Ana round_open", "Cleo round_open", "Cleo round_reminder"]


def test_nobody_is_reminded_of_what_still_waits_to_be_told(ticking: Ticking) -> None:
    ticking.round(began=18)
    assert ticking.at() == ["open round_open 1"]
    assert ticking.at(START + DAY) == []
    assert ticking.told() == ["Ana round_open"]
