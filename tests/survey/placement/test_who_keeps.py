"""Who keeps the register: a lead, and nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role
from survey.database import SqliteEngine
from survey.placement import actions
from tests.conftest import START, Dump, Member, scope_of
from tests.survey.placement.conftest import FIRST, Add, standing


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_only_a_lead_keeps_the_register(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member, dump: Dump, role: Role
) -> None:
    key = place(kraanheide, ana)
    by, before = scope_of(ana, role), dump()
    details = actions.details_of(standing(engine, scope_of(ana, Role.LEAD), key))
    told: dict[str, Any] = {"placement_id": key, "by": by, "at": START}
    refused: list[Callable[[], object]] = [
        lambda: actions.add(engine, details=details, by=by, at=START),
        lambda: actions.change(engine, details=details, **told),
        lambda: actions.set_status(engine, status="paused", **told),
        lambda: actions.end(engine, ends_on=date(2026, 1, 12), reason=None, vacancy=True, **told),
        lambda: actions.continue_next_year(engine, **told),
        lambda: actions.fill(engine, person_id=ana.id, starts_on=FIRST, status="active", **told),
    ]
    for act in refused:
        with pytest.raises(NotYours):
            act()
    assert dump() == before
