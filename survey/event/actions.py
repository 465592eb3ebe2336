"""Acts on events: making, changing and calling one off, who was there, and what people bring along.

`by` is None for an operator. A trainer acts on the cohorts he or she trains, a lead on all.
"""

from collections.abc import Collection
from datetime import datetime

from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Permission, Scope
from survey.clock import moment, stamp
from survey.database import Engine, Row, new_key
from survey.event import store
from survey.event.reports import fingerprint_of, mark_of_roll

PRESENT, ABSENT = "present", "absent"


class CalledOff(Exception):
    """This event was called off before; nothing was stored."""


class Changed(Exception):
    """Someone else changed this event meanwhile; nothing was stored."""


class Begun(Exception):
    """An event that has begun does not go on again."""


class AcrossNow(Exception):
    """An event that has begun cannot move to a moment to come, nor the other way round."""


class Noted(Exception):
    """It is noted who was there, so this event was held."""


class NotBegun(Exception):
    """Nobody can have been at an event that has not begun."""


class Brought(Exception):
    """People bring something along for those the event is for now: nobody else is let in."""


def add_event(
    engine: Engine,
    *,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    cohort_ids: Collection[str],
    themes: Collection[str],
    by: Scope | None,
    at: datetime,
    plan_id: str | None = None,
    key: str | None = None,
) -> str:
    """A new event of these cohorts, inside the caller's act or as its own; its id.

    That is `key` where it is given: twice the same is one event. Raises NotYours.
    """
    row = _when(starts_at, ends_at) | {
        "id": key or new_key(),
        "kind": kind,
        "title": title,
        "place": place,
        "plan_id": plan_id,
        "made_by": _name(by),
        "made_at": stamp(at),
    }
    with engine.atomic():
        _after(engine, frozenset(), cohort_ids, by)
        if store.insert_event(engine, row):
            store.replace_cohorts(engine, row["id"], set(cohort_ids))
            store.replace_themes(engine, row["id"], set(themes))
    return str(row["id"])


def change(
    engine: Engine,
    *,
    event_id: str,
    kind: str,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    cohort_ids: Collection[str],
    themes: Collection[str],
    by: Scope | None,
    at: datetime,
    shown: str | None = None,
) -> None:
    """An event becomes this; cohorts of other trainers stay. Another time or place is stamped as changed.

    `shown` is the fingerprint of what was seen. Raises NotYours, CalledOff, Changed, AcrossNow and Brought.
    """
    new = {"kind": kind, "title": title, "place": place} | _when(starts_at, ends_at)
    with engine.atomic():
        old, before = _mine(engine, event_id, by)
        cohorts = _after(engine, before, cohort_ids, by)
        now = fingerprint_of(old, before, store.themes_of_event(engine, event_id))
        if shown is not None and shown != now:
            raise Changed
        if (moment(old["starts_at"]) <= at) != (starts_at <= at):
            raise AcrossNow
        if cohorts - before and store.is_brought_to(engine, event_id):
            raise Brought
        moved = starts_at > at and any(old[one] != new[one] for one in ("place", "starts_at", "ends_at"))
        store.update_event(engine, {"id": event_id, **new})
        if moved:
            store.mark_moved(engine, event_id, by=_name(by), at=stamp(at))
        store.replace_cohorts(engine, event_id, cohorts)
        store.replace_themes(engine, event_id, set(themes))


def cancel(engine: Engine, *, event_id: str, by: Scope | None, at: datetime, key: str | None = None) -> str:
    """An event is called off for the cohorts `by` acts on; twice is once. The id of what is called off.

    For cohorts of other trainers it goes on as it is; then the others have one of their own, `key` where it
    is given. Raises NotYours, or Noted when people were there.
    """
    with engine.atomic():
        event, cohorts = _found(engine, event_id, by)
        if event["cancelled_at"] is not None:
            return event_id
        if _is_noted(engine, event_id, by):
            raise Noted
        found = _apart(engine, event_id, cohorts, by, key)
        store.cancel(engine, found, by=_name(by), at=stamp(at))
    return found


def resume(engine: Engine, *, event_id: str, by: Scope | None, at: datetime, key: str | None = None) -> str:
    """What was called off goes on all the same, for the cohorts `by` acts on; twice is once. Its id.

    Raises NotYours, or Begun once it would have begun.
    """
    with engine.atomic():
        event, cohorts = _found(engine, event_id, by)
        if event["cancelled_at"] is None:
            return event_id
        if moment(event["starts_at"]) <= at:
            raise Begun
        found = _apart(engine, event_id, cohorts, by, key)
        store.resume(engine, found, by=_name(by), at=stamp(at))
    return found


