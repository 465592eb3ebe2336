"""What a tick does, once: opening, closing, reminding and inviting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions as events
from survey.questionnaire.catalog import Catalog
from survey.rhythm import actions, reports, tick
from survey.rhythm.plan import Kind, Slot
from survey.rhythm.spans import Span
from survey.rhythm.tick import Act
from tests.commands import run
from tests.conftest import START, Clock, Cohorts, Member

AddRound = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
DAY = timedelta(days=1)


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    found = app.extensions["catalog"]
    assert isinstance(found, Catalog)
    return found


@pytest.fixture
def ticks(engine: SqliteEngine, catalog: Catalog) -> Callable[..., list[str]]:
    """A tick at a moment: for each thing it did, what it was and how many people are told."""

    def at(moment: datetime = START) -> list[str]:
        done = tick.run(engine, catalog=catalog, at=moment)
        return [f"{step.act} {step.notice or step.kind} {len(step.people)}" for step in done]

    return at


@pytest.fixture
def told(engine: SqliteEngine) -> Callable[[], list[str]]:
    """Who is to be told what, in words."""

    def words() -> list[str]:
        return [
            f"{row['name']} {row['kind']}"
            for row in engine.rows(
                "SELECT person.name, notice.kind FROM notice JOIN person ON person.id = notice.person_id "
                "ORDER BY person.name, notice.kind, notice.change"
            )
        ]

    return words


@pytest.fixture
def heard(engine: SqliteEngine) -> Callable[[datetime], None]:
    """Everything that waited was mailed at this moment."""

    def hear(at: datetime) -> None:
        engine.run(
            "UPDATE notice SET told_at = :at WHERE told_at IS NULL AND dropped_at IS NULL",
            {"at": at.isoformat()},
        )

    return hear


@pytest.fixture
def meeting(engine: SqliteEngine, cohorts: Cohorts) -> Callable[..., str]:
    """A meeting of Ben's cohort, so many days from the start."""

    def add(days: float, *more: str) -> str:
        starts_at = START + timedelta(days=days)
        return events.add_event(
            engine,
            kind="workshop",
            title="Werkplaats",
            place="De Turfschuur",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            cohort_ids=[cohorts.bens, *more],
            themes=[],
            by=None,
            at=START,
        )

    return add


def submit(engine: SqliteEngine, round_id: str, member: Member, at: datetime | None) -> None:
    """A reflection of someone, handed in or only begun."""
    engine.insert(
        "reflection",
        {
            "id": f"{round_id}-{member.name}",
            "round_id": round_id,
            "person_id": member.id,
            "revision": 1,
            "started_at": START.isoformat(),
            "saved_at": START.isoformat(),
            "submitted_at": at.isoformat() if at else None,
        },
    )


def test_a_round_is_announced_once_to_who_is_in_the_cohort(
    engine: SqliteEngine,
    cohorts: Cohorts,
    add_round: AddRound,
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
) -> None:
    key = add_round(cohorts.bens, days=0)
    assert ticks() == ["open round_open 1"]
    assert told() == ["Ana round_open"]
    assert ticks(START + DAY) == []
    assert engine.one("SELECT opened_at, closed_at FROM round WHERE id = :id", {"id": key}) == {
        "opened_at": START.isoformat(),
        "closed_at": None,
    }


def test_a_round_of_tomorrow_waits(
    cohorts: Cohorts, add_round: AddRound, ticks: Callable[..., list[str]], told: Callable[[], list[str]]
) -> None:
    add_round(cohorts.bens, days=-1)
    assert ticks() == []
    assert told() == []
    assert ticks(START + DAY) == ["open round_open 1"]


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
    engine: SqliteEngine,
    cohorts: Cohorts,
    cleo: Member,
    add_round: AddRound,
    ticks: Callable[..., list[str]],
    since: date,
    until: date | None,
    told_of: int,
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=since)
    if until:
        cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=cleo.id, until=until)
    add_round(cohorts.bens, days=0)
    assert ticks(START + 2 * DAY) == [f"open round_open {told_of}"]


def test_who_left_and_who_handed_in_already_is_not_told(
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    cleo: Member,
    add_round: AddRound,
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2025, 9, 1))
    key = add_round(cohorts.bens, days=1)
    submit(engine, key, ana, START)
    engine.run(
        "UPDATE person SET status = 'left', left_at = :at WHERE id = :id",
        {"id": cleo.id, "at": START.isoformat()},
    )
    assert ticks() == ["open round_open 0"]
    assert told() == []


def test_a_round_that_passed_without_a_tick_closes_and_tells_nobody(
    engine: SqliteEngine,
    cohorts: Cohorts,
    add_round: AddRound,
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
) -> None:
    add_round(cohorts.bens, days=40)
    assert ticks() == ["close round 0"]
    assert ticks() == []
    assert told() == []
    assert engine.one("SELECT opened_at, closed_at FROM round") == {
        "opened_at": None,
        "closed_at": START.isoformat(),
    }


