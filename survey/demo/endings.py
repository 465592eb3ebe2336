"""How cases in Veenrand end: with an outcome and a look-back, or in the hands of another coach."""

from datetime import timedelta
from typing import Final

from survey.clock import stamp
from survey.demo import lines
from survey.demo.calendar import end_of_work
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.ledger import write_line
from survey.demo.world import World

OUTCOMES: Final = {"goal_reached": 46, "scaled_down": 20, "scaled_up": 14, "moved": 8, "stopped": 12}
OUTCOMES_AT_LEAVING: Final = {"scaled_down": 50, "goal_reached": 20, "stopped": 30}
WAYS: Final = {"scaled_up": "up", "scaled_down": "down"}
LOOKS_BACK, WRITES = 0.85, 0.3
BEFORE_CLOSING: Final = timedelta(minutes=20)


def add(world: World, chance: Chance, case: Case) -> None:
    """Rows of the end of one case, and of its change of hands."""
    if case.handed:
        _hand_over(world, chance, case)
    if not case.is_open:
        _close(world, chance, case)


def _close(world: World, chance: Chance, case: Case) -> None:
    leaves = case.keeper.left and case.until == case.keeper.until
    weights = OUTCOMES_AT_LEAVING if leaves else OUTCOMES
    drawn = chance.choices([*weights], [*weights.values()])[0]
    outcome = (case.story and case.story.outcome) or drawn
    reasons = [
        choice.key
        for choice in world.catalog.choices("scale_reason")
        if choice.direction == WAYS.get(outcome) and not choice.sensitive
    ]
    helped = [choice.key for choice in world.catalog.choices("helped")]
    world.tables["case_closing"].append(
        {
            "case_id": case.id,
            "outcome": outcome,
            "reason": chance.choice(reasons) if outcome in WAYS else None,
            "helped": chance.choice(helped) if chance.happens(LOOKS_BACK) else None,
            "closed_by": case.keeper.id,
        }
    )
    if chance.happens(WRITES):
        said = ("closing", "", chance.choice(lines.CLOSING))
        write_line(world, chance, case, said, end_of_work(case.until) - BEFORE_CLOSING)


def _hand_over(world: World, chance: Chance, case: Case) -> None:
    """The lead passes on what a coach who left could not hand over any more."""
    assert case.handed is not None
    lead = next(row["person_id"] for row in world.tables["role_grant"] if row["role"] == "lead")
    at = end_of_work(case.handed.on) - timedelta(hours=8)
    world.tables["handover"].append(
        {
            "id": chance.key(at),
            "case_id": case.id,
            "from_id": case.coach.id,
            "to_id": case.handed.to.id,
            "handed_by": lead,
            "handed_at": stamp(at),
        }
    )
