"""How the programme stands on a day: each number once, from the room that knows it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from survey.access.permissions import Scope
from survey.advice import reports as advices
from survey.advice.reports import Progress
from survey.clock import local_day, school_year, year_before
from survey.cohort import reports as cohorts
from survey.cohort.reports import TookPart
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import Response, State, Window
from survey.placement import reports as placements
from survey.placement.reports import Placement, Total
from survey.programme.attention import Kind as Kind
from survey.programme.attention import Matter as Matter
from survey.programme.attention import matters as matters
from survey.school import reports as schools

MOST_WINDOWS = 3
A_YEAR = timedelta(days=365)


class Coverage(Struct, frozen=True):
    """The schools that take part, and those of them where no coach works now."""

    schools: int
    without: tuple[str, ...]

    @property
    def covered(self) -> int:
        """At how many schools a coach works."""
        return self.schools - len(self.without)


class Glance(Struct, frozen=True):
    """The programme in one line: at how many schools a coach works, and how much asks for attention."""

    coverage: Coverage
    matters: int


class Used(Struct, frozen=True):
    """Hours a week that were used over the months written down, and those agreed of the same places.

    `places` of the `of` that run with a coach wrote a month down.
    """

    hours: float
    agreed: float
    places: int
    of: int


class Asked(Struct, frozen=True):
    """A window: how far it is, how many answered in steps by form, and the day each form was released."""

    window: Window
    state: State
    response: Mapping[str, Response]
    released: Mapping[str, date]


class Standing(Struct, frozen=True):
    """How the programme stands on a day; hours are those of the places of its school year that run then."""

    school_year: str
    day: date
    coverage: Coverage
    vacancies: tuple[Placement, ...]
    hours: Total
    used: Used
    took_part: tuple[TookPart, ...]
    windows: tuple[Asked, ...]
    advices: Mapping[str, Progress]


def standing(engine: Engine, scope: Scope, at: datetime) -> Standing:
    """How everything stands now."""
    day = local_day(at)
    year = school_year(day)
    of_year = placements.of_year(engine, scope, year)
    return Standing(
        school_year=year,
        day=day,
        coverage=coverage(engine, scope, day),
        vacancies=tuple(one for one in of_year if one.status in placements.FREE and one.runs_on(day)),
        hours=placements.total(engine, scope, school_year=year, day=day),
        used=_used(
            engine,
            scope,
            [one for one in of_year if one.status in placements.WITH_A_COACH and one.runs_on(day)],
            year,
        ),
        took_part=cohorts.taking_part(engine, scope, since=at - A_YEAR, at=at),
        windows=_windows(engine, scope, at),
        advices={each: advices.progress(engine, scope, each) for each in (year, year_before(year))},
    )


def glance(engine: Engine, scope: Scope, at: datetime) -> Glance:
    """The programme in one line."""
    return Glance(coverage(engine, scope, local_day(at)), len(matters(engine, scope, at)))


def coverage(engine: Engine, scope: Scope, day: date) -> Coverage:
    """At which schools a coach works on a day, also in a place that runs on from an earlier year."""
    works = placements.schools_with_a_coach(engine, scope, day)
    chosen = schools.choices(engine, scope)
    return Coverage(len(chosen), tuple(name for key, name in chosen.items() if key not in works))


def _used(engine: Engine, scope: Scope, running: list[Placement], year: str) -> Used:
    hours = placements.hours_of_year(engine, scope, year, running)
    logged = [(hours[one.id].used, one.hours_agreed or 0.0) for one in running]
    known = [(used, agreed) for used, agreed in logged if used is not None]
    return Used(sum(used for used, _ in known), sum(agreed for _, agreed in known), len(known), len(running))


def _windows(engine: Engine, scope: Scope, at: datetime) -> tuple[Asked, ...]:
    """The newest windows that have begun."""
    released = evaluation.released(engine, scope)
    begun = [one for one in evaluation.windows(engine, scope) if one.state(at) is not State.PLANNED]
    return tuple(
        Asked(
            one,
            one.state(at),
            evaluation.response(engine, scope, one.id),
            {each.form: local_day(each.released_at) for each in released if each.window_id == one.id},
        )
        for one in begun[:MOST_WINDOWS]
    )
