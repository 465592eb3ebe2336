"""The people of Veenrand: coaches in four cohorts with their course of growth, three trainers and a lead."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from survey.clock import stamp
from survey.database import Row
from survey.demo import growth, names
from survey.demo.calendar import ROUND_LASTS, midnight, month_name
from survey.demo.chance import Chance
from survey.demo.growth import Blocks, Course
from survey.demo.world import KANSENCOACH, SCHOOLCOACH, World

TOURS: Final = {names.COACH.name, names.SCHOOL_COACH.name}
EXPERIENCES: Final = (("none", "under_1", "1_to_3", "over_3"), (30, 25, 25, 20))
RESEARCH: Final = 0.6
LEAVES: Final = 0.6  # of those who stop reflecting; the others stay at work


class Cohort(Struct, frozen=True):
    """Coaches who began together: at which round, with which trainer."""

    first_round: int
    trainer: names.Persona
    members: tuple[str, ...]
    profile: str = KANSENCOACH
    pace: float = 1.0  # how fast its coaches grow, beside those of other cohorts

    def named(self, started: date) -> str:
        """The month it began; schoolcoaches say so too, for cohorts can begin in the same month."""
        month = month_name(started)
        return month if self.profile == KANSENCOACH else f"Schoolcoaches {month}"


COHORTS: Final = (
    Cohort(0, names.TRAINER, names.FIRST_COHORT),
    Cohort(1, names.TRAINER, names.SECOND_COHORT, pace=1.8),
    Cohort(3, names.OTHER_TRAINER, names.THIRD_COHORT),
    Cohort(2, names.SCHOOL_TRAINER, names.SCHOOL_COHORT, SCHOOLCOACH, pace=0.5),
)


class Coach(Struct, frozen=True, eq=False):
    """One coach, from the first day to the last; that is yesterday for who is still at work."""

    id: str
    name: str
    cohort: Cohort
    since: date
    until: date
    left: bool
    course: Course

    @property
    def starts(self) -> bool:
        """Whether this coach has just begun: nothing was answered, asked or opened yet."""
        return self.name == names.STARTER.name

    @property
    def tours(self) -> bool:
        """Whether visitors look around as this coach, who therefore stays."""
        return self.name in TOURS

    @property
    def profile(self) -> str:
        return self.cohort.profile


def coaches(world: World) -> list[Coach]:
    """All coaches of the region in the order of their cohorts."""
    found: list[Coach] = []
    for cohort in COHORTS:
        blocks = world.blocks(cohort.profile)
        difficulty = growth.difficulties(world.seed, blocks)
        found += [_coach(world, blocks, difficulty, cohort, name) for name in cohort.members]
    return found


def _coach(world: World, blocks: Blocks, difficulty: Mapping[str, float], cohort: Cohort, name: str) -> Coach:
    chance, calendar = world.chance("coach", name), world.calendar
    starts, tours = name == names.STARTER.name, name in TOURS
    who = growth.traits(chance, blocks, difficulty, pace=cohort.pace)
    rounds = range(cohort.first_round, calendar.newest + (not tours))
    course = Course() if starts else growth.course(chance, blocks, who, rounds, stays=tours)
    since = calendar.openings[calendar.newest if starts else cohort.first_round]
    left = course.stopped_after is not None and chance.happens(LEAVES)
    until = _last_day(chance, world, course) if left else calendar.yesterday
    return Coach(chance.key(midnight(since)), name, cohort, since, until, left, course)


def _last_day(chance: Chance, world: World, course: Course) -> date:
    after = course.stopped_after or 0
    closes = world.calendar.openings[after] + ROUND_LASTS
    gap = world.calendar.openings[after + 1] - closes
    return closes + timedelta(days=round(gap.days * chance.uniform(0.1, 0.8)))


def add(world: World, members: Sequence[Coach]) -> None:
    """Rows of everybody, of the cohorts and of their rounds."""
    for coach in members:
        status = "left" if coach.left else "aspirant" if coach.starts else "active"
        _add_person(world, coach.id, coach.name, "coach", status, coach.since, coach.until)
        world.tables["person"][-1]["research_since"] = _research(world, coach)
        world.tables["person"][-1]["experience"] = world.chance("experience", coach.name).choices(
            *EXPERIENCES
        )[0]
    chance = world.chance("staff")
    before = world.calendar.openings[0] - timedelta(days=60)
    ids = {staff.name: chance.key(midnight(before)) for staff in names.STAFF}
    for staff in names.STAFF:
        _add_person(world, ids[staff.name], staff.name, staff.role, "active", before, before)
    for cohort in COHORTS:
        own = [coach for coach in members if coach.cohort is cohort]
        _add_cohort(world, chance, cohort, ids[cohort.trainer.name], own)


def _research(world: World, coach: Coach) -> str | None:
    """Most let research use their reflections, some weeks after they began."""
    joins = world.chance("research", coach.name).happens(RESEARCH) and not coach.starts
    return stamp(midnight(coach.since + timedelta(days=30))) if joins else None


def _add_person(world: World, key: str, name: str, role: str, status: str, since: date, until: date) -> None:
    created_at = stamp(midnight(since))
    world.tables["person"].append(
        {
            "id": key,
            "name": name,
            "email": names.email_of(name),
            "status": status,
            "language": "nl",
            "created_at": created_at,
            "left_at": stamp(midnight(until)) if status == "left" else None,
            "experience": None,
            "research_since": None,
        }
    )
    world.tables["role_grant"].append({"person_id": key, "role": role, "granted_at": created_at})


def _add_cohort(
    world: World, chance: Chance, cohort: Cohort, trainer_id: str, members: Sequence[Coach]
) -> None:
    started = world.calendar.openings[cohort.first_round]
    key = chance.key(midnight(started))
    world.tables["cohort"].append(
        {
            "id": key,
            "name": cohort.named(started),
            "profile": cohort.profile,
            "started_on": started.isoformat(),
        }
    )
    world.tables["cohort_trainer"].append({"cohort_id": key, "person_id": trainer_id})
    world.tables["cohort_member"] += [
        {
            "cohort_id": key,
            "person_id": coach.id,
            "since": coach.since.isoformat(),
            "until": coach.until.isoformat() if coach.left else None,
        }
        for coach in members
    ]
    world.tables["round"] += _rounds(world, chance, cohort, key)


def _rounds(world: World, chance: Chance, cohort: Cohort, cohort_id: str) -> Iterator[Row]:
    form, newest = world.reflection(cohort.profile), world.calendar.openings[-1]
    for opening in world.calendar.openings[cohort.first_round :]:
        yield {
            "id": chance.key(midnight(opening)),
            "cohort_id": cohort_id,
            "form": form.form,
            "version": form.version,
            "opens_at": stamp(midnight(opening)),
            "closes_at": stamp(midnight(opening + ROUND_LASTS)),
            "opened_at": stamp(midnight(opening)),
            "closed_at": stamp(midnight(opening + ROUND_LASTS)) if opening != newest else None,
        }
