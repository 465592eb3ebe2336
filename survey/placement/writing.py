"""How a placement is written: what differs field by field, with its history, and what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from survey.access import audit
from survey.access.permissions import NotYours, Permission, Scope
from survey.clock import stamp
from survey.database import Engine, Refused, new_key
from survey.placement import reports, store
from survey.placement.checks import (
    Details,
    Misfit,
    SecondPlace,
    noted,
    refuse_clash,
    refuse_misfit,
    refuse_other,
    refuse_stranger,
)
from survey.placement.places import Placement

Was = Mapping[str, tuple[str | None, str | None]]
"""By field: what stood and what stands, as text."""


class Changed(Exception):
    """Someone else changed this placement since the page showed it; nothing was stored."""


def details_of(one: Placement) -> Details:
    """What is noted of a placement, to change some of it."""
    return Details(**noted(one))


def keeper(by: Scope) -> None:
    """Raise NotYours where someone does not keep the register."""
    if not by.can(Permission.KEEP_REGISTER):
        raise NotYours


def standing(engine: Engine, placement_id: str, by: Scope, shown: int | None = None) -> Placement:
    """A placement as it stands; raises NotYours, or Changed where it is not the revision that was seen."""
    keeper(by)
    found = reports.one(engine, by, placement_id)
    if found is None:
        raise NotYours
    if shown is not None and shown != found.revision:
        raise Changed
    return found


def refuse_new_clash(
    engine: Engine, before: Placement, details: Details, *, by: Scope, second: bool = False
) -> None:
    """As `refuse_clash`; two places that stood beside each other already may stay so."""
    refuse_misfit(details)
    refuse_other(engine, before, details)
    if details.person_id != before.person_id:
        refuse_stranger(engine, details)
    try:
        refuse_clash(engine, details, by=by, beside={before.id}, second=second)
    except SecondPlace as clash:
        if details.school_id != before.school_id or not all(map(before.shares_a_day_with, clash.others)):
            raise
        refuse_clash(engine, details, by=by, beside={before.id}, second=True)


def follow(engine: Engine, before: Placement, details: Details, *, by: Scope, at: datetime) -> str:
    """Make the placement that goes on from another; its id."""
    key = new_key()
    refuse_misfit(details)
    if details.person_id != before.person_id:
        refuse_stranger(engine, details)
    refuse_clash(engine, details, by=by, beside={before.id}, second=True)
    insert(engine, key, details, by=by, at=at, follows=before.id)
    return key


def insert(
    engine: Engine, key: str, details: Details, *, by: Scope, at: datetime, follows: str | None = None
) -> None:
    """Write a new placement; raises Misfit where the schema refuses it."""
    insert_all(engine, [(key, details)], by=by, at=at, follows=follows)
    audit.note(engine, act="placement-made", by=by.person_id, at=at, object=key)


def insert_all(
    engine: Engine,
    new: Sequence[tuple[str, Details]],
    *,
    by: Scope,
    at: datetime,
    follows: str | None = None,
) -> None:
    """Write new placements by their keys, each with the first line of its history; raises Misfit."""
    rows = [{"id": key, **columns(details), "follows": follows} for key, details in new]
    try:
        store.insert(engine, rows)
    except Refused as refusal:
        raise Misfit(str(refusal)) from refusal
    told = {key: {"status": (None, details.status)} for key, details in new}
    _note_changes(engine, told, by=by, at=at)


def write(engine: Engine, before: Placement, wanted: Mapping[str, Any], *, by: Scope, at: datetime) -> None:
    """Write what differs, field by field; raises Misfit."""
    stood = {name: getattr(before, name) for name in wanted}
    differs = {name: value for name, value in wanted.items() if _text(stood[name]) != _text(value)}
    if not differs:
        return
    try:
        store.update(engine, before.id, differs)
    except Refused as refusal:
        raise Misfit(str(refusal)) from refusal
    told = {name: (_text(stood[name]), _text(value)) for name, value in differs.items()}
    _note_changes(engine, {before.id: told}, by=by, at=at)
    audit.note(engine, act="placement-changed", by=by.person_id, at=at, object=before.id)


def _note_changes(engine: Engine, told: Mapping[str, Was], *, by: Scope, at: datetime) -> None:
    """Write what changed of these placements, by id."""
    row = {"at": stamp(at), "changed_by": by.person_id}
    store.insert_changes(
        engine,
        [
            {"id": new_key(), "placement_id": key, **row, "field": name, "before": before, "after": after}
            for key, fields in told.items()
            for name, (before, after) in fields.items()
        ],
    )


def columns(details: Details) -> dict[str, Any]:
    """The columns of these details, as stored."""
    days = {"starts_on", "ends_on", "click_on"}
    row = {name: _text(value) if name in days else value for name, value in noted(details).items()}
    return {**row, "school_year": details.school_year}


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
