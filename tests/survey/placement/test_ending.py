"""Ending a placement: the vacancy it leaves, and the years it stood in."""

from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.conftest import START, Member
from tests.survey.placement.conftest import YEAR, Add, standing


def test_a_leave_in_the_middle_of_the_year_keeps_its_funds_visible(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=4.0, employer="Zorggroep Veenrand")
    vacant = actions.end(
        engine,
        placement_id=key,
        ends_on=date(2026, 1, 12),
        reason="coach_new_job",
        vacancy=True,
        by=lead,
        at=START,
    )
    assert vacant is not None
    ended, place_left = standing(engine, lead, key), standing(engine, lead, vacant)
    assert (ended.status, ended.ends_on, ended.end_reason) == ("ended", date(2026, 1, 12), "coach_new_job")
    assert (place_left.status, place_left.coach) == ("vacant_funded", None)
    assert (place_left.starts_on, place_left.hours_agreed) == (date(2026, 1, 13), 4.0)
    assert (place_left.follows, place_left.employer) == (key, "Zorggroep Veenrand")
    (gap,) = reports.gaps(engine, lead, school_year=YEAR, day=START.date())
    assert (gap.placement.id, gap.before, gap.hours) == (vacant, "Ana", 4.0)


def test_an_end_without_a_vacancy_leaves_nothing_open(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    told: dict[str, Any] = {"placement_id": key, "reason": "school_stops", "vacancy": False}
    assert actions.end(engine, ends_on=date(2026, 1, 12), by=lead, at=START, **told) is None
    assert reports.gaps(engine, lead, school_year=YEAR, day=START.date()) == ()
    with pytest.raises(actions.NotNow):
        actions.end(engine, ends_on=date(2026, 1, 13), by=lead, at=START, **told)


def test_nothing_ends_before_it_began(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2025, 9, 1))
    with pytest.raises(actions.NotNow):
        actions.end(
            engine,
            placement_id=key,
            ends_on=date(2025, 8, 31),
            reason=None,
            vacancy=False,
            by=lead,
            at=START,
        )


def test_who_runs_on_from_last_year_and_ends_has_a_place_in_both_years(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2024, 9, 1))
    actions.end(
        engine, placement_id=key, ends_on=date(2025, 11, 3), reason=None, vacancy=False, by=lead, at=START
    )
    old, (new,) = standing(engine, lead, key), reports.of_year(engine, lead, YEAR)
    assert (old.ends_on, old.end_reason) == (date(2025, 7, 31), "end_of_school_year")
    assert (new.starts_on, new.ends_on, new.follows) == (date(2025, 8, 1), date(2025, 11, 3), key)


def test_a_candidate_of_a_place_that_ends_never_worked_there(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, status="click_conversation")
    after = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    assert standing(engine, lead, key).person_id is None
    assert standing(engine, lead, after).person_id == ana.id
    actions.end(
        engine, placement_id=after, ends_on=date(2026, 9, 1), reason=None, vacancy=False, by=lead, at=START
    )
    assert engine.rows("SELECT person_id FROM works_at") == []
