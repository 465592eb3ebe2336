"""Making a placement: what it holds, what goes together and what is refused."""

from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.actions import Details
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import FIRST, YEAR, Add, standing


def test_a_placement_holds_what_was_told_and_begins_its_history(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, employer="Zorggroep Veenrand", hours_needed=4.5)
    found = standing(engine, lead, key)
    assert (found.school, found.coach, found.pupils) == ("De Kraanheide", "Ana", 112)
    assert (found.school_year, found.hours_agreed, found.hours_needed) == (YEAR, 3.0, 4.5)
    (made,) = reports.changes(engine, lead, key)
    assert (made.changed_by, made.field, made.before, made.after) == ("Lea", "status", None, "active")


def test_a_form_that_comes_in_twice_makes_one_placement(
    engine: SqliteEngine, lead: Scope, kraanheide: str, ana: Member
) -> None:
    details = Details(school_id=kraanheide, status="active", starts_on=FIRST, person_id=ana.id)
    for _ in range(2):
        actions.add(engine, details=details, by=lead, at=START, key="the-key")
    assert len(reports.of_year(engine, lead, YEAR)) == 1


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({"status": "active"}, False),
        ({"status": "agreed"}, False),
        ({"status": "click_conversation"}, False),
        ({"status": "wanted"}, True),
        ({"status": "vacant_funded"}, True),
        ({"status": "ended"}, False),
        ({"status": "ended", "ends_on": date(2026, 1, 12)}, True),
        ({"status": "wanted", "ends_on": date(2025, 7, 31)}, False),
        ({"status": "wanted", "ends_on": date(2026, 8, 1)}, False),
        ({"status": "wanted", "ends_on": date(2026, 7, 31)}, True),
        ({"status": "nonsense"}, False),
        ({"status": "wanted", "hours_agreed": 41.0}, False),
        ({"status": "wanted", "hours_agreed": -1.0}, False),
        ({"status": "wanted", "hours_needed": 60.0}, False),
    ],
)
def test_what_does_not_go_together_is_refused(
    engine: SqliteEngine, lead: Scope, kraanheide: str, dump: Dump, told: dict[str, Any], fits: bool
) -> None:
    before, details = dump(), Details(school_id=kraanheide, starts_on=FIRST, **told)
    if fits:
        actions.add(engine, details=details, by=lead, at=START)
    else:
        with pytest.raises(actions.Misfit):
            actions.add(engine, details=details, by=lead, at=START)
        assert dump() == before


@pytest.mark.parametrize("status", ["wanted", "vacant_funded", "vacant_unfunded"])
def test_a_vacancy_holds_nobody(
    engine: SqliteEngine, lead: Scope, kraanheide: str, ana: Member, status: str
) -> None:
    details = Details(school_id=kraanheide, status=status, starts_on=FIRST, person_id=ana.id)
    with pytest.raises(actions.Misfit):
        actions.add(engine, details=details, by=lead, at=START)
