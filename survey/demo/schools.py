"""The schools of Veenrand and which coach works where, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from survey.demo import names
from survey.demo.calendar import midnight
from survey.demo.chance import Chance
from survey.demo.people import Coach
from survey.demo.world import World

SCHOOLS_EACH: Final = 2
WAITING_SCHOOL: Final = 2  # its place in the list: the coach who has just begun starts there
REPLACED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placement:
    """A coach at a school; `until` is the last day, or yesterday while it runs."""

    school_id: str
    coach: Coach
    since: date
    until: date


def add(world: World, members: Sequence[Coach]) -> list[Placement]:
    """Rows of schools and placements; the placements for who opens cases there."""
    chance = world.chance("schools")
    before = midnight(world.calendar.openings[0])
    for number, name in enumerate(names.SCHOOLS):
        place = names.PLACES[number % len(names.PLACES)]
        world.tables["school"].append({"id": chance.key(before), "name": name, "place": place})
    placements = _first_placements(world, members)
    placements += _replacements(world, chance, placements)
    for placement in placements:
        _add_placement(world, chance, placement)
    return placements


def _first_placements(world: World, members: Sequence[Coach]) -> list[Placement]:
    ids = [row["id"] for row in world.tables["school"]]
    waiting = ids.pop(WAITING_SCHOOL)
    settled = [coach for coach in members if not coach.starts]
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
    return [*placements, Placement(waiting, starter, starter.since, starter.until)]


def _replacements(world: World, chance: Chance, placements: Sequence[Placement]) -> list[Placement]:
    """After somebody left a colleague takes over at some schools; the others wait for a coach."""
    found = []
    for gap in placements:
        since = gap.until + timedelta(days=chance.randint(20, 60))
        colleagues = [
            other.coach
            for other in placements
            if not other.coach.left and not other.coach.tours and other.coach.since < gap.until
        ]
        colleague = chance.choice(colleagues)
        if gap.coach.left and chance.happens(REPLACED) and since < world.calendar.yesterday:
            found.append(Placement(gap.school_id, colleague, since, colleague.until))
    return found


def _add_placement(world: World, chance: Chance, placement: Placement) -> None:
    world.tables["placement"].append(
        {
            "id": chance.key(midnight(placement.since)),
            "school_id": placement.school_id,
            "person_id": placement.coach.id,
            "starts_on": placement.since.isoformat(),
            "ends_on": placement.until.isoformat() if placement.coach.left else None,
        }
    )
