"""Places beside each other: of one coach, at one school, and hours that add up."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions
from tests.conftest import START, Member
from tests.survey.placement.conftest import FIRST, Add, School, standing


@pytest.mark.parametrize(
    ("days", "overlaps"),
    [
        ((date(2025, 8, 1), date(2025, 8, 31)), False),
        ((date(2025, 8, 1), date(2025, 9, 1)), True),
        ((date(2025, 10, 1), date(2025, 10, 2)), True),
        ((date(2025, 12, 31), None), True),
        ((date(2026, 1, 1), None), False),
    ],
)
def test_a_coach_has_one_place_at_a_school_on_a_day(
    engine: SqliteEngine,
    lead: Scope,
    place: Add,
    kraanheide: str,
    ana: Member,
    days: tuple[date, date | None],
    overlaps: bool,
) -> None:
    first = place(kraanheide, ana, starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 31))
    told = {"starts_on": days[0], "ends_on": days[1], "second": True}
    if not overlaps:
        place(kraanheide, ana, **told)
        return
    with pytest.raises(actions.Overlaps) as refusal:
        place(kraanheide, ana, **told)
    assert refusal.value.other.id == first


def test_a_place_without_an_end_holds_its_coach_in_the_next_year_too(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member
) -> None:
    place(kraanheide, ana)
    with pytest.raises(actions.Overlaps):
        place(kraanheide, ana, starts_on=date(2026, 8, 1), second=True)


@pytest.mark.parametrize("status", ["wanted", "vacant_funded", "click_conversation", "active"])
def test_a_second_place_at_a_school_is_on_purpose(
    place: Add, kraanheide: str, ana: Member, cleo: Member, status: str
) -> None:
    first = place(kraanheide, ana)
    told: dict[str, Any] = {"status": status} | (
        {"coach": cleo} if status in {"click_conversation", "active"} else {}
    )
    with pytest.raises(actions.SecondPlace) as refusal:
        place(kraanheide, **told)
    assert [one.id for one in refusal.value.others] == [first]
    place(kraanheide, **told, second=True)


def test_a_place_without_funds_stands_beside_another(place: Add, kraanheide: str, ana: Member) -> None:
    place(kraanheide, ana)
    place(kraanheide, status="vacant_unfunded")


def test_one_coach_works_at_several_schools_up_to_forty_hours(
    place: Add, kraanheide: str, wollegras: str, school: School, ana: Member
) -> None:
    place(kraanheide, ana, hours_agreed=20.0)
    place(wollegras, ana, hours_agreed=16.0, ends_on=date(2025, 12, 31))
    third = school("De Gagelhof")
    with pytest.raises(actions.TooManyHours) as refusal:
        place(third, ana, hours_agreed=4.25)
    assert (refusal.value.total, refusal.value.day) == (40.25, FIRST)
    place(third, ana, hours_agreed=20.0, starts_on=date(2026, 1, 1))


def test_a_candidate_is_not_counted_for_hours_yet(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member
) -> None:
    place(kraanheide, ana, hours_agreed=30.0)
    key = place(wollegras, ana, status="click_conversation", hours_agreed=30.0)
    with pytest.raises(actions.TooManyHours):
        actions.set_status(engine, placement_id=key, status="active", by=lead, at=START)


def test_two_places_that_stood_beside_each_other_can_still_be_corrected(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    place(kraanheide, ana)
    key = place(kraanheide, cleo, second=True)
    details = replace(actions.details_of(standing(engine, lead, key)), employer="Zorggroep Veenrand")
    actions.change(engine, placement_id=key, details=details, by=lead, at=START)
    assert standing(engine, lead, key).employer == "Zorggroep Veenrand"


def test_a_place_moved_onto_another_is_refused(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member, cleo: Member
) -> None:
    place(kraanheide, ana)
    key = place(wollegras, cleo)
    details = replace(actions.details_of(standing(engine, lead, key)), school_id=kraanheide)
    with pytest.raises(actions.SecondPlace):
        actions.change(engine, placement_id=key, details=details, by=lead, at=START)
