"""A plan names coaches, so it is kept for seven years and then goes with every place in it."""

from datetime import timedelta

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.hours_plan import actions
from survey.hours_plan.dividing import Place
from survey.retention import actions as retention
from tests.conftest import START, Member, scope_of

YEARS = timedelta(days=7 * 365)


def gone(engine: SqliteEngine, days: int) -> dict[str, int]:
    at = START + YEARS + timedelta(days=days)
    found = retention.delete_old(engine, at=at, session_lasts=timedelta(days=14))
    return {table: number for table, number in found.items() if table.startswith("hours_plan")}


def test_a_plan_goes_after_seven_years(engine: SqliteEngine, lea: Member, ana: Member) -> None:
    by = scope_of(lea, Role.LEAD)
    engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
    key = actions.make(
        engine, name="Voorjaar", school_year="2026-2027", budget=40, start="empty", by=by, at=START
    )
    place = Place("s", ana.id)
    actions.add(engine, plan_id=key, place=place, quarters=8, roles=["bridge"], by=by, at=START)
    assert gone(engine, 0) == {}
    assert gone(engine, 3) == {"hours_plan": 1, "hours_plan_line": 1, "hours_plan_role": 1}
    assert engine.rows("SELECT id FROM hours_plan_line") == []
