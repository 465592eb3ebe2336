"""Acts of the lead on the rhythm: making a plan in one go, and changing what did not open yet."""

from collections.abc import Sequence
from datetime import datetime

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort import actions as cohorts
from survey.cohort.actions import Overlap as Overlap
from survey.database import Engine, Refused, new_key
from survey.event import actions as events
from survey.fingerprint import fingerprint
from survey.questionnaire.definition import Questionnaire
from survey.rhythm import store
from survey.rhythm.holidays import Region
from survey.rhythm.plan import Kind, Slot
from survey.rhythm.spans import Span
from survey.rhythm.tick import TABLES


class PlanExists(Exception):
    """This cohort has a plan for this school year; nothing was stored."""


class Changed(Exception):
    """Somebody else changed it since the page showed it; nothing was stored."""


class Opened(Exception):
    """It opened meanwhile, or is no longer there; nothing was stored."""


def make_plan(
    engine: Engine,
    *,
    cohort_id: str,
    school_year: str,
    region: Region,
    form: Questionnaire,
    slots: Sequence[Slot],
    by: Scope | None,
    at: datetime,
) -> str:
    """The plan of a cohort for a school year with all that stands in it; raises PlanExists or Overlap."""
    plan_id, maker = new_key(), by.person_id if by else None
    row = {
        "id": plan_id,
        "cohort_id": cohort_id,
        "school_year": school_year,
        "region": region.value,
        "made_by": maker,
        "made_at": stamp(at),
    }
    with engine.atomic():
        try:
            store.insert_plan(engine, row)
        except Refused as refusal:
            raise PlanExists from refusal
        for slot in slots:
            _add(engine, slot, cohort_id=cohort_id, plan_id=plan_id, form=form, by=by, at=at)
        audit.note(engine, act="plan-made", by=maker, at=at, object=plan_id)
    return plan_id


def add(
    engine: Engine,
    *,
    cohort_id: str,
    plan_id: str | None,
    form: Questionnaire,
    slot: Slot,
    by: Scope | None,
    at: datetime,
) -> None:
    """One round, short round or meeting more; raises Overlap."""
    with engine.atomic():
        _add(engine, slot, cohort_id=cohort_id, plan_id=plan_id, form=form, by=by, at=at)
        _note(engine, "plan-added", by, at, cohort_id)


def move(
    engine: Engine,
    *,
    cohort_id: str,
    key: str,
    slot: Slot,
    by: Scope | None,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Other days for what did not begin yet; `seen` is the fingerprint of what was changed.

    Raises Opened, Changed or Overlap.
    """
    with engine.atomic():
        if seen is not None and seen != _fingerprint(engine, slot.kind, key):
            raise Changed
        if slot.kind is Kind.EVENT:
            _move_event(engine, key, slot, by=by, at=at)
        else:
            _free(engine, cohort_id, slot.span, but=key)
            row = {"id": key, "at": stamp(at), **_moments(slot.span)}
            if not store.move(engine, TABLES[slot.kind], row):
                raise Opened
        _note(engine, "plan-changed", by, at, key)


def withdraw(engine: Engine, *, kind: Kind, key: str, by: Scope | None, at: datetime) -> None:
    """Take back what did not begin yet: a round goes, a meeting is called off. Raises Opened."""
    with engine.atomic():
        if kind is Kind.EVENT:
            _call_off(engine, key, by=by, at=at)
        elif not store.withdraw(engine, TABLES[kind], key=key, at=stamp(at)):
            raise Opened
        _note(engine, "plan-withdrawn", by, at, key)


def _add(
    engine: Engine,
    slot: Slot,
    *,
    cohort_id: str,
    plan_id: str | None,
    form: Questionnaire,
    by: Scope | None,
    at: datetime,
) -> None:
    if slot.kind is Kind.EVENT:
        _add_event(engine, slot, cohort_id=cohort_id, plan_id=plan_id, by=by, at=at)
        return
    _free(engine, cohort_id, slot.span)
    if slot.kind is Kind.ROUND:
        cohorts.add_round(
            engine,
            cohort_id=cohort_id,
            form=form.form,
            version=form.version,
            opens_at=slot.span.opens_at,
            closes_at=slot.span.closes_at,
            plan_id=plan_id,
            lookback=slot.lookback,
        )
    else:
        row = {"id": new_key(), "cohort_id": cohort_id, "plan_id": plan_id, **_moments(slot.span)}
        store.insert_short_round(engine, row)


def _add_event(
    engine: Engine, slot: Slot, *, cohort_id: str, plan_id: str | None, by: Scope | None, at: datetime
) -> None:
    starts_at, ends_at = slot.hours
    events.add_event(
        engine,
        kind=slot.event_kind,
        title=slot.title,
        place="",
        starts_at=starts_at,
        ends_at=ends_at,
        cohort_ids=(cohort_id,),
        themes=(),
        by=by,
        at=at,
        plan_id=plan_id,
    )


def _move_event(engine: Engine, key: str, slot: Slot, *, by: Scope | None, at: datetime) -> None:
    """Another name, day or hour for a meeting; all else of it stays."""
    stands, (starts_at, ends_at) = store.event(engine, key), slot.hours
    if stands is None or stands["starts_at"] <= stamp(at):
        raise Opened
    try:
        events.change(
            engine,
            event_id=key,
            kind=stands["kind"],
            title=slot.title,
            place=stands["place"],
            starts_at=starts_at,
            ends_at=ends_at,
            cohort_ids=store.cohorts_of(engine, key),
            themes=store.themes_of(engine, key),
            by=by,
            at=at,
        )
    except events.CalledOff as gone:
        raise Opened from gone


def _call_off(engine: Engine, key: str, *, by: Scope | None, at: datetime) -> None:
    stands = store.event(engine, key)
    if stands is None or stands["starts_at"] <= stamp(at):
        raise Opened
    events.cancel(engine, event_id=key, by=by, at=at)


def _fingerprint(engine: Engine, kind: Kind, key: str) -> str:
    """The mark of an item as it stands; raises Opened where it is gone."""
    stands = store.event(engine, key) if kind is Kind.EVENT else store.days(engine, TABLES[kind], key)
    if stands is None:
        raise Opened
    if kind is Kind.EVENT:
        return fingerprint(stands["starts_at"], stands["ends_at"], stands["title"])
    return fingerprint(stands["opens_at"], stands["closes_at"], "")


def _free(engine: Engine, cohort_id: str, span: Span, but: str = "") -> None:
    if store.open_between(engine, cohort_id=cohort_id, but=but, **_moments(span)):
        raise Overlap


def _moments(span: Span) -> dict[str, str]:
    return {"opens_at": stamp(span.opens_at), "closes_at": stamp(span.closes_at)}


def _note(engine: Engine, act: str, by: Scope | None, at: datetime, object: str) -> None:
    audit.note(engine, act=act, by=by.person_id if by else None, at=at, object=object)
