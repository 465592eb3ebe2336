"""The cases of Veenrand: how many each coach has, at which school, from when to when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from survey.case.actions import LETTERS, SIGNS
from survey.clock import stamp
from survey.demo import names
from survey.demo.calendar import end_of_work, working_moment
from survey.demo.people import Coach
from survey.demo.schools import Placement
from survey.demo.world import World

CASES: Final = 900
AT_ONCE, AT_ONCE_ON_TOUR = 7, 3  # two to four hours a week leave room for no more
FIRST_WEEKS: Final = timedelta(weeks=2)  # somebody new gets to know the school first
SHORTEST, MEAN_MORE = 24, 80  # days


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `until` is the day it closed, or yesterday while it runs."""

    id: str
    code: str
    coach: Coach
    opened: date
    until: date
    is_open: bool

    @property
    def tours(self) -> bool:
        """Whether visitors are shown this case."""
        return self.code == names.TOUR_CASE


def add(world: World, members: Sequence[Coach], placements: Sequence[Placement]) -> list[Case]:
    """Rows of all cases, and the cases themselves for the checks in them."""
    books = {coach: _Book(world, coach, placements) for coach in members}
    tour = next(coach for coach in members if coach.tours)
    opened = world.calendar.day - timedelta(weeks=names.TOUR_WEEKS)
    cases = [books[tour].add(opened, world.calendar.yesterday, is_open=True, code=names.TOUR_CASE)]
    for coach, number in shares(world, members).items():
        cases += books[coach].fill(number)
    return cases


def shares(world: World, members: Sequence[Coach]) -> dict[Coach, int]:
    """How many of the cases each coach has: by days at work, and by how busy their schools are."""
    chance = world.chance("cases")
    at_work = [coach for coach in members if not coach.starts]
    weights = [(coach.until - coach.since).days * chance.gammavariate(8, 1) for coach in at_work]
    exact = [(CASES - 1) * weight / sum(weights) for weight in weights]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
    for at in by_rest[: CASES - 1 - sum(whole)]:
        whole[at] += 1
    return dict(zip(at_work, whole, strict=True))


class _Book:
    """The cases of one coach."""

    def __init__(self, world: World, coach: Coach, placements: Sequence[Placement]) -> None:
        self.world, self.coach = world, coach
        self.chance = world.chance("cases", coach.name)
        self.placements = [placement for placement in placements if placement.coach is coach]

    def fill(self, number: int) -> Iterator[Case]:
        """Cases spread over the days at work, each closed before there are too many at once."""
        first = self.coach.since + FIRST_WEEKS
        days = (self.coach.until - first).days - 7
        opened = sorted(first + timedelta(days=self.chance.randint(0, days)) for _ in range(number))
        at_once = AT_ONCE_ON_TOUR if self.coach.tours else AT_ONCE
        for day, full in zip(opened, [*opened[at_once:], *[date.max] * at_once], strict=False):
            length = SHORTEST + round(self.chance.gammavariate(2, MEAN_MORE / 2))
            ends = max(min(day + timedelta(days=length), full), day + timedelta(days=7))
            still = ends > self.coach.until and not self.coach.left
            yield self.add(day, min(ends, self.coach.until), is_open=still)

    def add(self, opened: date, until: date, *, is_open: bool, code: str = "") -> Case:
        chance = self.chance
        opened_at = working_moment(chance, opened)
        case = Case(chance.key(opened_at), code or self._code(), self.coach, opened, until, is_open)
        self.world.codes.add(case.code)
        schools = [own.school_id for own in self.placements if own.since <= opened <= own.until]
        self.world.tables["case"].append(
            {
                "id": case.id,
                "code": case.code,
                "coach_id": self.coach.id,
                "school_id": schools[0] if code else chance.choice(schools),
                "opened_at": stamp(opened_at),
                "closed_at": None if is_open else stamp(end_of_work(until)),
            }
        )
        return case

    def _code(self) -> str:
        draw = self.chance.choices
        while True:
            code = "-".join(("".join(draw(LETTERS, k=2)), "".join(draw(SIGNS, k=4))))
            if code not in self.world.codes:
                return code
