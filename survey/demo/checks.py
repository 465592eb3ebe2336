"""The relationship checks of Veenrand: who is asked in each case, how often, and what they answer.

Most people are content, so most answers stand at the top; some talks go wrong, and then the answers drop.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from survey.clock import stamp
from survey.demo.calendar import end_of_work, midnight, working_moment
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.names import TOUR_CHECKS
from survey.demo.world import World
from survey.questionnaire.definition import Questionnaire

ASKED: Final[Mapping[str, tuple[float, float]]] = {  # one is asked, and a second one too
    "parent": (0.9, 0.12),
    "pupil": (0.34, 0.0),
    "teacher": (0.57, 0.05),
}
MOST: Final = 8
BEFORE_THE_END: Final = timedelta(days=3)
DOSE: Final = 14  # days at least between two checks of one person
ANSWERED, DECLINED = 0.85, 0.05
LINK_WORKS: Final = timedelta(hours=72)
LEVEL, LEVEL_SD = 3.5, 0.5
ITEM: Final[Mapping[str, float]] = {"w1": 0.1, "w2": -0.1, "w3": 0.0, "w4": -0.2}
TALK_SD, ITEM_TALK_SD = 0.36, 0.48
GOES_WRONG: Final = 0.04  # of talks; half of it is gone at the next one
DROP: Final = 1.4

Planned = tuple[date, tuple[int, ...] | None]  # a day, and the answers when they are laid down


def add(world: World, cases: Sequence[Case]) -> None:
    """Rows of informants, links, checks and answers, and of the agreements that pupils need."""
    for case in cases:
        chance = world.chance("checks", case.code)
        kinds = TOUR_CHECKS if case.tours else ASKED
        for kind in kinds:
            for number in range(1, 1 + _how_many(chance, case, kind)):
                plan = _laid_down(world, kind) if case.tours else _plan(chance, case)
                if plan:
                    _Informant(world, chance, case, kind, number).answer(plan)


def _how_many(chance: Chance, case: Case, kind: str) -> int:
    first, second = ASKED[kind]
    one, two = chance.happens(first), chance.happens(second)
    return 1 if case.tours else one + (one and two)


def _laid_down(world: World, kind: str) -> list[Planned]:
    return [(world.calendar.day - timedelta(days=ago), values) for ago, values in TOUR_CHECKS[kind]]


def _plan(chance: Chance, case: Case) -> list[Planned]:
    """The days on which one person is asked: never more often than the dose allows."""
    days: list[Planned] = []
    day = case.opened + timedelta(days=chance.randint(3, 14))
    while day < case.until - BEFORE_THE_END and len(days) < MOST:
        days.append((day, None))
        day += timedelta(days=DOSE + 3 + round(chance.gammavariate(1, 8)))
    return days


class _Informant:
    """One parent, pupil or teacher in a case, with a level of their own."""

    def __init__(self, world: World, chance: Chance, case: Case, kind: str, number: int) -> None:
        self.world, self.chance, self.case, self.kind, self.number = world, chance, case, kind, number
        self.form: Questionnaire = world.catalog.get(f"relationship-{kind}")
        self.level = chance.gauss(LEVEL, LEVEL_SD)
        self.wrong = 0.0
        self.id = chance.key(midnight(case.opened))

    def answer(self, plan: Sequence[Planned]) -> None:
        """Everything this person was asked on these days."""
        self.world.tables["informant"].append(
            {"id": self.id, "case_id": self.case.id, "kind": self.kind, "number": self.number}
        )
        if self.kind == "pupil":
            self._add_agreement(plan[0][0])
        for day, laid_down in plan:
            self._ask(working_moment(self.chance, day), laid_down)

    def _add_agreement(self, first: date) -> None:
        """Parents agree before the pupil is asked; a few take it back after the case."""
        noted = self.case.opened + timedelta(days=self.chance.randint(0, (first - self.case.opened).days - 3))
        withdrawn = not self.case.is_open and self.chance.happens(0.03)
        self.world.tables["agreement"].append(
            {
                "id": self.chance.key(end_of_work(noted)),
                "case_id": self.case.id,
                "age_band": "under_12",
                "first_parent": "yes",
                "second_parent": "yes",
                "pupil": None,
                "agreed_on": noted.isoformat(),
                "noted_by": self.case.coach.id,
                "noted_at": stamp(end_of_work(noted)),
                "ended_at": stamp(end_of_work(self.case.until)) if withdrawn else None,
                "ended_because": "withdrawn" if withdrawn else None,
            }
        )

    def _ask(self, at: datetime, laid_down: tuple[int, ...] | None) -> None:
        fate = 0.0 if laid_down else self.chance.random()
        declined = ANSWERED <= fate < ANSWERED + DECLINED
        key, values = self.chance.key(at), laid_down or tuple(self._talk())
        if fate >= ANSWERED and at + LINK_WORKS > midnight(self.world.calendar.day):
            return  # it would still be open, with a token that nobody has
        self.world.tables["checkin_link"].append(
            {
                "id": key,
                "informant_id": self.id,
                "form": self.form.form,
                "version": self.form.version,
                "token_hash": self.chance.unknown_hash(),
                "created_at": stamp(at),
                "expires_at": stamp(at + LINK_WORKS),
                "declined_at": stamp(at + timedelta(minutes=2)) if declined else None,
                "revoked_at": None,
            }
        )
        if fate < ANSWERED:
            self._add_checkin(key, at + timedelta(seconds=self.chance.randint(40, 600)), values)

    def _talk(self) -> Iterator[int]:
        """Four answers after one talk."""
        self.wrong = self.wrong / 2 + (
            self.chance.uniform(0.7, 1.3) * DROP if self.chance.happens(GOES_WRONG) else 0
        )
        today = self.level - self.wrong + self.chance.gauss(0, TALK_SD)
        for item in self.form.items:
            level = today + ITEM[item.key] + self.chance.gauss(0, ITEM_TALK_SD)
            yield min(4, max(0, round(level)))

    def _add_checkin(self, link_id: str, at: datetime, values: Sequence[int]) -> None:
        key = self.chance.key(at)
        self.world.tables["checkin"].append({"id": key, "link_id": link_id, "answered_at": stamp(at)})
        self.world.tables["checkin_answer"] += [
            {
                "checkin_id": key,
                "item": item.key,
                "item_version": self.world.item_version(self.form, item.key),
                "value": value,
            }
            for item, value in zip(self.form.items, values, strict=True)
        ]
