"""Random histories of placements: nothing overlaps, no hours count twice, nobody works too much."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.actions import Details
from survey.placement.hours import MOST, first_day, last_day
from survey.placement.places import Placement
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import YEAR

REFUSALS = (
    actions.Misfit,
    actions.Overlaps,
    actions.SecondPlace,
    actions.TooManyHours,
    actions.NotNow,
    actions.NoCoach,
)
REASONS = ("coach_new_job", "coach_absent", "school_stops")


class History:
    """Acts at random on a few schools and coaches; keeps what went through and what was refused."""

    def __init__(self, engine: SqliteEngine, lead: Scope, coaches: list[str], seed: int) -> None:
        self.engine, self.lead, self.coaches, self.chance = engine, lead, coaches, Random(seed)
        self.done = self.refused = 0
        self.at = START
        for number in range(3):
            engine.insert("school", {"id": f"s{number}", "name": f"School {number}", "place": "Veenrand"})

    def run(self, steps: int) -> None:
        for _ in range(steps):
            self.at += timedelta(minutes=1)
            act = self.chance.choice((self.add, self.end, self.fill, self.go_on, self.settle, self.withdraw))
            try:
                act()
                self.done += 1
            except REFUSALS:
                self.refused += 1

    def every(self) -> list[Placement]:
        years = reports.years(self.engine, self.lead)
        return [one for year in years for one in reports.of_year(self.engine, self.lead, year)]

    def add(self) -> None:
        starts, status = self._day(), self.chance.choice(("active", "agreed", "wanted", "vacant_funded"))
        has_someone = status in {"active", "agreed"}
        details = Details(
            school_id=f"s{self.chance.randrange(3)}",
            status=status,
            starts_on=starts,
            ends_on=self.chance.choice([None, starts + timedelta(days=self.chance.randrange(1, 200))]),
            person_id=self.chance.choice(self.coaches) if has_someone else None,
            hours_agreed=self.chance.randrange(1, 60) / 4,
        )
        second = self.chance.random() < 0.2
        actions.add(self.engine, details=details, by=self.lead, at=self.at, second=second)

    def end(self) -> None:
        actions.end(
            self.engine,
            placement_id=self._one().id,
            ends_on=self._day(),
            reason=self.chance.choice(REASONS),
            vacancy=self.chance.random() < 0.5,
            by=self.lead,
            at=self.at,
        )

    def fill(self) -> None:
        actions.fill(
            self.engine,
            placement_id=self._one().id,
            person_id=self.chance.choice(self.coaches),
            starts_on=self._day(),
            status=self.chance.choice(("active", "agreed", "click_conversation")),
            by=self.lead,
            at=self.at,
        )

    def go_on(self) -> None:
        actions.continue_next_year(self.engine, placement_id=self._one().id, by=self.lead, at=self.at)

    def settle(self) -> None:
        status = self.chance.choice(("active", "paused", "agreed", "wanted"))
        actions.set_status(self.engine, placement_id=self._one().id, status=status, by=self.lead, at=self.at)

    def withdraw(self) -> None:
        actions.withdraw(self.engine, placement_id=self._one().id, by=self.lead, at=self.at)

    def _one(self) -> Placement:
        found = self.every()
        if not found:
            raise actions.NotNow
        return self.chance.choice(found)

    def _day(self) -> date:
        return first_day(YEAR) + timedelta(days=self.chance.randrange(365))


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture(params=range(6))
def history(
    request: pytest.FixtureRequest, engine: SqliteEngine, lead: Scope, ana: Member, cleo: Member
) -> History:
    made = History(engine, lead, [ana.id, cleo.id], request.param)
    made.run(80)
    assert made.done > 10
    assert made.refused > 10
    return made


def test_nobody_has_two_places_at_a_school_on_a_day(history: History) -> None:
    held = [one for one in history.every() if one.person_id]
    for one, other in combinations(held, 2):
        if (one.person_id, one.school_id) == (other.person_id, other.school_id):
            assert not one.shares_a_day_with(other), (one, other)


def test_nobody_works_more_than_forty_hours_on_a_day(history: History) -> None:
    held = [one for one in history.every() if one.status in {"agreed", "active", "paused", "ended"}]
    for day in {one.starts_on for one in held}:
        for coach in history.coaches:
            own = [one for one in held if one.person_id == coach and one.runs_on(day)]
            assert sum(one.hours_agreed or 0 for one in own) <= MOST


def test_what_follows_begins_after_what_it_follows(history: History) -> None:
    every = {one.id: one for one in history.every()}
    followed = [(every[one.follows], one) for one in every.values() if one.follows]
    assert followed
    for before, after in followed:
        assert before.ends_on is not None
        assert after.starts_on == before.ends_on + timedelta(days=1)
        assert after.school_id == before.school_id


def test_hours_of_a_place_and_what_follows_it_never_count_twice(history: History) -> None:
    """On every day a chain of places that go on from each other counts as one place at most."""
    every = {one.id: one for one in history.every()}

    def root(one: Placement) -> str:
        return root(every[one.follows]) if one.follows else one.id

    for day in sorted({one.starts_on for one in every.values()}):
        if not first_day(YEAR) <= day <= last_day(YEAR):
            continue
        running = [one for one in every.values() if one.runs_on(day) and one.school_year == YEAR]
        roots = [root(one) for one in running]
        assert len(roots) == len(set(roots))
        total = reports.totals(history.engine, history.lead, school_year=YEAR, day=day).all
        filled = [one for one in running if one.person_id and one.status != "click_conversation"]
        assert total.agreed == pytest.approx(sum(one.hours_agreed or 0 for one in filled))


def test_every_change_can_be_read_back(history: History) -> None:
    for one in history.every():
        changes = reports.changes(history.engine, history.lead, one.id)
        last = next(each for each in changes if each.field == "status")
        assert last.after == one.status
        (made,) = [each for each in changes if each.before is None and each.field == "status"]
        assert made == [each for each in changes if each.field == "status"][-1]
