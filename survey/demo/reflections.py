"""The reflections of Veenrand: what coaches sent in, focus and open lines, and drafts of the open round."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from survey.clock import stamp
from survey.demo.calendar import ROUND_LASTS, working_moment
from survey.demo.growth import Answers, levels
from survey.demo.people import Coach
from survey.demo.words import AIMS, OPEN_LINES
from survey.demo.world import World

SENT_SO_FAR, STARTED_SO_FAR = 0.55, 0.15  # of who is asked in the open round
CORRECTED: Final = 0.04
FIRST_PAGE: Final = "attitude"


def add(world: World, members: Sequence[Coach]) -> None:
    """Rows of every reflection with its answers and focus."""
    cohorts = {row["person_id"]: row["cohort_id"] for row in world.tables["cohort_member"]}
    rounds: dict[str, list[str]] = {}
    for row in world.tables["round"]:
        rounds.setdefault(row["cohort_id"], []).append(row["id"])
    for coach in members:
        ids = rounds[cohorts[coach.id]]
        for number, answers in coach.course.answers.items():
            _Desk(world, coach, number, ids[number - coach.cohort.first_round]).write(answers)


class _Desk:
    """One coach at work on the reflection of one round."""

    def __init__(self, world: World, coach: Coach, number: int, round_id: str) -> None:
        self.world, self.coach, self.round_id = world, coach, round_id
        self.chance = world.chance("reflection", coach.name, str(number))
        self.form = world.reflection(coach.profile)
        self.blocks = world.blocks(coach.profile)
        self.opening = world.calendar.openings[number]
        self.is_open = number == world.calendar.newest

    def write(self, answers: Answers) -> None:
        """Send the answers in; in the open round some are not that far, or have not begun."""
        progress = self.chance.random() if self.is_open else 0
        if progress > SENT_SO_FAR + STARTED_SO_FAR:
            return
        first_page = {item: answer for item, answer in answers.items() if self._is_first(item)}
        started_at = working_moment(self.chance, self._day())
        if progress > SENT_SO_FAR:
            self._add_revision(1, first_page, started_at, sent=False)
            return
        self._add_revision(1, answers, started_at)
        if self.chance.happens(CORRECTED):
            self._add_revision(2, self._corrected(answers), started_at + timedelta(hours=1))

    def _is_first(self, item: str) -> bool:
        return self.blocks[item] == FIRST_PAGE

    def _day(self) -> date:
        last = min(self.opening + ROUND_LASTS, self.world.calendar.day) - timedelta(days=1)
        return self.opening + timedelta(days=round((last - self.opening).days * self.chance.random()))

    def _corrected(self, answers: Answers) -> Answers:
        item, level = self.chance.choice(list(levels(answers).items()))
        return answers | {item: level - 1 if level > 1 else 2}

    def _add_revision(
        self, revision: int, answers: Answers, started_at: datetime, *, sent: bool = True
    ) -> None:
        key, at = self.chance.key(started_at), started_at
        for item, answer in answers.items():
            at += timedelta(seconds=self.chance.randint(7, 26))
            self._add_answer(key, item, answer, stamp(at))
        if sent:
            at += timedelta(seconds=self.chance.randint(30, 90))
            self._add_focus(key, answers)
        self.world.tables["reflection"].append(
            {
                "id": key,
                "round_id": self.round_id,
                "person_id": self.coach.id,
                "revision": revision,
                "open_line": self.chance.choice(OPEN_LINES) if sent and self.chance.happens(0.4) else None,
                "started_at": stamp(started_at),
                "saved_at": stamp(at),
                "submitted_at": stamp(at) if sent else None,
            }
        )

    def _add_answer(self, reflection: str, item: str, answer: int | str, at: str) -> None:
        self.world.tables["reflection_answer"].append(
            {
                "reflection_id": reflection,
                "item": item,
                "item_version": self.world.item_version(self.form, item),
                "value": answer if isinstance(answer, int) else None,
                "code": answer if isinstance(answer, str) else None,
                "answered_at": at,
            }
        )

    def _add_focus(self, reflection: str, answers: Answers) -> None:
        """Growth is wanted where the level is low, more or less."""
        wish = {item: level + self.chance.random() * 1.5 for item, level in levels(answers).items()}
        chosen = sorted(wish, key=wish.__getitem__)[: self.chance.choices((0, 1, 2, 3), (10, 20, 30, 40))[0]]
        self.world.tables["focus"] += [
            {
                "reflection_id": reflection,
                "item": item,
                "aim": self.chance.choice(AIMS[item]) if self.chance.happens(0.7) else None,
            }
            for item in sorted(chosen)
        ]
