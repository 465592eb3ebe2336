"""What is refused of a placement, so that nothing overlaps by mistake and nobody is placed for too much."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import school_year as year_of
from survey.database import Engine
from survey.placement import store
from survey.placement.hours import MOST, last_day
from survey.placement.places import WITH_A_CANDIDATE, WITH_A_COACH, WITHOUT_A_COACH, Placement, placement

FOREVER = date(9999, 12, 31)
COUNTS_NOT = frozenset({"vacant_unfunded"})  # a place without funds holds no place of another


class Details(Struct, frozen=True):
    """What is noted of a placement; the school year follows from its first day."""

    school_id: str
    status: str
    starts_on: date
    ends_on: date | None = None
    person_id: str | None = None
    employer: str = ""
    click_on: date | None = None
    hours_agreed: float | None = None
    agreed_because: str | None = None
    agreed_note: str = ""
    hours_needed: float | None = None
    needed_because: str | None = None
    needed_note: str = ""

    @property
    def school_year(self) -> str:
        """The school year it belongs to."""
        return year_of(self.starts_on)


def noted(one: Details | Placement) -> dict[str, Any]:
    """What is noted of a placement, by name."""
    return {name: getattr(one, name) for name in Details.__struct_fields__}


class Misfit(ValueError):
    """Status, coach and days do not go together; nothing was stored."""


class NoCoach(ValueError):
    """Whoever is to fill this place is no coach, or left."""


class OfAnother(NoCoach):
    """A coach wrote down hours or made an agreement here: these would become those of another place."""


class Overlaps(Exception):
    """This coach has a place at this school on some of these days already: `other`."""

    def __init__(self, other: Placement) -> None:
        super().__init__(other.id)
        self.other = other


class SecondPlace(Exception):
    """The school has a place on some of these days already: `others`. It has to be on purpose."""

    def __init__(self, others: tuple[Placement, ...]) -> None:
        super().__init__([one.id for one in others])
        self.others = others


class TooManyHours(Exception):
    """On `day` this coach would be placed for `total` hours a week, over all schools."""

    def __init__(self, total: float, day: date) -> None:
        super().__init__(total)
        self.total, self.day = total, day


def refuse_misfit(details: Details) -> None:
    """Raise Misfit where the schema would refuse these together."""
    has_someone = details.person_id is not None
    last = last_day(details.school_year)
    if (
        (details.status in {*WITH_A_COACH, *WITH_A_CANDIDATE} - {"ended"} and not has_someone)
        or (details.status in WITHOUT_A_COACH and has_someone)
        or (details.status == "ended" and details.ends_on is None)
        or not details.starts_on <= (details.ends_on or last) <= last
    ):
        raise Misfit(details.status)


def refuse_stranger(engine: Engine, details: Details) -> None:
    """Raise NoCoach where a place that runs or is to run is for someone who does not coach here."""
    if details.person_id and details.status != "ended" and not store.is_coach(engine, details.person_id):
        raise NoCoach(details.person_id)


def refuse_other(engine: Engine, before: Placement, details: Details) -> None:
    """Raise OfAnother where what a coach who began here wrote would become that of another place."""
    if is_moved(before, details) and store.is_written_on(engine, before.id):
        raise OfAnother(before.id)


def is_moved(before: Placement, after: Details | Placement) -> bool:
    """Whether a place of a coach becomes one of somebody else or of nobody, elsewhere or in another year."""
    stood = (before.person_id, before.school_id, before.school_year)
    return before.person_id is not None and stood != (after.person_id, after.school_id, after.school_year)


def refuse_clash(
    engine: Engine, details: Details, *, by: Scope, beside: Collection[str] = (), second: bool = False
) -> None:
    """Raise Overlaps, SecondPlace or TooManyHours against what stands; the ids in `beside` are left out.

    With `second` a school may hold two places at once.
    """
    days = {"first": details.starts_on.isoformat(), "last": (details.ends_on or FOREVER).isoformat()}
    own = []
    if details.person_id is not None:
        own = _others(store.of_coach_in(engine, person_id=details.person_id, scope=by, **days), beside)
        same = next((one for one in own if one.school_id == details.school_id), None)
        if same is not None:
            raise Overlaps(same)
    if not second and details.status not in COUNTS_NOT:
        at_school = store.at_school_in(engine, school_id=details.school_id, scope=by, **days)
        if taken := tuple(one for one in _others(at_school, beside) if one.status not in COUNTS_NOT):
            raise SecondPlace(taken)
    if details.status in WITH_A_COACH:
        _refuse_too_many(details, [one for one in own if one.status in WITH_A_COACH])


def _others(rows: Iterable[dict[str, object]], beside: Collection[str]) -> list[Placement]:
    return [placement(row) for row in rows if row["id"] not in beside]


def _refuse_too_many(details: Details, own: Collection[Placement]) -> None:
    for day in sorted({details.starts_on, *(one.starts_on for one in own)}):
        if day < details.starts_on:
            continue
        total = (details.hours_agreed or 0) + sum(one.hours_agreed or 0 for one in own if one.runs_on(day))
        if total > MOST:
            raise TooManyHours(total, day)
