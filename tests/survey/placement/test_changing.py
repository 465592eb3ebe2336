"""Changing a placement: a line of history for each field, and never over what another changed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.conftest import START, Member
from tests.survey.placement.conftest import Add, standing


def test_each_field_that_changes_is_a_line_of_history(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    details = replace(
        actions.details_of(standing(engine, lead, key)), hours_agreed=3.5, agreed_because="start_up"
    )
    later = START + timedelta(days=1)
    actions.change(engine, placement_id=key, details=details, by=lead, at=later, shown=1)
    actions.change(engine, placement_id=key, details=details, by=lead, at=later)  # the same once more
    history = {(one.field, one.before, one.after) for one in reports.changes(engine, lead, key)}
    assert history == {
        ("status", None, "active"),
        ("hours_agreed", "3.0", "3.5"),
        ("agreed_because", None, "start_up"),
    }
    assert standing(engine, lead, key).revision == 2


def test_who_changes_what_another_changed_meanwhile_is_told(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    actions.set_status(engine, placement_id=key, status="paused", by=lead, at=START, shown=1)
    with pytest.raises(actions.Changed):
        actions.set_status(engine, placement_id=key, status="active", by=lead, at=START, shown=1)
