"""Which coach of Veenrand works at which school, from when to when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from survey.demo import names
from survey.demo.chance import Chance
from survey.demo.people import Coach
from survey.demo.world import KANSENCOACH, SCHOOLCOACH, World

SCHOOLS_EACH: Final = 2
WAITING_SCHOOL: Final = 2  # its place in the list: the coach who has just begun starts there
REPLACED: Final = 0.5
APART: Final = 6  # every so many schools a schoolcoach begins, beside the coach who is there
AT_ONCE: Final = timedelta(days=8)
JOINED: Final = timedelta(weeks=3)


class Placement(Struct, frozen=True):
    """A coach at a school; `until` is the last day, or yesterday while it runs."""

    school_id: str
    coach: Coach
    since: date
    until: date


def drawn(world: World, members: Sequence[Coach]) -> list[Placement]:
    """Where coaches work and open cases."""
    placements = _first_placements(world, members)
    return placements + _replacements(world, world.chance("replacements"), placements)


def _first_placements(world: World, members: Sequence[Coach]) -> list[Placement]:
    every = [row["id"] for row in world.tables["school"][: len(names.SCHOOLS)]]
    ids = list(every)
    waiting = ids.pop(WAITING_SCHOOL)
    settled = [coach for coach in members if not coach.starts and coach.profile == KANSENCOACH]
    # Round the coaches once for each school they have; what is left over goes to those who came first.
    shares = {coach.id: SCHOOLS_EACH for coach in settled}
    for coach in settled[1 : 1 + len(ids) - SCHOOLS_EACH * len(settled)]:
        shares[coach.id] += 1
    rest = iter(ids)
    placements = [
        Placement(next(rest), coach, coach.since, coach.until)
        for coach in settled
        for _ in range(shares[coach.id])
    ]
    starter = next(coach for coach in members if coach.starts)
    placements.append(Placement(waiting, starter, starter.since, starter.until))
    return [*placements, *_beside(members, every)]


def _beside(members: Sequence[Coach], ids: Sequence[str]) -> Iterator[Placement]:
    """Schoolcoaches work at schools that have a coach already, but not at those of the visitors."""
    own = [coach for coach in members if coach.profile == SCHOOLCOACH]
    for number, coach in enumerate(own):
        first = WAITING_SCHOOL + 1 + number * APART
        for school_id in ids[first : first + SCHOOLS_EACH]:
            yield Placement(school_id, coach, coach.since, coach.until)


def _replacements(world: World, chance: Chance, placements: Sequence[Placement]) -> list[Placement]:
    """After somebody left a colleague takes over at some schools; the others wait for a coach."""
    found = []
    newest = last_to_leave(placement.coach for placement in placements)
    urgent = next((placement for placement in placements if placement.coach is newest), None)
    for gap in placements:
        since = gap.until + timedelta(days=chance.randint(20, 60))
        colleagues = [
            other.coach
            for other in placements
            if not other.coach.left
            and not other.coach.tours
            and other.coach.since < gap.until
            and other.coach.profile == gap.coach.profile
        ]
        replaced = chance.happens(REPLACED)
        if gap is urgent:
            since, replaced = gap.until + AT_ONCE, True
        colleague = chance.choice(colleagues or [gap.coach])
        if gap.coach.left and colleagues and replaced and since < world.calendar.yesterday:
            found.append(Placement(gap.school_id, colleague, since, colleague.until))
    return found


def joining(world: World, members: Sequence[Coach], placements: Sequence[Placement]) -> Iterator[Placement]:
    """Visitors can hand over: a colleague has joined at one of their schools, and opened no case there."""
    for visitor in (coach for coach in members if coach.tours):
        school_id = next(placement.school_id for placement in placements if placement.coach is visitor)
        colleague = next(
            coach
            for coach in members
            if not (coach.tours or coach.starts or coach.left) and coach.profile == visitor.profile
        )
        yield Placement(school_id, colleague, world.calendar.yesterday - JOINED, colleague.until)


def last_to_leave(coaches: Iterable[Coach]) -> Coach | None:
    """The coach whose open cases still wait for somebody."""
    return max((coach for coach in coaches if coach.left), key=lambda coach: coach.until, default=None)
