"""What a tick does for meetings, once: inviting, reminding, telling what changed."""

from datetime import date, datetime, timedelta

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions as events
from tests.conftest import START, Cohorts, Member
from tests.survey.rhythm.ticking import DAY, Ticking


def test_an_invitation_goes_out_four_weeks_ahead_and_a_word_two_days_before(ticking: Ticking) -> None:
    ticking.meeting(35)
    assert ticking.at(START + 6 * DAY) == []
    assert ticking.at(START + 7 * DAY) == ["tell event_invite 1"]
    ticking.mailed(START + 7 * DAY)
    assert ticking.at(START + 32 * DAY) == []
    assert ticking.at(START + 33 * DAY) == ["tell event_soon 1"]
    ticking.mailed(START + 33 * DAY)
    assert ticking.at(START + 34 * DAY) == []
    assert ticking.at(START + 36 * DAY) == []
    assert ticking.told() == ["Ana event_invite", "Ana event_soon"]


def test_a_meeting_of_two_cohorts_is_told_to_everyone_once(
    ticking: Ticking, engine: SqliteEngine, cohorts: Cohorts, ana: Member
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.doras, person_id=ana.id, since=date(2025, 9, 1))
    ticking.meeting(10, cohorts.doras)
    assert ticking.at() == ["tell event_invite 2"]
    assert ticking.told() == ["Ana event_invite", "Cleo event_invite"]


def test_each_change_is_told_to_who_heard_of_the_meeting_before(
    ticking: Ticking, engine: SqliteEngine, cohorts: Cohorts
) -> None:
    key = ticking.meeting(10)

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

    ticking.at()
    move_to(11, START + timedelta(hours=1))
    assert ticking.at(START + DAY) == [], "the invitation still waits, and will say what stands then"
    ticking.mailed(START + DAY)
    assert ticking.at(START + 2 * DAY) == [], "it was told as it stands"
    move_to(12, START + 2 * DAY)
    assert ticking.at(START + 2 * DAY) == ["tell event_changed 1"]
    ticking.mailed(START + 2 * DAY)
    events.cancel(engine, event_id=key, by=None, at=START + 3 * DAY)
    assert ticking.at(START + 3 * DAY) == ["tell event_changed 1"]
    assert ticking.at(START + 11 * DAY) == []
    assert ticking.told() == ["Ana event_changed", "Ana event_changed", "Ana event_invite"]


def test_a_meeting_called_off_before_anyone_heard_of_it_is_told_to_nobody(
    ticking: Ticking, engine: SqliteEngine
) -> None:
    events.cancel(engine, event_id=ticking.meeting(10), by=None, at=START)
    assert ticking.at() == []
    assert ticking.told() == []
