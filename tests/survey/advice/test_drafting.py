"""Drafting an advice: once, by a lead, each number with its period and its view."""

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.advice import actions
from survey.database import SqliteEngine
from tests.conftest import Dump, Member, scope_of
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Read


def test_a_draft_is_made_once(engine: SqliteEngine, lead: Scope, written: str) -> None:
    again = actions.draft(engine, school_id=SCHOOL, school_year=YEAR, by=lead, at=JUNE)
    assert again == written
    (row,) = engine.rows("SELECT count(*) AS n FROM advice")
    assert row["n"] == 1


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_only_a_lead_drafts(
    engine: SqliteEngine, nobody: Member, school: str, dump: Dump, role: Role
) -> None:
    before = dump()
    with pytest.raises(NotYours):
        actions.draft(engine, school_id=school, school_year=YEAR, by=scope_of(nobody, role), at=JUNE)
    assert dump() == before


def test_every_number_carries_its_period_and_its_view(written: str, read: Read) -> None:
    told = [one for one in read(written).lines if one.key not in {"no_cause"}]
    assert all(one.source.startswith(("/inzet", "/evaluatie")) and one.period for one in told)
