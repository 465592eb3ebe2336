"""A signed advice is read by the coaches it is about, not by who came after them."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import Role, Scope
from survey.advice import actions, reports
from survey.advice.actions import Chosen
from survey.database import SqliteEngine
from survey.placement import actions as placements
from tests.client import HouseClient
from tests.conftest import Member, scope_of
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Place

ON = Chosen("continue", "De school en de coach willen samen verder.", 4.5)


@pytest.mark.parametrize(("first", "reads"), [(date(2026, 6, 9), True), (date(2026, 6, 10), False)])
def test_who_came_after_signing_does_not_read_about_the_coach_before(
    engine: SqliteEngine,
    lead: Scope,
    as_: Callable[[Member], HouseClient],
    placed: str,
    written: str,
    place: Place,
    cleo: Member,
    first: date,
    reads: bool,
) -> None:
    actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
    actions.sign(engine, advice_id=written, shown=None, by=lead, at=JUNE)
    last = date(2026, 6, 8)
    placements.end(engine, placement_id=placed, ends_on=last, reason=None, vacancy=False, by=lead, at=JUNE)
    key = place(SCHOOL, cleo, starts_on=first)
    found = reports.of_school(engine, scope_of(cleo, Role.COACH), SCHOOL, YEAR)
    assert (found is not None) is reads
    page = as_(cleo).get(f"/mijn-inzet/{key}/advies").text
    assert ("Er is nog geen ondertekend advies" in page) is not reads