def test_a_short_round_opens_and_closes_the_same_way(
    engine: SqliteEngine,
    catalog: Catalog,
    cohorts: Cohorts,
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
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
    assert [ticks(START + n * DAY) for n in (0, 1, 2, 8, 9)] == [
        [],
        ["open micro_open 1"],
        [],
        ["close short 0"],
        [],
    ]
    assert told() == ["Ana micro_open"]


def test_a_round_asks_what_was_published_since_it_was_planned(
    engine: SqliteEngine,
    catalog: Catalog,
    cohorts: Cohorts,
    ana: Member,
    cleo: Member,
    add_round: AddRound,
) -> None:
    untouched, begun = add_round(cohorts.bens, days=0), add_round(cohorts.doras, days=0)
    submit(engine, begun, cleo, None)
    form = catalog.reflection("kansencoach")
    newer = replace(
        catalog,
        _forms={form.form: {form.version: form, "9.0": form.model_copy(update={"version": "9.0"})}},
    )
    tick.run(engine, catalog=newer, at=START)
    versions = {row["id"]: row["version"] for row in engine.rows("SELECT id, version FROM round")}
    assert versions == {untouched: "9.0", begun: form.version}


def test_who_has_not_handed_in_is_reminded_five_days_before_the_end(
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    cleo: Member,
    add_round: AddRound,
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
    heard: Callable[[datetime], None],
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2025, 9, 1))
    key = add_round(cohorts.bens, days=0)
    ticks()
    heard(START)
    submit(engine, key, ana, START + DAY)
    submit(engine, key, cleo, None)
    assert ticks(START + 15 * DAY) == []
    assert ticks(START + 16 * DAY) == ["tell round_reminder 1"]
    assert ticks(START + 17 * DAY) == []
    assert told() == ["Ana round_open", "Cleo round_open", "Cleo round_reminder"]


def test_nobody_is_reminded_of_what_still_waits_to_be_told(
    cohorts: Cohorts, add_round: AddRound, ticks: Callable[..., list[str]], told: Callable[[], list[str]]
) -> None:
    add_round(cohorts.bens, days=18)
    assert ticks() == ["open round_open 1"]
    assert ticks(START + DAY) == []
    assert told() == ["Ana round_open"]


def test_an_invitation_goes_out_four_weeks_ahead_and_a_word_two_days_before(
    meeting: Callable[..., str],
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
    heard: Callable[[datetime], None],
) -> None:
    meeting(35)
    assert ticks(START + 6 * DAY) == []
    assert ticks(START + 7 * DAY) == ["tell event_invite 1"]
    heard(START + 7 * DAY)
    assert ticks(START + 32 * DAY) == []
    assert ticks(START + 33 * DAY) == ["tell event_soon 1"]
    heard(START + 33 * DAY)
    assert ticks(START + 34 * DAY) == []
    assert ticks(START + 36 * DAY) == []
    assert told() == ["Ana event_invite", "Ana event_soon"]


def test_a_meeting_of_two_cohorts_is_told_to_everyone_once(
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    meeting: Callable[..., str],
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.doras, person_id=ana.id, since=date(2025, 9, 1))
    meeting(10, cohorts.doras)
    assert ticks() == ["tell event_invite 2"]
    assert told() == ["Ana event_invite", "Cleo event_invite"]


def test_each_change_is_told_to_who_heard_of_the_meeting_before(
    engine: SqliteEngine,
    cohorts: Cohorts,
    meeting: Callable[..., str],
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
    heard: Callable[[datetime], None],
) -> None:
    key = meeting(10)

    def move_to(days: int, at: datetime) -> None:
        starts_at = START + timedelta(days=days)
        events.change(
            engine,
            event_id=key,
            kind="workshop",
            title="Werkplaats",
            place="De Turfschuur",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            cohort_ids=[cohorts.bens],
            themes=[],
            by=None,
            at=at,
        )

    ticks()
    move_to(11, START + timedelta(hours=1))
    assert ticks(START + DAY) == [], "the invitation still waits, and will say what stands then"
    heard(START + DAY)
    assert ticks(START + 2 * DAY) == [], "it was told as it stands"
    move_to(12, START + 2 * DAY)
    assert ticks(START + 2 * DAY) == ["tell event_changed 1"]
    heard(START + 2 * DAY)
    events.cancel(engine, event_id=key, by=None, at=START + 3 * DAY)
    assert ticks(START + 3 * DAY) == ["tell event_changed 1"]
    assert ticks(START + 11 * DAY) == []
    assert told() == ["Ana event_changed", "Ana event_changed", "Ana event_invite"]


def test_a_meeting_called_off_before_anyone_heard_of_it_is_told_to_nobody(
    engine: SqliteEngine,
    meeting: Callable[..., str],
    ticks: Callable[..., list[str]],
    told: Callable[[], list[str]],
) -> None:
    events.cancel(engine, event_id=meeting(10), by=None, at=START)
    assert ticks() == []
    assert told() == []


def test_a_dry_run_says_all_and_does_nothing(
    app: Flask, cohorts: Cohorts, add_round: AddRound, meeting: Callable[..., str], dump: Dump
) -> None:
    add_round(cohorts.bens, days=0)
    add_round(cohorts.doras, days=40)
    meeting(10)
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


def test_what_a_tick_announced_waits_in_one_mail(
    engine: SqliteEngine,
    cohorts: Cohorts,
    add_round: AddRound,
    meeting: Callable[..., str],
    ticks: Callable[..., list[str]],
) -> None:
    add_round(cohorts.bens, days=0)
    meeting(10)
    assert len(ticks()) == 2
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
    engine: SqliteEngine,
    catalog: Catalog,
    cohorts: Cohorts,
    add_round: AddRound,
    clock: Clock,
    planned: bool,
    ago: timedelta | None,
    late: bool,
) -> None:
    if planned:
        add_round(cohorts.bens)
    if ago is not None:
        tick.run(engine, catalog=catalog, at=START - ago)
    found = reports.tick(engine, START)
    assert (found.last, found.late) == (None if ago is None else START - ago, late)


def test_a_step_that_another_tick_took_is_not_done_again(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, add_round: AddRound
) -> None:
    add_round(cohorts.bens, days=0)
    add_round(cohorts.doras, days=40)
    steps = tick.due(engine, START)
    assert [step.act for step in steps] == [Act.OPEN, Act.CLOSE]
    taken = [[tick.take(engine, step, catalog=catalog, at=START) for step in steps] for _ in range(2)]
    assert taken == [[True, True], [False, False]]
