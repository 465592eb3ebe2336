"""Continuing a placement in the next school year, and taking that back."""

from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.placement import actions, reports
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import Add, standing


def test_continuing_takes_the_place_to_the_next_year(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START, hours_agreed=3.5)
    old, found = standing(engine, lead, key), standing(engine, lead, new)
    assert (old.status, old.ends_on) == ("ended", date(2026, 7, 31))
    assert old.state(START.date()) == "active"
    assert (found.school_year, found.status, found.coach) == ("2026-2027", "active", "Ana")
    assert (found.hours_agreed, found.follows) == (3.5, key)
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


def test_what_ended_at_the_end_of_the_year_can_still_be_continued(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(
        kraanheide,
        ana,
        status="ended",
        starts_on=date(2024, 9, 1),
        ends_on=date(2025, 7, 31),
        hours_agreed=3.0,
    )
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    engine.run("UPDATE placement SET end_reason = 'end_of_school_year'")
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    assert standing(engine, lead, new).status == "active"


def test_who_left_in_january_is_not_continued(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, status="ended", ends_on=date(2026, 1, 12))
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


def test_who_left_the_programme_is_ended_and_not_continued(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, dump: Dump
) -> None:
    key = place(kraanheide, ana)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    before = dump()
    with pytest.raises(actions.NoCoach):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    assert dump() == before
    summer = date(2026, 7, 31)
    told: dict[str, Any] = {"ends_on": summer, "reason": "end_of_school_year", "by": lead, "at": START}
    actions.end(engine, placement_id=key, vacancy=False, **told)
    with pytest.raises(actions.NoCoach):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


def test_a_placement_that_has_not_begun_can_be_taken_away(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, ends_on=date(2026, 7, 31))
    with pytest.raises(actions.NotNow):
        actions.withdraw(engine, placement_id=key, by=lead, at=START)
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    actions.withdraw(engine, placement_id=new, by=lead, at=START)
    assert reports.one(engine, lead, new) is None
    assert reports.changes(engine, lead, new) == ()
    actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


@pytest.mark.parametrize("table", ["hours_log", "start_agreement"])
def test_nothing_goes_along_with_a_placement_that_is_taken_away(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, table: str
) -> None:
    key = place(kraanheide, ana, starts_on=date(2026, 2, 2))
    rows: dict[str, dict[str, Any]] = {
        "hours_log": {"month": "2026-02", "hours": 3, "noted_at": "now"},
        "start_agreement": {
            "id": "a",
            "profile": "kansencoach",
            "profile_version": "2.0",
            "version": 1,
            "state": "draft",
            "made_at": "now",
            "saved_at": "now",
        },
    }
    engine.insert(table, {"placement_id": key, **rows[table]})
    with pytest.raises(actions.NotNow):
        actions.withdraw(engine, placement_id=key, by=lead, at=START)