def attend(
    engine: Engine,
    *,
    event_id: str,
    present: Collection[str],
    by: Scope | None,
    at: datetime,
    listed: Collection[str] | None = None,
    shown: str | None = None,
) -> None:
    """Note who was there; everybody else it was for, in the cohorts of this trainer, was not.

    `listed`: who stood on the list that was filled in; of others nothing is noted. `shown`: the mark of what
    was noted then. Raises NotYours, CalledOff, NotBegun and Changed.
    """
    with engine.atomic():
        event, _ = _mine(engine, event_id, by)
        if moment(event["starts_at"]) > at:
            raise NotBegun
        if by is None:
            expected = store.members(engine, event_id)
        else:
            noted_now = {row["id"]: row["state"] for row in store.roll(engine, event_id, scope=by)}
            expected = frozenset(noted_now)
            if shown not in {None, mark_of_roll(noted_now)}:
                raise Changed
        if listed is not None:
            expected &= frozenset(listed)
        noted = {"event_id": event_id, "noted_by": _name(by), "noted_at": stamp(at)}
        states = {one: PRESENT if one in present else ABSENT for one in sorted(expected)}
        rows = [{**noted, "person_id": one, "state": state} for one, state in states.items()]
        store.put_attendance(engine, rows)


def bring(engine: Engine, *, event_id: str, items: Collection[str], by: Scope, at: datetime) -> None:
    """Someone brings these focus items to an intervision to come, and no others; raises NotYours."""
    with engine.atomic():
        if not store.belongs(engine, event_id, at=stamp(at), scope=by):
            raise NotYours
        row = {"event_id": event_id, "person_id": by.person_id, "shared_at": stamp(at)}
        rows = [{**row, "item": item} for item in sorted(set(items))]
        store.replace_brought(engine, event_id, by.person_id, rows)


def _when(starts_at: datetime, ends_at: datetime) -> Row:
    return {"starts_at": stamp(starts_at), "ends_at": stamp(ends_at)}


def _name(by: Scope | None) -> str | None:
    return by.person_id if by else None


def _reach(engine: Engine, by: Scope | None) -> frozenset[str] | None:
    """The cohorts `by` acts on; None for all."""
    if by is None or by.can(Permission.MANAGE_COHORTS):
        return None
    return frozenset(row["id"] for row in store.trained(engine, by))


def _mine(engine: Engine, event_id: str, by: Scope | None) -> tuple[Row, frozenset[str]]:
    """An event `by` may act on that is not called off, and its cohorts."""
    event, cohorts = _found(engine, event_id, by)
    if event["cancelled_at"] is not None:
        raise CalledOff
    return event, cohorts


def _found(engine: Engine, event_id: str, by: Scope | None) -> tuple[Row, frozenset[str]]:
    """An event `by` may act on, and its cohorts."""
    event, cohorts, reach = (
        store.event_row(engine, event_id),
        store.cohorts_of_event(engine, event_id),
        _reach(engine, by),
    )
    if event is None or (reach is not None and not cohorts & reach):
        raise NotYours
    return event, cohorts


def _is_noted(engine: Engine, event_id: str, by: Scope | None) -> bool:
    """Whether it is noted who was there of the cohorts `by` acts on."""
    if by is None or _reach(engine, by) is None:
        return store.has_attendance(engine, event_id)
    return any(row["state"] for row in store.roll(engine, event_id, scope=by))


def _apart(engine: Engine, event_id: str, cohorts: frozenset[str], by: Scope | None, key: str | None) -> str:
    """The event for the cohorts `by` acts on alone: one of their own where it is for others too."""
    reach = _reach(engine, by)
    if reach is None or cohorts <= reach:
        return event_id
    store.take_apart(engine, event_id, own := key or new_key(), cohorts & reach)
    return own


def _after(
    engine: Engine, before: frozenset[str], chosen: Collection[str], by: Scope | None
) -> frozenset[str]:
    """The cohorts of an event once `by` chose: those out of reach stay as they were."""
    reach, wanted = _reach(engine, by), frozenset(chosen)
    if reach is not None:
        if wanted - reach - before:
            raise NotYours
        wanted |= before - reach
    if not wanted:
        raise NotYours
    return wanted
