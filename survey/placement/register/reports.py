"""What the register of a school year shows: a page of placements, totals, gaps, and the timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from survey import paging
from survey.access.permissions import Scope
from survey.clock import days_of_month
from survey.database import Engine, Row
from survey.placement import hours as rules
from survey.placement.hours import Hours
from survey.placement.places import Placement, placement
from survey.placement.register import store
from survey.placement.register.asked import PAGE, SORTS, Filters

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.texts import Texts


class Line(NamedTuple):
    """A placement in the register, with its hours."""

    placement: Placement
    hours: Hours


class Total(Struct, frozen=True):
    """Hours a week on a day, of places that run then: by rule, with a coach, free and needed.

    A school counts once for the rule, however many places it has; `uncounted` is how many schools have no
    number of pupils; `needs` is of how many places it is known what they need.
    """

    name: str
    places: int
    schools: int
    uncounted: int
    rule: float
    agreed: float
    free: float
    needed: float
    needs: int


class Totals(Struct, frozen=True):
    """What a school year comes to on a day: in all, by municipality and by employer."""

    day: date
    all: Total
    municipalities: tuple[Total, ...]
    employers: tuple[Total, ...]


class Register(Struct, frozen=True):
    """One page of the register; `states` counts the placements of the filters by state, also other ones."""

    lines: tuple[Line, ...]
    number: int
    page: int
    pages: int
    states: Mapping[str, int]
    day: date


class Choices(Struct, frozen=True):
    """What the register of a school year can be filtered by; coaches by id."""

    municipalities: tuple[str, ...]
    employers: tuple[str, ...]
    coaches: Mapping[str, str]


class Gap(Struct, frozen=True):
    """A place where somebody is looked for, and who was there before."""

    placement: Placement
    before: str | None

    @property
    def hours(self) -> float | None:
        """The hours a week that wait: those paid for, else those needed, else those of the rule."""
        one = self.placement
        if one.hours_agreed is not None or one.hours_needed is not None:
            return one.hours_needed if one.hours_agreed is None else one.hours_agreed
        return None if one.pupils is None else rules.in_quarters(rules.rule(one.pupils))


def register(
    engine: Engine,
    scope: Scope,
    *,
    school_year: str,
    day: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    sort: str = SORTS[0],
    page: int = 1,
) -> Register:
    """A page of the register; a page past the last one is the last one."""
    params = {"year": school_year, **filters.params(day)}
    states = {row["state"]: row["places"] for row in store.states(engine, params, scope)}
    number = states.get(filters.status, 0) if filters.status else sum(states.values())
    leaf = paging.page(number, size=PAGE, wanted=page)
    sort = sort if sort in SORTS else SORTS[0]
    shown = {**params, "most": PAGE, "skipped": leaf.skipped}
    lines = with_hours(engine, scope, store.page(engine, shown, sort=sort, scope=scope))
    return Register(lines, number, leaf.number, leaf.last, states, day)


def every(engine: Engine, scope: Scope, *, school_year: str, day: date, filters: Filters) -> tuple[Line, ...]:
    """All placements of the filters, by school: for a file."""
    params = {"year": school_year, **filters.params(day)}
    return with_hours(engine, scope, store.every(engine, params, scope=scope))


def total(
    engine: Engine,
    scope: Scope,
    *,
    school_year: str,
    day: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> Total:
    """The hours of a school year on a day, in all."""
    found = _totals(engine, scope, {"year": school_year, **filters.params(day)}, "all")
    return found[0] if found else Total("", 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0)


def totals(
    engine: Engine,
    scope: Scope,
    *,
    school_year: str,
    day: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> Totals:
    """The hours of a school year on a day, in all and by municipality and employer."""
    params = {"year": school_year, **filters.params(day)}
    return Totals(
        day,
        total(engine, scope, school_year=school_year, day=day, filters=filters),
        _totals(engine, scope, params, "municipality"),
        _totals(engine, scope, params, "employer"),
    )


def gaps(
    engine: Engine,
    scope: Scope,
    *,
    school_year: str,
    day: date,
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> tuple[Gap, ...]:
    """The places of a school year where on this day, or later, somebody is looked for, by school."""
    rows = store.before(engine, {"year": school_year, **filters.params(day)}, scope)
    return tuple(Gap(placement({**row}), leaver) for row in rows for leaver in [row.pop("leaver")])


def years(engine: Engine, scope: Scope) -> tuple[str, ...]:
    """The school years with a placement, the newest first."""
    return tuple(row["school_year"] for row in store.years(engine, scope))


def choices(engine: Engine, scope: Scope, school_year: str) -> Choices:
    """What the register of a school year can be filtered by."""
    return Choices(
        tuple(row["municipality"] for row in store.municipalities(engine, scope)),
        tuple(row["employer"] for row in store.employers(engine, school_year, scope)),
        {row["id"]: row["name"] for row in store.coaches(engine, scope)},
    )


def timeline(
    lines: Iterable[Line], *, school_year: str, day: date, words: Mapping[str, str], texts: Texts
) -> BuiltChart:
    """The placements of a page as bars over the school year; `words` says each state."""
    from analysis import charts

    bars = [_bar(one.placement, words) for one in lines]
    first, last = rules.first_day(school_year), rules.last_day(school_year)
    texts = replace(texts, day=cache(texts.day))  # many places begin and end on the same days
    return charts.build("placements", bars, texts, first=first, last=last, today=day)


def with_hours(engine: Engine, scope: Scope, rows: list[Row]) -> tuple[Line, ...]:
    """Placements as their store reads them, each with its hours."""
    found = [placement(row) for row in rows]
    logged: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in store.logs(engine, [one.id for one in found], scope):
        logged[row["placement_id"]].append((row["month"], row["hours"]))
    return tuple(Line(one, hours_of(one, logged[one.id])) for one in found)


def hours_of(one: Placement, logged: list[tuple[str, float]]) -> Hours:
    """The hours of a placement, from it and the months that were written down."""
    last = one.ends_on or max([one.until, *(days_of_month(month)[1] for month, _ in logged)])
    used, weeks_logged = rules.used(logged, one.starts_on, last)
    return Hours(
        rule=None if one.pupils is None else rules.rule(one.pupils),
        calculation=rules.calculation(one.pupils),
        agreed=one.hours_agreed,
        needed=one.hours_needed,
        used=used,
        weeks_logged=weeks_logged,
        weeks_total=rules.weeks(one.starts_on, last),
    )


def _totals(engine: Engine, scope: Scope, params: dict[str, Any], by: str) -> tuple[Total, ...]:
    counted = {row["name"]: row for row in store.pupils(engine, params, by=by, scope=scope)}
    return tuple(
        Total(
            **row,
            schools=counted[row["name"]]["schools"],
            uncounted=counted[row["name"]]["uncounted"],
            rule=rules.rule(counted[row["name"]]["pupils"]),
        )
        for row in store.sums(engine, params, by=by, scope=scope)
    )


def _bar(one: Placement, words: Mapping[str, str]) -> dict[str, Any]:
    works = one.coach is not None and one.status != "click_conversation"
    return {
        "school_id": one.school_id,
        "school": one.school,
        "label": one.coach if works else words[one.status],
        "kind": "coach" if works else one.status,
        "first": one.starts_on,
        "last": one.until,
    }
