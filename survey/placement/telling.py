"""What a coach writes down of own placements: the hours of a month, and a wish for the next school year."""

from datetime import datetime

from survey.access.permissions import NotYours, Scope
from survey.clock import local_day, stamp
from survey.database import Engine
from survey.placement import hours as rules
from survey.placement import reports, store
from survey.placement.checks import Misfit
from survey.placement.places import WISHES
from survey.placement.writing import write

LONGEST_NOTE = 280


class NoSuchMonth(ValueError):
    """Of this month no hours can be written down: it lies outside the placement, or has not begun."""


def log_hours(
    engine: Engine, *, placement_id: str, month: str, hours: float | None, by: Scope, at: datetime
) -> None:
    """Write down the hours a week of a month, or with None take them away. Raises NotYours or NoSuchMonth."""
    with engine.atomic():
        held = {one.month for one in reports.months(engine, by, placement_id, local_day(at))}
        if reports.one(engine, by, placement_id) is None:
            raise NotYours
        if month not in held or (hours is not None and not 0 <= hours <= rules.MOST):
            raise NoSuchMonth(month)
        if hours is None:
            store.delete_hours(engine, placement_id, month)
            return
        row = {"placement_id": placement_id, "month": month, "hours": rules.in_quarters(hours)}
        store.write_hours(engine, {**row, "noted_by": by.person_id, "noted_at": stamp(at)})


def note_wish(
    engine: Engine, *, placement_id: str, wish: str | None, note: str, by: Scope, at: datetime
) -> None:
    """Note what coach and school wish for the next school year. Raises NotYours or Misfit."""
    if wish not in {None, *WISHES} or len(note) > LONGEST_NOTE:
        raise Misfit(wish)
    with engine.atomic():
        before = reports.one(engine, by, placement_id)
        if before is None:
            raise NotYours
        write(engine, before, {"wish": wish, "wish_note": note}, by=by, at=at)
