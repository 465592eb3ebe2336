"""The act of deleting what is older than its time, a batch at a time."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from survey.access import audit
from survey.clock import stamp
from survey.database import Engine
from survey.mail import outbox
from survey.retention import store

MONTH, DAY = timedelta(days=30), timedelta(days=1)


def delete_old(
    engine: Engine, *, at: datetime, session_lasts: timedelta, dry_run: bool = False
) -> dict[str, int]:
    """Delete what has been kept long enough; how many rows of each table went, or would go."""
    limits: dict[str, str | int] = {
        "seven_years": stamp(years_before(at, 7)),
        "year": stamp(years_before(at, 1)),
        "month": stamp(at - MONTH),
        "day": stamp(at - DAY),
        "sessions": stamp(at - session_lasts - DAY),
        "attempts": outbox.ATTEMPTS,
    }
    gone = _count_all(engine, limits) if dry_run else _delete_all(engine, limits, at)
    return {table: number for table, number in gone.items() if number}


def years_before(at: datetime, years: int) -> datetime:
    """The same day so many years ago; the last of February for the day that year did not have."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)


def _count_all(engine: Engine, limits: Mapping[str, str | int]) -> Counter[str]:
    """Reads only, and makes nobody wait for a turn to write."""
    gone: Counter[str] = Counter()
    for rule in store.RULES:
        gone.update(store.count(engine, rule, limits))
    return gone


def _delete_all(engine: Engine, limits: Mapping[str, str | int], at: datetime) -> Counter[str]:
    gone: Counter[str] = Counter()
    for rule in store.RULES:
        while (found := _delete_some(engine, rule, limits))[rule.what]:
            gone.update(found)
    if gone:
        with engine.atomic():
            audit.note(engine, act="old-data-deleted", by=None, at=at)
            engine.wipe()
    return gone


def _delete_some(engine: Engine, rule: store.Rule, limits: Mapping[str, str | int]) -> dict[str, int]:
    with engine.atomic():
        return store.delete_some(engine, rule, limits)
