"""The meetings at which a coach was noted: what K4, taking part in training, is taken from."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import local_day, school_year
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import store

KINDS = "event_kind"


class Meeting(Struct, frozen=True):
    """One meeting, whether the coach was there, and whether its kind counts as taking part in training."""

    day: date
    name: str
    present: bool
    counts: bool


def meetings(
    engine: Engine, profile: str, *, scope: Scope, catalog: Catalog, lang: str
) -> tuple[Meeting, ...]:
    """The meetings of cohorts on a profile at which this coach was noted, earliest first."""
    kinds = {kind.key: kind for kind in catalog.choices(KINDS)}
    return tuple(
        Meeting(
            local_day(row["starts_at"]),
            kinds[row["kind"]].label[lang],
            row["state"] == "present",
            kinds[row["kind"]].counts_for_attendance,
        )
        for row in store.meetings(engine, profile, scope=scope)
        if row["kind"] in kinds
    )


def attended(found: Collection[Meeting], at: datetime) -> tuple[int, int] | None:
    """At how many of how many meetings that count someone was in this school year; None before the first."""
    year = school_year(local_day(at))
    of_year = [one for one in found if one.counts and school_year(one.day) == year]
    return (sum(one.present for one in of_year), len(of_year)) if of_year else None
