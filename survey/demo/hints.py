"""What coaches of Veenrand did with the hints that follow from the answers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from survey.clock import stamp
from survey.demo import lines, reports
from survey.demo.calendar import end_of_work, midnight, workday
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.ledger import write_line
from survey.demo.plan import Asked
from survey.demo.world import World

TALKED_ABOUT, TALKED_ABOUT_SOON = 0.72, 0.25
WRITES: Final = 0.4
SOON: Final = timedelta(days=5)
TAKES_A_DECISION: Final = {"u_b": 0.85, "u_d": 0.4}
CONSIDERED: Final = ("intervision", "ib", "ib", "scale_up")
DECISIONS: Final = {"stay": 60, "up": 32, "down": 8}


def add(world: World, chance: Chance, case: Case, asked: Sequence[Asked]) -> None:
    """Rows of what was done with each hint of one case; the hints themselves follow from the answers."""
    people: defaultdict[tuple[str, str], list[Asked]] = defaultdict(list)
    for one in asked:
        people[one.who, one.family].append(one)
    for own in people.values():
        by_link = {one.link_id: one for one in own}
        for link_id, rules in reports.hints(own).items():
            _talk(world, chance, case, by_link[link_id], rules)
            for rule in rules:
                if chance.happens(TAKES_A_DECISION.get(rule, 0)):
                    _decide(world, chance, case, by_link[link_id].at)


def _talk(world: World, chance: Chance, case: Case, asked: Asked, rules: Sequence[str]) -> None:
    at = asked.at + timedelta(minutes=chance.randint(4, 12))
    if asked.values is None:  # of silence a coach hears when the next talk comes
        at = end_of_work(workday(asked.at.date() + timedelta(days=5))) - timedelta(hours=2)
    recent = midnight(world.calendar.day) - at < SOON
    happens = chance.happens(TALKED_ABOUT_SOON if recent else TALKED_ABOUT)
    agreed = chance.choice(lines.AGREED_ON_A_HINT)
    if case.story and case.story.talks:
        happens, agreed = asked.talked is not None, asked.talked or ""
    if happens and _is_kept(world, case, at):
        world.tables["hint_talk"] += [
            {
                "link_id": asked.link_id,
                "rule": rule,
                "agreed": agreed,
                "talked_by": case.keeper_on(at.date()).id,
                "talked_at": stamp(at),
            }
            for rule in rules
        ]
        if chance.happens(WRITES):
            write_line(world, chance, case, ("hint", asked.link_id, chance.choice(lines.HINT)), at)


def _decide(world: World, chance: Chance, case: Case, at: datetime) -> None:
    decided_at = end_of_work(workday(at.date() + timedelta(days=chance.randint(3, 9)))) - timedelta(hours=1)
    decision = chance.choices([*DECISIONS], [*DECISIONS.values()])[0]
    considered = "scale_up" if decision == "up" else chance.choice(CONSIDERED)
    reasons = [
        choice.key
        for choice in world.catalog.choices("scale_reason")
        if choice.direction == decision and not choice.sensitive
    ]
    key, reason = chance.key(decided_at), chance.choice(reasons)
    if _is_kept(world, case, decided_at):
        world.tables["scale_decision"].append(
            {
                "id": key,
                "case_id": case.id,
                "considered": considered,
                "decision": decision,
                "reason": reason,
                "decided_by": case.keeper_on(decided_at.date()).id,
                "decided_at": stamp(decided_at),
            }
        )


def _is_kept(world: World, case: Case, at: datetime) -> bool:
    """Whether the case runs, in somebody's hands, at a moment that is not ahead of the visitor."""
    ends = end_of_work(case.until)
    between = case.handed and case.coach.until < at.date() < case.handed.on
    return (
        at < (ends if not case.is_open or case.keeper.left else midnight(world.calendar.day)) and not between
    )
