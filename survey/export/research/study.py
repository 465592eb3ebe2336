"""Who and what is in a research export: coaches by codes made for it alone, reflections in their order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import Final, NamedTuple

from survey.clock import local_day, school_year, stamp
from survey.database import Engine, Row
from survey.export.research import codes, crowd, store
from survey.questionnaire.catalog import Catalog, UnknownQuestionnaire

DAYS_IN_A_MONTH: Final = 365.25 / 12
_IN_FULL, _WITHOUT_COHORT, _HIDDEN = range(3)  # the ways to tell of a coach, see _ways


class Coach(NamedTuple):
    """Someone in the export; experience is empty where too few share it."""

    code: str
    experience: str


class Round(NamedTuple):
    """A round as far as an export tells of it; of whom too few share it, cohort and moment are empty."""

    place: int
    cohort: str
    form: str
    version: str
    profile: str
    number: int | None
    months: int | None
    school_year: str | None

    @property
    def moment(self) -> Hashable:
        """What tells when it was, without its cohort."""
        return self.form, self.version, self.number, self.months, self.school_year

    @property
    def words(self) -> Hashable:
        """What is told of it even of whom too few share it."""
        return self.form, self.version


class Short(NamedTuple):
    """A short round as far as an export tells of it."""

    profile: str
    months: int

    @property
    def moment(self) -> Hashable:
        """What tells when it was, without its cohort."""
        return self

    @property
    def words(self) -> Hashable:
        """What is told of it even of whom too few share it."""
        return self.profile


class Part(NamedTuple):
    """What a coach answered of a cohort: its rounds and short rounds, or its short rounds alone."""

    cohort: str
    is_whole: bool


class Reflection(NamedTuple):
    """One reflection: its code, whose it is, and its round. `id` names it here and never leaves the house."""

    id: str
    code: str
    coach: str
    round: Round


class Study:
    """What one export holds: coaches in the order of their codes, the reflections of each in time.

    `left_out` counts the coaches who would stand out however little is told of them.
    """

    def __init__(self, engine: Engine, *, at: datetime, catalog: Catalog) -> None:
        self.at, self.catalog, self._engine = at, catalog, engine
        self._anchors: dict[tuple[str, str, str], str] = {}
        self._rounds = _rounds(store.rounds(engine, at=stamp(at)))
        every = store.reflections(engine, at=stamp(at))
        ways = _ways(
            _parts(every, self._rounds, store.short_cohorts(engine, at=stamp(at))),
            _held(self._rounds.values(), store.short_rounds(engine, at=stamp(at))),
        )
        self._way_of = crowd.ways_of(ways)
        rows = [row for row in every if row["person_id"] in self._way_of]
        experience = {row["id"]: row["experience"] or "" for row in store.coaches(engine, at=stamp(at))}
        band_of = crowd.bands({one: (way, ways[way][one]) for one, way in self._way_of.items()}, experience)
        self._codes = codes.drawn(self._way_of.keys())
        self._cohorts = codes.drawn({one.cohort for one in self._rounds.values()})
        self.coaches = sorted(Coach(code, band_of[person]) for person, code in self._codes.items())
        self.left_out = len(ways[-1]) - len(self._way_of)
        self.rounds = [self._rounds[key] for key in {row["round_id"] for row in rows}]
        self.number_of_reflections = len(rows)
        self._own = defaultdict[str, list[Row]](list)
        for row in rows:
            self._own[self._codes[row["person_id"]]].append(row)

    def reflections(self) -> Iterator[Reflection]:
        """In the order of the export."""
        return chain.from_iterable(self._of_coach(coach.code) for coach in self.coaches)

    def number_of_answers(self) -> int:
        """How many answers the reflections hold."""
        counted = store.number_of_answers(self._engine, at=stamp(self.at))
        return sum(row["n"] for row in counted if row["person_id"] in self._codes)

    def answers_of(self, what: str) -> Iterator[tuple[Reflection, Row]]:
        """What hangs on the reflections, in the order of the export: never in the order of answering."""
        every = self.reflections()
        while held := list(islice(every, store.BATCH)):
            place = {one.id: number for number, one in enumerate(held)}
            rows = store.of_reflections(self._engine, what, [*place])
            rows.sort(key=lambda row: place[row["reflection_id"]])
            yield from ((held[place[row["reflection_id"]]], row) for row in rows)

    def same_coach_in(self, reflection: Reflection, round_id: str) -> str:
        """The code of the reflection of the same coach in another round; empty where that is not in here."""
        own, about = self._of_coach(reflection.coach), self._rounds.get(round_id)
        return next((one.code for one in own if about and one.round.place == about.place), "")

    def short_answers(self) -> list[tuple[str, int | None, Row]]:
        """Answers in short rounds, in their order for each coach in here: whose, months, the row.

        Months are those since the cohort began, None where too few share them.
        """
        rows = store.short_answers(self._engine, at=stamp(self.at))
        found = [
            (
                self._codes[row["person_id"]],
                None if self._way_of[row["person_id"]] == _HIDDEN else _months(row),
                row,
            )
            for row in rows
            if row["person_id"] in self._codes
        ]
        return sorted(found, key=lambda each: each[0])

    def comparable_since(self, form: str, item_version: str, item: str) -> str:
        """The version since which answers compare: what makes a line, and where it breaks."""
        key = form, item_version, item
        if key not in self._anchors:
            try:
                self._anchors[key] = self.catalog.anchor(form, item_version, item)
            except UnknownQuestionnaire:
                self._anchors[key] = item_version
        return self._anchors[key]

    def _of_coach(self, coach: str) -> list[Reflection]:
        own = sorted((self._rounds[row["round_id"]].place, row["id"], row) for row in self._own[coach])
        return [
            Reflection(key, f"{coach}-{number:02d}", coach, self._told(row))
            for number, (_, key, row) in enumerate(own, start=1)
        ]

    def _told(self, row: Row) -> Round:
        """The round of this reflection, as far as it hides whose it is."""
        held, way = self._rounds[row["round_id"]], self._way_of[row["person_id"]]
        if way == _IN_FULL:
            return held._replace(cohort=self._cohorts[held.cohort])
        if way == _WITHOUT_COHORT:
            return held._replace(cohort="")
        return held._replace(cohort="", number=None, months=None, school_year=None)


def profile_of(form: str) -> str:
    """The profile a reflection form asks about."""
    return form.removeprefix("reflection-")


def _parts(
    reflections: Iterable[Row], rounds: Mapping[str, Round], short: Iterable[Row]
) -> dict[str, frozenset[Hashable]]:
    """By coach with a reflection: the parts of cohorts in which they answered, be it in one round."""
    whole = {(row["person_id"], rounds[row["round_id"]].cohort) for row in reflections}
    known = {person for person, _ in whole}
    more = {(row["person_id"], row["cohort_id"]) for row in short if row["person_id"] in known} - whole
    return crowd.sets(
        [
            *((person, Part(cohort, True)) for person, cohort in whole),
            *((person, Part(cohort, False)) for person, cohort in more),
        ]
    )


def _held(rounds: Iterable[Round], short: Iterable[Row]) -> Mapping[Hashable, list[Round | Short]]:
    """By part of a cohort: every closed round it held."""
    held = defaultdict[Hashable, list[Round | Short]](list)
    for one in rounds:
        held[Part(one.cohort, True)].append(one)
    for row in short:
        for is_whole in (True, False):
            held[Part(row["cohort_id"], is_whole)].append(Short(row["profile"], _months(row)))
    return held


def _ways(
    parts: Mapping[str, frozenset[Hashable]], held: Mapping[Hashable, list[Round | Short]]
) -> list[crowd.Alike]:
    """By coach what can be told of their rounds: in which cohorts, at which moments, in which versions.

    What counts is all that a cohort held: in which rounds someone handed in tells apart too, but is known to
    nobody who only knows cohorts.
    """

    def told(what: Callable[[Round | Short], Hashable]) -> crowd.Alike:
        of_parts = {
            own: frozenset(Counter(what(one) for part in own for one in held[part]).items())
            for own in set(parts.values())
        }
        return {coach: of_parts[own] for coach, own in parts.items()}

    return [parts, told(lambda one: one.moment), told(lambda one: one.words)]


def _rounds(rows: Iterable[Row]) -> dict[str, Round]:
    """By its key: each closed round, earliest first, numbered within its cohort."""
    counted, found = Counter[str](), {}
    for place, row in enumerate(rows):
        counted[row["cohort_id"]] += 1
        found[row["id"]] = Round(
            place,
            row["cohort_id"],
            row["form"],
            row["version"],
            profile_of(row["form"]),
            counted[row["cohort_id"]],
            _months(row),
            school_year(local_day(row["opens_at"])),
        )
    return found


def _months(row: Row) -> int:
    """Whole months from the begin of the cohort to the round of this row."""
    days = (local_day(row["opens_at"]) - date.fromisoformat(row["started_on"])).days
    return round(days / DAYS_IN_A_MONTH)
