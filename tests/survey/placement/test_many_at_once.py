"""Many placements written together: all of them or none."""

from datetime import date

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import YEAR, Add, standing


def test_many_are_written_all_or_none(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member, dump: Dump
) -> None:
    key = place(kraanheide, ana)
    details = replace(actions.details_of(standing(engine, lead, key)), employer="Nieuw")
    again = replace(details, starts_on=date(2025, 9, 1))
    wanted: list[actions.Wanted] = [(key, details), (None, again)]
    before = dump()
    with pytest.raises(actions.Clashes) as refusal:
        actions.take_over(engine, wanted=wanted, by=lead, at=START)
    assert set(refusal.value.refusals) == {0, 1}
    assert set(actions.try_over(engine, wanted=wanted, by=lead)) == {0, 1}
    assert dump() == before
    actions.take_over(
        engine, wanted=[(key, details), (None, replace(again, school_id=wollegras))], by=lead, at=START
    )
    assert {one.employer for one in reports.of_year(engine, lead, YEAR)} == {"Nieuw"}


def test_what_makes_room_may_stand_on_a_later_line(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, ends_on=date(2026, 7, 31))
    details = actions.details_of(standing(engine, lead, key))
    new = replace(details, starts_on=date(2026, 3, 1), hours_agreed=2.0)
    old = replace(details, ends_on=date(2026, 2, 28))
    actions.take_over(engine, wanted=[(None, new), (key, old)], by=lead, at=START)
    assert len(reports.of_year(engine, lead, YEAR)) == 2
