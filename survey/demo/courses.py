"""What happens in a case by chance: talks with whoever was seen longest ago, checks as the dose allows."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from survey.demo import agreements, lines
from survey.demo.answers import Mind
from survey.demo.calendar import workday
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.plan import QUIET, Agreement, Ask, Course, Talk
from survey.demo.world import World
from survey.questionnaire.vocabulary import Family

PRESENT: Final = {  # by the kind of case: how often one is there, and a second one too
    "pupil": {"parent": (0.92, 0.13), "pupil": (0.42, 0.0), "teacher": (0.57, 0.05)},
    "group": {"parent": (0.5, 0.1), "teacher": (0.95, 0.2)},
    "teacher": {"teacher": (1.0, 0.05)},
    "team": {"teacher": (1.0, 0.6)},
}
SEEN_EVERY: Final = 25  # days, each person
TOGETHER: Final = 0.25
KINDS: Final = {
    "parent": {"meeting": 62, "home_visit": 12, "phone": 18, "online": 8},
    "pupil": {"meeting": 100},
    "teacher": {"meeting": 68, "observation": 12, "phone": 12, "online": 8},
}
ALSO_THERE: Final = {"ib": 0.1, "director": 0.03, "partner": 0.04}
CALLED_OFF, INCIDENT = 0.06, 0.1  # of talks, and of cases about children
BEFORE_THE_END: Final = timedelta(days=3)
LINK_WORKS: Final = timedelta(days=3)
PAUSE: Final = {Family.RELATIONSHIP: 14, Family.WELLBEING: 28}  # days
ASKED: Final = {Family.RELATIONSHIP: 0.94, Family.WELLBEING: 0.8}
MOST: Final = 8
SOONER, SOONEST = 0.15, 8  # of talks within the pause, and days at least
ANSWERED, DECLINED = 0.85, 0.05
SAYS_WHY, STOPS = 0.7, 0.12  # of who declines
REASONS: Final = ("no_time", "no_time", "not_clear", "rather_talk", "rather_not_say")
SOONER_BECAUSE: Final = ("asked_for", "something_changed", "missed_before")
HAS_A_GOAL, ANSWERS_THE_GOAL = 0.6, 0.92
PLANNED, OVERDUE = 0.65, 0.05
AT: Final = ("08:30", "12:15", "14:00", "14:45", "15:15", "15:30", "16:00")


def draw(world: World, chance: Chance, case: Case) -> Course:
    """The whole course of one case."""
    people = list(_people(chance, case))
    given = agreements.plan(chance, case, asks_pupil="pupil-1" in people)
    goals = {
        who: chance.choice(offered).key
        for who in people
        if (offered := world.catalog.goals(who.partition("-")[0])) and chance.happens(HAS_A_GOAL)
    }
    return Course(people, goals, given, [*_Course(world, chance, case, people, goals, given).talks()])


def _people(chance: Chance, case: Case) -> Iterator[str]:
    nobody = True
    for kind, (first, second) in PRESENT[case.kind].items():
        one, two = chance.happens(first), chance.happens(second)
        last_chance = nobody and kind == "teacher"
        yield from (f"{kind}-{number}" for number in range(1, 1 + (one or last_chance) + (one and two)))
        nobody = nobody and not one


class _Person:
    """What one person answers, when last, and since when no more."""

    def __init__(self, chance: Chance, who: str, case: Case) -> None:
        self.who, self.kind = who, who.partition("-")[0]
        self.mind = Mind(chance, self.kind)
        self.seen = case.opened - timedelta(days=chance.randint(1, 9))
        self.last: dict[Family, date] = {}
        self.times = dict.fromkeys(Family, 0)
        self.stopped = False


class _Course:
    """One case on its way."""

    def __init__(
        self,
        world: World,
        chance: Chance,
        case: Case,
        people: Sequence[str],
        goals: dict[str, str],
        given: Sequence[Agreement],
    ) -> None:
        self.world, self.chance, self.case, self.goals, self.given = world, chance, case, goals, given
        self.people = [_Person(chance, who, case) for who in people]
        self.incident = self._incident()

    def talks(self) -> Iterator[Talk]:
        """Every talk from old to new, an incident and what is planned among them."""
        found = [self._talk(day) for day in self._days()]
        if self.incident:
            found.append(Talk(self.incident, "incident"))
        if self.case.is_open and not self.case.keeper.left:
            found += self._planned()
        return iter(sorted(found, key=lambda talk: talk.day))

    def _incident(self) -> date | None:
        days = (self.case.until - self.case.opened).days
        if self.case.kind not in {"pupil", "group"} or not self.chance.happens(INCIDENT) or days < 20:
            return None
        return workday(self.case.opened + timedelta(days=self.chance.randint(5, days - 10)))

    def _days(self) -> Iterator[date]:
        case, chance = self.case, self.chance
        apart = SEEN_EVERY * (1 + TOGETHER * (len(self.people) > 1)) / len(self.people)
        last = case.until if case.is_open else case.until - BEFORE_THE_END
        day, before = case.opened + timedelta(days=chance.randint(3, 9)), case.opened
        while day <= last:
            if workday(day) > before and self._is_kept(day):
                yield workday(day)
                before = workday(day)
            day += timedelta(days=max(5, round(chance.gammavariate(4, apart / 4))))

    def _is_kept(self, day: date) -> bool:
        """Between a coach who left and the one who takes over nobody speaks with anybody."""
        handed = self.case.handed
        return (
            handed is None or not self.case.coach.until - BEFORE_THE_END < day <= handed.on + BEFORE_THE_END
        )

    def _talk(self, day: date) -> Talk:
        chance = self.chance
        order = sorted(self.people, key=lambda person: person.seen)
        present = order[: 1 + (len(order) > 1 and chance.happens(TOGETHER))]
        kinds = KINDS[present[0].kind]
        kind = chance.choices([*kinds], [*kinds.values()])[0]
        others = [who for who, how_often in ALSO_THERE.items() if chance.happens(how_often)]
        with_ = (
            *(person.who for person in present),
            *others,
            *(["team"] if self.case.kind == "team" else []),
        )
        if chance.happens(CALLED_OFF):
            return Talk(day, kind, with_, state="cancelled")
        for person in present:
            person.seen = day
        asks = (
            tuple(ask for person in present for ask in self._asks(person, day))
            if kind != "observation"
            else ()
        )
        agreed = tuple(
            dict.fromkeys(chance.choices(lines.AGREED, k=chance.choices((0, 1, 2), (25, 50, 25))[0]))
        )
        line = chance.choice(lines.TALK) if chance.happens(0.25) else ""
        return Talk(day, kind, with_, agreed=agreed, line=line, asks=asks)

    def _asks(self, person: _Person, day: date) -> Iterator[Ask]:
        for family in (Family.WELLBEING, Family.RELATIONSHIP):
            dose_reason = self._may_ask(person, family, day)
            if dose_reason is not None and self.chance.happens(ASKED[family]):
                ask = self._ask(person, family, day, dose_reason or None)
                if ask is not None:
                    yield ask
                    person.stopped = person.stopped or ask.stops

    def _may_ask(self, person: _Person, family: Family, day: date) -> str | None:
        """Nothing said is an empty reason; None where somebody is not asked."""
        quiet = self.incident and 0 <= (day - self.incident).days < QUIET
        agreed = person.kind != "pupil" or any(given.holds_on(day) for given in self.given)
        if person.stopped or quiet or not agreed or person.times[family] == MOST:
            return None
        since = (day - person.last[family]).days if family in person.last else PAUSE[family]
        if since >= PAUSE[family]:
            return ""
        sooner = since >= SOONEST and family is Family.RELATIONSHIP and self.chance.happens(SOONER)
        return self.chance.choice(SOONER_BECAUSE) if sooner else None

    def _ask(self, person: _Person, family: Family, day: date, dose_reason: str | None) -> Ask | None:
        chance, fate = self.chance, self.chance.random()
        if fate < ANSWERED:
            person.last[family], person.times[family] = day, person.times[family] + 1
            if family is Family.RELATIONSHIP:
                return Ask(person.who, family, person.mind.after_a_talk(), dose_reason=dose_reason)
            values, has_goal = person.mind.this_month(), person.who in self.goals
            goal = person.mind.rung() if has_goal and chance.happens(ANSWERS_THE_GOAL) else None
            return Ask(person.who, family, values, goal, dose_reason=dose_reason)
        if day + LINK_WORKS >= self.world.calendar.day:
            return None  # it would still be open, with a token that nobody has
        if fate >= ANSWERED + DECLINED:
            return Ask(person.who, family, dose_reason=dose_reason)
        reason = chance.choice(REASONS) if chance.happens(SAYS_WHY) else None
        stops = chance.happens(STOPS)
        return Ask(person.who, family, declined=True, reason=reason, dose_reason=dose_reason, stops=stops)

    def _planned(self) -> Iterator[Talk]:
        """The next talk, and now and then one of which nobody noted yet whether it was held."""
        chance, who = self.chance, min(self.people, key=lambda person: person.seen).who
        fate = chance.random()
        if fate < PLANNED:
            day = self.world.calendar.day + timedelta(days=chance.randint(1, 21))
            day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
            yield Talk(day, "meeting", (who,), state="planned", starts_at=chance.choice(AT))
        elif fate < PLANNED + OVERDUE:
            day = workday(self.world.calendar.yesterday - timedelta(days=chance.randint(0, 4)))
            if day > self.case.opened:
                yield Talk(day, "meeting", (who,), state="planned")
