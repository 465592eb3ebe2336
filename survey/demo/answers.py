"""How people in Veenrand answer: a level of their own, chance on the day, and now and then a bad spell.

Most people are content with their talks, so most answers stand at the top; how things are at school and at
home lies in the middle of the scale and rises a little while help goes on.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from survey.demo.chance import Chance

LEVEL: Final[Mapping[str, float]] = {"parent": 3.82, "pupil": 3.35, "teacher": 3.35}
LEVEL_SD: Final = 0.5
ITEM: Final = (0.1, -0.1, 0.0, -0.2)
TALK_SD, ITEM_TALK_SD = 0.36, 0.48
GOES_WRONG: Final = 0.04  # of talks; half of it is gone at the next one
DROP: Final = 1.4

MIDDLE, MIDDLE_SD = 2.36, 0.5
FACET: Final = (0.1, 0.0, 0.05, -0.15)
OWN_FACET_SD, MONTH_SD, FACET_MONTH_SD = 0.3, 0.34, 0.5
RISE, RISE_SD = 0.1, 0.14  # from one month to the next
SPELL: Final = 0.07  # of months; it lasts two
FALL: Final = 1.35
BREAKS, FROM = 0.06, 3  # of people something goes wrong for good, from the third time on

START, START_SD = 3.6, 1.2  # of the ladder
STEPS_A_LEVEL: Final = 2.0


class Mind:
    """One parent, pupil or teacher in a case."""

    def __init__(self, chance: Chance, kind: str) -> None:
        self.chance = chance
        self.level, self.wrong = chance.gauss(LEVEL[kind], LEVEL_SD), 0.0
        self.middle, self.rise = chance.gauss(MIDDLE, MIDDLE_SD), chance.gauss(RISE, RISE_SD)
        self.facets = [facet + chance.gauss(0, OWN_FACET_SD) for facet in FACET]
        self.goal = chance.gauss(START, START_SD)
        self.months = self.talks = self.spell = 0
        self.breaks = chance.happens(BREAKS)

    def after_a_talk(self) -> tuple[int, ...]:
        """Four answers on the relationship."""
        self.talks += 1
        fresh = self.chance.uniform(0.7, 1.3) * DROP if self.chance.happens(GOES_WRONG) else 0
        self.wrong = self.wrong / 2 + fresh
        today = (
            self.level - max(self.wrong, DROP * self._is_broken(self.talks)) + self.chance.gauss(0, TALK_SD)
        )
        return tuple(self._tapped(today, ITEM, ITEM_TALK_SD))

    def this_month(self) -> tuple[int, ...]:
        """Four answers on how things are; months go by from one to the next."""
        self.months += 1
        self.spell = self.spell - 1 if self.spell else 2 * self.chance.happens(SPELL)
        today = self.middle + self.rise * (self.months - 1) + self.chance.gauss(0, MONTH_SD)
        fallen = bool(self.spell) or self._is_broken(self.months)
        return tuple(self._tapped(today - FALL * fallen, self.facets, FACET_MONTH_SD))

    def rung(self) -> int:
        """Where somebody stands now on the ladder of their own goal."""
        reached = self.goal + STEPS_A_LEVEL * self.rise * self.months + self.chance.gauss(0, 0.7)
        return min(10, max(0, round(reached)))

    def _is_broken(self, times: int) -> bool:
        return self.breaks and times >= FROM

    def _tapped(self, today: float, items: tuple[float, ...] | list[float], sd: float) -> Iterator[int]:
        for item in items:
            yield min(4, max(0, round(today + item + self.chance.gauss(0, sd))))
