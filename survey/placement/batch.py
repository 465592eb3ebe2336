"""Many placements in one act, all or none; and the same tried, so that a page can say what it comes to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours, Scope
from survey.database import Engine, new_key
from survey.placement import reports, store
from survey.placement.checks import Details, SecondPlace, refuse_misfit
from survey.placement.weighing import Asked, as_written, weigh
from survey.placement.writing import columns, insert_all, keeper, write

Wanted = tuple[str | None, Details]  # a placement by id, or none for a new one, and how it is to be


class Clashes(Exception):
    """Some of many placements cannot be: why, by their place; nothing was stored."""

    def __init__(self, refusals: Mapping[int, Exception]) -> None:
        super().__init__(sorted(refusals))
        self.refusals = refusals


def take_over(
    engine: Engine, *, wanted: Sequence[Wanted], by: Scope, at: datetime, key: str | None = None
) -> None:
    """Write many placements in one act, all or none: existing ones by id, new ones without.

    Schools may hold a second place. What comes in twice with the same `key` is written once, if anything of
    it is new. Raises Clashes, NotYours or Misfit.
    """
    with engine.atomic():
        keeper(by)
        if key and store.one(engine, key, by):
            return
        every = _asked(engine, wanted, by, key)
        refusals = {
            place: one
            for place, one in weigh(engine, every, by=by).items()
            if not isinstance(one, SecondPlace)
        }
        if refusals:
            raise Clashes(refusals)
        both = list(zip(every, (details for _, details in wanted), strict=True))
        new = [(each.after.id, details) for each, details in both if each.before is None]
        insert_all(engine, new, by=by, at=at)
        for each, details in both:
            if each.before is not None:
                write(engine, each.before, columns(details), by=by, at=at)
        audit.note(engine, act="placements-imported", by=by.person_id, at=at)


def try_over(engine: Engine, *, wanted: Sequence[Wanted], by: Scope) -> dict[int, Exception]:
    """What `take_over` would come to, by place in `wanted`: also where a school gets a second place.

    Raises NotYours or Misfit.
    """
    keeper(by)
    return weigh(engine, _asked(engine, wanted, by), by=by)


def _asked(engine: Engine, wanted: Sequence[Wanted], by: Scope, key: str | None = None) -> list[Asked]:
    """Each with how it stands and would be; the first new one gets `key`. Raises NotYours or Misfit."""
    ids = [placement_id for placement_id, _ in wanted if placement_id]
    standing = reports.by_ids(engine, by, ids)
    if standing.keys() != set(ids):
        raise NotYours
    names = {one.id: one.name for one in reports.schools(engine, by)}
    names |= {who.id: who.name for who in reports.everyone(engine, by)}
    keys = iter([key] if key else [])
    found = []
    for placement_id, details in wanted:
        refuse_misfit(details)
        before = standing[placement_id] if placement_id else None
        new = placement_id or next(keys, None) or new_key()
        found.append(Asked(before, as_written(new, before, details, names)))
    return found
