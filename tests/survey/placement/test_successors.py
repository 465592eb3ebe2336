"""A place on which a coach wrote something does not become the place of somebody else."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from msgspec.structs import replace

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.actions import Details
from survey.start_agreement import actions as agreements
from tests.client import HouseClient
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import Add

Signed = Callable[[Member], HouseClient]


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def key(place: Add, kraanheide: str, ana: Member) -> str:
    return place(kraanheide, ana, hours_agreed=3.0)


def noted_hours(engine: SqliteEngine, key: str, ana: Member) -> None:
    by = scope_of(ana, Role.COACH)
    actions.log_hours(engine, placement_id=key, month="2025-12", hours=3.0, by=by, at=START)


def began_an_agreement(engine: SqliteEngine, key: str, ana: Member) -> None:
    by = scope_of(ana, Role.COACH)
    agreements.begin(engine, placement_id=key, profile="kansencoach", by=by, at=START)


WRITTEN = pytest.mark.parametrize("write", [noted_hours, began_an_agreement])


def details(engine: SqliteEngine, lead: Scope, key: str) -> Details:
    found = reports.one(engine, lead, key)
    assert found is not None
    return actions.details_of(found)


@WRITTEN
def test_hours_and_agreement_of_a_coach_are_not_handed_to_another(
    engine: SqliteEngine, lead: Scope, key: str, ana: Member, cleo: Member, write: Callable[..., None]
) -> None:
    write(engine, key, ana)
    other = replace(details(engine, lead, key), person_id=cleo.id)
    with pytest.raises(actions.OfAnother):
        actions.change(engine, placement_id=key, details=other, by=lead, at=START)
    with pytest.raises(actions.Clashes) as clashes:
        actions.take_over(engine, wanted=[(key, other)], by=lead, at=START)
    assert isinstance(clashes.value.refusals[0], actions.OfAnother)
    assert reports.one(engine, scope_of(cleo, Role.COACH), key) is None


@WRITTEN
def test_nor_is_such_a_place_emptied_for_another(
    engine: SqliteEngine, lead: Scope, key: str, ana: Member, write: Callable[..., None]
) -> None:
    write(engine, key, ana)
    empty = replace(details(engine, lead, key), status="vacant_funded", person_id=None)
    with pytest.raises(actions.OfAnother):
        actions.change(engine, placement_id=key, details=empty, by=lead, at=START)


@WRITTEN
@pytest.mark.parametrize("moved", ["school", "school year"])
def test_nor_do_they_move_along_to_another_school_or_year(
    engine: SqliteEngine,
    lead: Scope,
    key: str,
    ana: Member,
    wollegras: str,
    write: Callable[..., None],
    moved: str,
) -> None:
    write(engine, key, ana)
    elsewhere = replace(details(engine, lead, key), school_id=wollegras)
    later = replace(details(engine, lead, key), starts_on=date(2026, 8, 1))
    wanted = elsewhere if moved == "school" else later
    with pytest.raises(actions.OfAnother):
        actions.change(engine, placement_id=key, details=wanted, by=lead, at=START)
    with pytest.raises(actions.Clashes):
        actions.take_over(engine, wanted=[(key, wanted)], by=lead, at=START)


def test_a_coach_chosen_by_mistake_is_still_put_right(
    engine: SqliteEngine, lead: Scope, key: str, cleo: Member
) -> None:
    other = replace(details(engine, lead, key), person_id=cleo.id)
    actions.change(engine, placement_id=key, details=other, by=lead, at=START)
    assert reports.one(engine, scope_of(cleo, Role.COACH), key) is not None


def test_the_page_says_to_end_the_place(
    engine: SqliteEngine, as_: Signed, lea: Member, key: str, ana: Member, cleo: Member, kraanheide: str
) -> None:
    noted_hours(engine, key, ana)
    sent = {"school": kraanheide, "status": "active", "coach": cleo.id, "starts_on": "2025-08-01"}
    reply = as_(lea).post(f"/inzet/{key}/wijzigen", data=sent | {"hours_agreed": "3"})
    assert reply.status_code == 409
    assert "Laat de plek stoppen" in reply.get_data(as_text=True)


def test_after_the_end_somebody_else_comes_in_a_place_of_their_own(
    engine: SqliteEngine, lead: Scope, key: str, ana: Member, cleo: Member
) -> None:
    noted_hours(engine, key, ana)
    day = date(2026, 1, 16)
    vacant = actions.end(engine, placement_id=key, ends_on=day, reason=None, vacancy=True, by=lead, at=START)
    assert vacant is not None
    first = date(2026, 2, 2)
    new = actions.fill(
        engine, placement_id=vacant, person_id=cleo.id, starts_on=first, status="active", by=lead, at=START
    )
    assert reports.months(engine, lead, new, first)[0].hours is None
