"""The name somebody gave a plan stands on other pages too, as text."""

from collections.abc import Callable

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.hours_plan import actions
from tests.client import HouseClient
from tests.conftest import START, Member, scope_of

TYPED, SHOWN = "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_the_name_of_a_plan_runs_nowhere(
    engine: SqliteEngine, as_: Callable[[Member], HouseClient], lea: Member
) -> None:
    by = scope_of(lea, Role.LEAD)
    actions.make(engine, name=TYPED, school_year="2026-2027", budget=40, start="empty", by=by, at=START)
    page = as_(lea).get("/inzet/plannen/nieuw").get_data(as_text=True)
    assert TYPED not in page
    assert SHOWN in page
