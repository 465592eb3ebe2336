"""The cases of Veenrand: how many each coach has, at which school, what about, from when to when."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from survey.case.actions import LETTERS, SIGNS
from survey.clock import stamp
from survey.demo import stories
from survey.demo.calendar import end_of_work, workday, working_moment
from survey.demo.chance import Chance
from survey.demo.people import Coach
from survey.demo.placements import Placement, last_to_leave
from survey.demo.stories import Story
from survey.demo.world import KANSENCOACH, SCHOOLCOACH, World

CASES: Final = {KANSENCOACH: 900, SCHOOLCOACH: 60}
AT_ONCE, AT_ONCE_ON_TOUR = 7, 3  # two to four hours a week leave room for no more
FIRST_WEEKS: Final = timedelta(weeks=2)  # somebody new gets to know the school first
SHORTEST, MEAN_MORE = 24, 80  # days
SLOW, SLOWER_BY = 0.14, (100, 210)  # a few take long, however full it gets
TAKEN_OVER: Final = 0.6
LEFT_BEHIND: Final = 3  # cases of the coach who left last and was not followed yet
KINDS: Final = {
    KANSENCOACH: {"pupil": 82, "group": 9, "teacher": 6, "team": 3},
    SCHOOLCOACH: {"pupil": 12, "group": 28, "teacher": 36, "team": 24},
}
SIGNALLED_BY: Final = {"teacher": 52, "parents": 18, "ib": 18, "coach": 7, "other": 5}
THEMES: Final = {
    "pupil": ("calm_and_focus", "with_others", "feelings", "going_to_school", "learning", "home_and_school",
              "change_at_home"),
    "group": ("group_atmosphere", "with_others", "calm_and_focus", "home_and_school"),
    "teacher": ("calm_and_focus", "way_of_teaching", "home_and_school", "group_atmosphere"),
    "team": ("way_of_teaching", "group_atmosphere", "home_and_school"),
}  # fmt: skip


class Handover(Struct, frozen=True):
    """A case goes on with another coach from this day on."""

    to: Coach
    on: date


class Case(Struct, frozen=True, eq=False):
    """One case; `until` is the day it closed, or the last day something happened while it runs."""

    id: str
    code: str
    coach: Coach
    school_id: str
    kind: str
    opened: date
    until: date
    is_open: bool
    handed: Handover | None = None
    story: Story | None = None

    @property
    def keeper(self) -> Coach:
        """Whose case it is now."""
        return self.handed.to if self.handed else self.coach

    def keeper_on(self, day: date) -> Coach:
        """Whose case it was on a day."""
        return self.handed.to if self.handed and day >= self.handed.on else self.coach

    @property
    def profile(self) -> str:
        return self.coach.profile


def add(world: World, members: Sequence[Coach], placements: Sequence[Placement]) -> list[Case]:
    """Rows of all cases, and the cases themselves for what happens in them."""
    newest = last_to_leave(members)
    books = {coach: _Book(world, coach, placements, coach is newest) for coach in members}
    cases = [books[coach].tell(story) for coach in members for story in stories.of(coach.name)]
    for coach, number in shares(world, members, len(cases)).items():
        cases += books[coach].fill(number)
    return cases


def shares(world: World, members: Sequence[Coach], told: int) -> dict[Coach, int]:
    """How many of the cases each coach has: by days at work, and by how busy their schools are."""
    found: dict[Coach, int] = {}
    for profile, total in CASES.items():
        own = [coach for coach in members if not coach.starts and coach.profile == profile]
        told_here = sum(len(stories.of(coach.name)) for coach in own)
        found |= _spread(world.chance("cases", profile), own, total - told_here)
    return found


def _spread(chance: Chance, at_work: Sequence[Coach], total: int) -> dict[Coach, int]:
    weights = [(coach.until - coach.since).days * chance.gammavariate(8, 1) for coach in at_work]
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
    for at in by_rest[: total - sum(whole)]:
        whole[at] += 1
    return dict(zip(at_work, whole, strict=True))


class _Book:
    """The cases of one coach."""

    def __init__(self, world: World, coach: Coach, placements: Sequence[Placement], last: bool) -> None:
        self.world, self.coach, self.left_last = world, coach, last
        self.chance = world.chance("cases", coach.name)
        self.placements = placements
        self.own = [placement for placement in placements if placement.coach is coach]

    def tell(self, story: Story) -> Case:
        """A case that is laid down; it runs still, unless its story says otherwise."""
        day = self.world.calendar.day
        until = self.world.calendar.yesterday if story.closed is None else day - timedelta(days=story.closed)
        opened = workday(day - timedelta(days=story.opened))
        return self._add(opened, until, story.closed is None, self.own[0].school_id, story=story)

    def fill(self, number: int) -> Iterator[Case]:
        """Cases spread over the days at work, each closed before there are too many at once."""
        first = self.coach.since + FIRST_WEEKS
        days = (self.coach.until - first).days - 7
        opened = sorted(first + timedelta(days=self.chance.randint(0, days)) for _ in range(number))
        at_once = AT_ONCE_ON_TOUR if self.coach.tours else AT_ONCE
        for at, (day, full) in enumerate(
            zip(opened, [*opened[at_once:], *[date.max] * at_once], strict=False)
        ):
            length = timedelta(days=SHORTEST + round(self.chance.gammavariate(2, MEAN_MORE / 2)))
            slow = self.chance.happens(SLOW) and not self.coach.tours
            more = timedelta(days=self.chance.randint(*SLOWER_BY) if slow else 0)
            ends = max(day + length + more if more else min(day + length, full), day + timedelta(days=7))
            is_last = self.left_last and at >= number - LEFT_BEHIND
            yield self._case(day, max(ends, self.coach.until + timedelta(days=1)) if is_last else ends)

    def _case(self, opened: date, ends: date) -> Case:
        """A case that would last until `ends`, and does if the coach stays."""
        last = self.coach.until
        school = self.chance.choice([own.school_id for own in self.own if own.since <= opened <= own.until])
        if ends <= last or not self.coach.left:
            return self._add(opened, min(ends, last), ends > last, school)
        if self.left_last:
            return self._add(opened, last, True, school)
        follower = self._follower(school)
        if follower is None or not self.chance.happens(TAKEN_OVER):
            return self._add(opened, last, False, school)
        on = workday(follower.since + timedelta(days=self.chance.randint(2, 10)))
        ends = max(ends + (on - last), on + timedelta(days=14))
        handed = Handover(follower.coach, on)
        return self._add(opened, min(ends, follower.until), ends > follower.until, school, handed)

    def _follower(self, school: str) -> Placement | None:
        """Who works at the school after this coach, long enough to take a case over."""
        least = self.world.calendar.day - timedelta(days=21)
        found = (one for one in self.placements if one.school_id == school and one.since > self.coach.until)
        return next((one for one in found if one.since < least), None)

    def _add(
        self,
        opened: date,
        until: date,
        is_open: bool,
        school: str,
        handed: Handover | None = None,
        story: Story | None = None,
    ) -> Case:
        chance = self.chance
        opened_at = working_moment(chance, opened)
        kinds = KINDS[self.coach.profile]
        kind = story.kind if story else chance.choices([*kinds], [*kinds.values()])[0]
        code = story.code if story else self._code()
        case = Case(
            *(chance.key(opened_at), code, self.coach, school, kind, opened_at.date(), until, is_open),
            *(handed, story),
        )
        self.world.codes.add(code)
        self.world.tables["case"].append(
            {
                "id": case.id,
                "code": code,
                "coach_id": case.keeper.id,
                "school_id": school,
                "profile": case.profile,
                "kind": kind,
                "signalled_by": chance.choices([*SIGNALLED_BY], [*SIGNALLED_BY.values()])[0],
                "signalled_on": (case.opened - timedelta(days=chance.randint(0, 9))).isoformat(),
                "theme": story.theme if story else chance.choice(THEMES[kind]),
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
