"""Many placements in one act, all or none; and the same tried, so that a page can say what it comes to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from survey.access import audit
from survey.access.permissions import Scope
from survey.database import Engine
from survey.placement.checks import SecondPlace
from survey.placement.writing import Wanted, write_all


class Clashes(Exception):
    """Some of many placements cannot be: why, by their place; nothing was stored."""

    def __init__(self, refusals: Mapping[int, Exception]) -> None:
        super().__init__(sorted(refusals))
        self.refusals = refusals


class _Tried(Exception):
    """Ends an act that was only tried, so that nothing of it is stored."""

    def __init__(self, found: dict[int, Exception]) -> None:
        super().__init__()
        self.found = found


def take_over(engine: Engine, *, wanted: Sequence[Wanted], by: Scope, at: datetime) -> None:
    """Write many placements in one act, all or none: existing ones by id, new ones without.

    Schools may hold a second place. Raises Clashes, NotYours or Misfit.
    """
    with engine.atomic():
        found = write_all(engine, wanted, by=by, at=at)
        refusals = {place: one for place, one in found.items() if not isinstance(one, SecondPlace)}
        if refusals:
            raise Clashes(refusals)
        audit.note(engine, act="placements-imported", by=by.person_id, at=at)


def try_over(engine: Engine, *, wanted: Sequence[Wanted], by: Scope, at: datetime) -> dict[int, Exception]:
    """What `take_over` would come to, by place in `wanted`: also where a school gets a second place."""
    try:
        with engine.atomic():
            raise _Tried(write_all(engine, wanted, by=by, at=at))
    except _Tried as tried:
        return tried.found
