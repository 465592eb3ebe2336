"""Plans are kept seven years, with their places and roles."""

from datetime import timedelta

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.hours_plan.dividing import Place as Where
from tests.conftest import START
from tests.survey.hours_plan.conftest import Make
from tests.survey.hours_plan.planning import add
from tests.survey.retention.test_retention import delete

SEVEN_YEARS_ON = START.replace(year=2033)


def test_a_plan_goes_after_seven_years_with_everything_in_it(
    engine: SqliteEngine, lead: Scope, make: Make
) -> None:
    add(engine, lead, make(), Where("kraanheide", None), 4, roles=["connector", "mediator"])
    assert "hours_plan" not in delete(engine, SEVEN_YEARS_ON - timedelta(days=1))
    gone = delete(engine, SEVEN_YEARS_ON + timedelta(days=1))
    plans = {name: number for name, number in gone.items() if name.startswith("hours_plan")}
    assert plans == {"hours_plan": 1, "hours_plan_line": 1, "hours_plan_role": 2}
    assert engine.rows("SELECT id FROM hours_plan_line") == []
