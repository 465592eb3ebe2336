"""The coaching of professionals in Veenrand: phases gone through, levels looked at, private lines."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from survey.clock import stamp
from survey.demo import lines
from survey.demo.calendar import end_of_work, workday
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.ledger import write_line
from survey.demo.world import World

GOES_BACK: Final = 0.12
LINES: Final = {
    "question": (1, lines.QUESTION),
    "own_share": (3, lines.OWN_SHARE),
    "new_behaviour": (4, lines.NEW_BEHAVIOUR),
}


def add(world: World, chance: Chance, case: Case) -> None:
    """Rows of the coaching in one case of a profile that knows a cycle."""
    profile = world.catalog.profile(case.profile)
    if profile.cycle is None:
        return
    phases = [phase.key for phase in profile.cycle.phases]
    reached = dict[int, date]()
    for number, day in _steps(chance, case, len(phases)):
        at = end_of_work(day) - timedelta(minutes=30)
        reached.setdefault(number, day)
        world.tables["phase_entry"].append(
            {
                "id": chance.key(at),
                "case_id": case.id,
                "phase": phases[number - 1],
                "entered_on": day.isoformat(),
                "noted_at": stamp(at),
            }
        )
    _add_levels(world, chance, case, [level.key for level in profile.factor_levels], reached)
    for place, (number, said) in LINES.items():
        if number in reached:
            at = end_of_work(reached[number]) - timedelta(minutes=20)
            write_line(world, chance, case, (place, "", chance.choice(said)), at)


def _steps(chance: Chance, case: Case, phases: int) -> Iterator[tuple[int, date]]:
    """The phase and the day it began; sometimes a coach goes back one, a case may end before the last."""
    most = case.story.phase if case.story else phases
    day, number = workday(case.opened + timedelta(days=3)), 1
    pace = (case.until - case.opened).days / (most + 1) if case.story else chance.uniform(9, 24)
    while day < case.until and number <= most:
        yield number, day
        back = 1 < number < most and not case.story and chance.happens(GOES_BACK)
        number += -1 if back else 1
        day = workday(day + timedelta(days=max(4, round(pace * chance.uniform(0.8, 1.2)))))


def _add_levels(
    world: World, chance: Chance, case: Case, levels: list[str], reached: dict[int, date]
) -> None:
    if 2 not in reached:
        return
    looked = chance.sample(levels, k=chance.randint(2, len(levels)))
    for level in sorted(looked, key=levels.index):
        day = workday(reached[2] + timedelta(days=chance.randint(3, 16)))
        if reached[2] <= day < case.until:
            world.tables["factor_level"].append(
                {"case_id": case.id, "level": level, "examined_on": day.isoformat()}
            )
