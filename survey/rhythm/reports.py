"""What pages ask of the rhythm: what is planned, what a plan could be, and when a tick ran last."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from survey.clock import local_day, moment, moment_or_none, school_year, stamp
from survey.cohort.reports import Cohort as Cohort
from survey.database import Engine, Row
from survey.fingerprint import fingerprint
from survey.rhythm import plan, store, template
from survey.rhythm.holidays import Holiday, Holidays
from survey.rhythm.holidays import Region as Region
from survey.rhythm.holidays import read as read_holidays
from survey.rhythm.plan import Ground, Kind, Proposed
from survey.rhythm.spans import DAY, Span, days_of

LATE = timedelta(days=1)


class State(StrEnum):
    """How far something in a plan is."""

    COMING = "coming"
    NOW = "now"
    OVER = "over"
    CALLED_OFF = "called_off"


class Item(Struct, frozen=True):
    """A round, a short round or a meeting that stands in a school year."""

    id: str
    kind: Kind
    opens_at: datetime
    closes_at: datetime
    state: State
    lookback: bool = False
    event_kind: str = ""
    title: str = ""

    @property
    def span(self) -> Span:
        """The days it takes."""
        return Span.between(self.opens_at, self.closes_at)

    @property
    def fingerprint(self) -> str:
        """The mark of when it is and how it is called: another one where somebody changed that."""
        return fingerprint(stamp(self.opens_at), stamp(self.closes_at), self.title)

    @property
    def can_change(self) -> bool:
        """Whether it can still move or be taken back."""
        return self.state is State.COMING


class Plan(Struct, frozen=True):
    """What stands for a cohort in a school year; without an id nobody made a plan for it."""

    id: str | None
    region: Region
    items: tuple[Item, ...]


class Year(Struct, frozen=True):
    """One school year of a cohort at a glance: how much of each kind stands, and whether a plan was made."""

    name: str
    planned: bool
    counts: Mapping[Kind, int]


class Tick(Struct, frozen=True):
    """When the planning ran last, and whether that is too long ago."""

    last: datetime | None
    late: bool


def changed_by(engine: Engine, item: Item) -> str | None:
    """The name of who changed something last; None for an operator, or someone erased."""
    return store.changed_by(engine, item.id)


def tick(engine: Engine, at: datetime) -> Tick:
    """Late is longer than a day ago, or never while there is something to open."""
    last = moment_or_none(store.last_tick(engine))
    late = last < at - LATE if last else store.has_rounds(engine)
    return Tick(last, late)


def cohort(engine: Engine, key: str) -> Cohort | None:
    """One cohort."""
    return next((one for one in _cohorts(engine) if one.id == key), None)


def overview(engine: Engine, at: datetime) -> list[tuple[Cohort, tuple[Year, Year]]]:
    """Every cohort with this school year and the next."""
    this = days_of(school_year(local_day(at)))
    names = (school_year(this.first), school_year(this.last + DAY))
    planned = {(row["cohort_id"], row["school_year"]) for row in store.plans(engine)}
    counts = _counts(engine, Span(this.first, days_of(names[1]).last))
    return [
        (one, (_year(one, names[0], planned, counts), _year(one, names[1], planned, counts)))
        for one in _cohorts(engine)
    ]


def standing(engine: Engine, cohort_id: str, year: str, at: datetime) -> Plan:
    """Everything that stands for a cohort in a school year, in the order of the days."""
    made = [row for row in store.plans(engine) if row["cohort_id"] == cohort_id]
    mine = next((row for row in made if row["school_year"] == year), None)
    region = Region((mine or (made[-1] if made else {"region": Region.NOORD}))["region"])
    return Plan(mine["id"] if mine else None, region, _items(engine, cohort_id, days_of(year), at))


def proposal(
    plan_now: Plan, cohort: Cohort, year: str, *, region: Region, holidays: Holidays, at: datetime
) -> tuple[Proposed, ...]:
    """What the template makes of a school year beside what stands in it."""
    return plan.propose(template.shipped(), ground(plan_now, cohort, year, region, holidays, at))


def ground(
    plan_now: Plan, cohort: Cohort, year: str, region: Region, holidays: Holidays, at: datetime
) -> Ground:
    """What a plan for a cohort is made on; nothing is put before tomorrow, or before the cohort began."""
    return Ground(
        year,
        [one.span for one in holidays.around(year, region)],
        holidays.free(year),
        spans(plan_now.items, {Kind.ROUND, Kind.SHORT}),
        spans(plan_now.items, {Kind.EVENT}),
        earliest(cohort, at),
    )


def earliest(cohort: Cohort, at: datetime) -> date:
    """The first day on which something new can be for a cohort."""
    return max(cohort.started_on, local_day(at) + DAY)


def spans(items: Iterable[Item], kinds: Iterable[Kind], but: str = "") -> list[Span]:
    """The days of the items of these kinds, except of one."""
    return [one.span for one in items if one.kind in set(kinds) and one.id != but]


def are_schools_closed(day: date, region: Region) -> bool:
    """Whether a day is in a school holiday or free, by the holidays that come with the application."""
    year, known = school_year(day), read_holidays(None)
    return day in known.free(year) or bool(touched(Span(day, day), known.around(year, region)))


def touched(span: Span, holidays: Sequence[Holiday]) -> list[Holiday]:
    """The holidays with a day in common with these days."""
    return [one for one in holidays if one.span.meets(span)]


def _cohorts(engine: Engine) -> list[Cohort]:
    return [Cohort.of(row) for row in store.cohorts(engine)]


def _bounds(span: Span) -> dict[str, str]:
    return {"first": stamp(span.opens_at), "after": stamp(span.closes_at)}


def _counts(engine: Engine, span: Span) -> Counter[tuple[str, str, Kind]]:
    """By cohort, school year and kind: how many stand in these days."""
    rounds = ((row, "opens_at", Kind(row["kind"])) for row in store.rounds(engine, **_bounds(span)))
    meetings = (
        (row, "starts_at", Kind.EVENT)
        for row in store.events(engine, **_bounds(span))
        if row["cancelled_at"] is None
    )
    return Counter(
        (row["cohort_id"], school_year(local_day(row[when])), kind)
        for found in (rounds, meetings)
        for row, when, kind in found
    )


def _year(
    one: Cohort, name: str, planned: set[tuple[str, str]], counts: Counter[tuple[str, str, Kind]]
) -> Year:
    mine = {kind: counts[one.id, name, kind] for kind in Kind}
    return Year(name, (one.id, name) in planned, {kind: number for kind, number in mine.items() if number})


def _items(engine: Engine, cohort_id: str, whole: Span, at: datetime) -> tuple[Item, ...]:
    found = [
        _round(row, at) for row in store.rounds(engine, **_bounds(whole)) if row["cohort_id"] == cohort_id
    ]
    found += [
        _event(row, at) for row in store.events(engine, **_bounds(whole)) if row["cohort_id"] == cohort_id
    ]
    return tuple(sorted(found, key=lambda one: (one.opens_at, one.kind)))


def _state(opens_at: datetime, closes_at: datetime, at: datetime) -> State:
    if opens_at > at:
        return State.COMING
    return State.NOW if closes_at > at else State.OVER


def _round(row: Row, at: datetime) -> Item:
    opens_at, closes_at = moment(row["opens_at"]), moment(row["closes_at"])
    state = _state(opens_at, closes_at, at)
    return Item(row["id"], Kind(row["kind"]), opens_at, closes_at, state, bool(row["lookback"]))


def _event(row: Row, at: datetime) -> Item:
    starts_at, ends_at = moment(row["starts_at"]), moment(row["ends_at"])
    state = State.CALLED_OFF if row["cancelled_at"] else _state(starts_at, ends_at, at)
    return Item(row["id"], Kind.EVENT, starts_at, ends_at, state, event_kind=row["kind"], title=row["title"])
