"""How long agreements are kept: with their placement, and what goes when that goes."""

from datetime import timedelta

from flask import Flask

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions, reports
from tests.conftest import START
from tests.survey.retention.test_retention import delete
from tests.survey.start_agreement import making

EIGHT_YEARS_ON = START.replace(year=2034)
TABLES = (
    "start_agreement",
    "start_choice",
    "start_line",
    "intended_yield",
    "yield_review",
    "start_signature",
)


def test_an_agreement_goes_with_its_placement_after_seven_years(
    app: Flask, engine: SqliteEngine, place: str, lead: Scope
) -> None:
    with app.app_context():
        found = making.signed(engine, place, lead)
        actions.look_back(engine, by=lead, **making.looked(found))
    held = {table: len(engine.rows(f"SELECT 1 FROM {table}")) for table in TABLES}
    assert all(held.values())
    assert not set(TABLES) & set(delete(engine, EIGHT_YEARS_ON)), "a coach may still work there"
    engine.run("UPDATE placement SET status = 'ended', ends_on = '2026-07-31'")
    assert not set(TABLES) & set(delete(engine, START.replace(year=2033)))
    gone = delete(engine, EIGHT_YEARS_ON)
    assert {table: gone[table] for table in TABLES} == held
    assert not any(engine.rows(f"SELECT 1 FROM {table}") for table in TABLES)


def test_who_is_erased_leaves_the_agreement_to_the_school(
    app: Flask, engine: SqliteEngine, place: str, lead: Scope, coach: Scope
) -> None:
    with app.app_context():
        found = making.signed(engine, place, lead)
        actions.look_back(engine, by=lead, **making.looked(found))
        engine.run("UPDATE assignment SET noted_by = NULL")
        engine.run("DELETE FROM person WHERE id = :id", {"id": lead.person_id})
        kept = reports.of_placement(engine, coach, place)
    assert kept is not None
    assert kept.made_by is None
    assert kept.yields[0].reviews["halfway"].noted_by is None
    assert kept.yields[0].reviews["halfway"].reviewed_on == START.date() - timedelta(days=5)
