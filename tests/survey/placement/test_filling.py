"""Filling a vacancy: who may, from which day, and once."""

from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.placement import actions
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import FIRST, Add, standing


def test_filling_a_vacancy_keeps_the_time_it_was_vacant(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, cleo: Member
) -> None:
    key = place(kraanheide, status="vacant_funded", hours_agreed=4.0, starts_on=date(2026, 1, 13))
    new = actions.fill(
        engine,
        placement_id=key,
        person_id=cleo.id,
        starts_on=date(2026, 3, 2),
        status="agreed",
        by=lead,
        at=START,
    )
    old, found = standing(engine, lead, key), standing(engine, lead, new)
    assert (old.status, old.ends_on, old.person_id) == ("vacant_funded", date(2026, 3, 1), None)
    assert old.state(date(2026, 3, 2)) == "ended"
    assert (found.coach, found.starts_on, found.hours_agreed, found.follows) == (
        "Cleo",
        date(2026, 3, 2),
        4.0,
        key,
    )


@pytest.mark.parametrize(
    ("status", "starts_on"), [("active", date(2025, 8, 1)), ("click_conversation", date(2026, 3, 2))]
)
def test_a_candidate_or_a_coach_from_the_first_day_takes_the_place_itself(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, cleo: Member, status: str, starts_on: date
) -> None:
    key = place(kraanheide, status="vacant_funded")
    told: dict[str, Any] = {"person_id": cleo.id, "starts_on": starts_on, "status": status}
    assert actions.fill(engine, placement_id=key, by=lead, at=START, **told) == key
    found = standing(engine, lead, key)
    assert (found.coach, found.status, found.starts_on) == ("Cleo", status, FIRST)


def test_a_place_that_is_filled_is_not_filled_again(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, ana)
    with pytest.raises(actions.NotNow):
        actions.fill(
            engine,
            placement_id=key,
            person_id=cleo.id,
            starts_on=FIRST,
            status="active",
            by=lead,
            at=START,
        )


def test_a_coach_who_left_or_is_no_coach_fills_nothing(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ben: Member, cleo: Member, dump: Dump
) -> None:
    key = place(kraanheide, status="vacant_funded")
    people.leave(engine, person_id=cleo.id, at=START, by=None)
    before = dump()
    told: dict[str, Any] = {"placement_id": key, "starts_on": date(2026, 3, 2), "status": "active"}
    for member in (ben, cleo):
        with pytest.raises(actions.NoCoach):
            actions.fill(engine, person_id=member.id, by=lead, at=START, **told)
        with pytest.raises(actions.NoCoach):
            place(kraanheide, member)
    assert dump() == before


def test_a_vacancy_that_someone_goes_on_from_is_not_filled_again(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, status="vacant_funded")
    told: dict[str, Any] = {"placement_id": key, "status": "active", "by": lead, "at": START}
    actions.fill(engine, person_id=cleo.id, starts_on=date(2026, 3, 2), **told)
    with pytest.raises(actions.NotNow):
        actions.fill(engine, person_id=ana.id, starts_on=date(2026, 2, 2), **told)
