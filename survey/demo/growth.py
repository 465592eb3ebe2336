"""How coaches grow: a latent level per coach and block, answers on five levels, and who stops.

Each coach has a starting level, a speed and a profile over blocks and items. Chance on the day comes in three
layers (the whole day, the block, the item), sized so that the SEM within persons is that of the measurement
plan. A coach who scores low is more likely to stop before the next round.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from survey.demo.chance import Chance, logistic

ROUNDS_A_YEAR: Final = 2.7
START, START_SD = 2.55, 0.42
GROWTH, GROWTH_SD = 0.36, 0.16  # levels a year
BLOCK_START: Final[Mapping[str, float]] = {"attitude": 0.45, "skills": -0.2, "knowledge": -0.15}
BLOCK_SD, ITEM_SD, OWN_ITEM_SD = 0.18, 0.3, 0.25
DAY_SD, BLOCK_DAY_SD, ITEM_DAY_SD = 0.12, 0.12, 0.17
STOPS_AT, STOPS_STEEPLY = -2.5, 2.6  # log-odds at the starting level, and per level below it

NOT_IN_ASSIGNMENT: Final = "NOT_IN_ASSIGNMENT"
NOT_MET_YET: Final = "NOT_MET_YET"
OFTEN_OUTSIDE: Final = (
    *("flexible_hours", "develops_method", "scales_up_or_down", "knows_local_services"),
    *("coaches_teams", "works_preventively"),
)

Answers = dict[str, int | str]  # level or code by item; an item left open is absent
Blocks = Mapping[str, str]  # the block of each item


class Traits(Struct, frozen=True):
    """What stays the same in one coach."""

    level: float
    speed: float
    items: Mapping[str, float]  # deviation per item: block, difficulty and own profile together
    outside: frozenset[str]


class Course(Struct):
    """The answers of one coach by round, and after which round this coach stopped, if so."""

    answers: dict[int, Answers] = field(default_factory=dict)
    stopped_after: int | None = None


def difficulties(seed: int, blocks: Blocks) -> dict[str, float]:
    """How far each item lies from the level of its coach, for everybody."""
    chance = Chance(seed, "items")
    return {item: BLOCK_START[block] + chance.gauss(0, ITEM_SD) for item, block in blocks.items()}


def traits(chance: Chance, blocks: Blocks, difficulty: Mapping[str, float], *, pace: float = 1.0) -> Traits:
    """One coach, drawn at random; `pace` is how fast the cohort grows beside others."""
    level, speed = chance.gauss(START, START_SD), chance.gauss(GROWTH * pace, GROWTH_SD)
    own = {block: chance.gauss(0, BLOCK_SD) for block in BLOCK_START}
    items = {
        item: difficulty[item] + own[block] + chance.gauss(0, OWN_ITEM_SD) for item, block in blocks.items()
    }
    asked = [item for item in OFTEN_OUTSIDE if item in blocks]
    outside = chance.sample(asked, k=chance.choices((0, 1, 2), (55, 30, 15))[0])
    return Traits(level, speed, items, frozenset(outside))


def course(chance: Chance, blocks: Blocks, who: Traits, rounds: range, *, stays: bool = False) -> Course:
    """The rounds of one coach. `stays` keeps somebody in who has to be there for the visitor."""
    result = Course()
    for number in rounds:
        if not stays and chance.happens(0.05):
            continue  # ill or busy: this has nothing to do with the score
        result.answers[number] = sheet(chance, blocks, who, number - rounds.start)
        stops = logistic(STOPS_AT + STOPS_STEEPLY * (START - _seen(result.answers[number])))
        if chance.happens(stops) and not stays and number < rounds.stop - 1:
            result.stopped_after = number
            break
    return result


def sheet(chance: Chance, blocks: Blocks, who: Traits, rounds_done: int) -> Answers:
    """The answers of one coach on one day."""
    today = who.level + who.speed * rounds_done / ROUNDS_A_YEAR + chance.gauss(0, DAY_SD)
    block_today = {block: chance.gauss(0, BLOCK_DAY_SD) for block in BLOCK_START}
    answers: Answers = {}
    for item, block in blocks.items():
        level = today + block_today[block] + who.items[item] + chance.gauss(0, ITEM_DAY_SD)
        unmet = chance.happens(0.05 / (1 + rounds_done) if level < 2.5 else 0.005)
        if item in who.outside:
            answers[item] = NOT_IN_ASSIGNMENT
        elif unmet:
            answers[item] = NOT_MET_YET
        elif not chance.happens(0.015):
            answers[item] = min(5, max(1, round(level)))
    return answers


def levels(answers: Answers) -> dict[str, int]:
    """Only the answers that are a level."""
    return {item: answer for item, answer in answers.items() if isinstance(answer, int)}


def _seen(answers: Answers) -> float:
    given = levels(answers).values()
    return sum(given) / len(given)
