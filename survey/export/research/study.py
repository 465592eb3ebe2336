"""Who and what is in a research export: coaches by codes made for it alone, reflections in their order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice
from typing import Final, NamedTuple

from survey.clock import local_day, school_year, stamp
from survey.database import Engine, Row
from survey.export.research import codes, store
from survey.questionnaire.catalog import Catalog, UnknownQuestionnaire

CROWD: Final = 5  # coaches that share a cohort, or a band of experience in it, before an export tells it
DAYS_IN_A_MONTH: Final = 365.25 / 12


class Coach(NamedTuple):
    """Someone in the export; experience is empty where too few share it."""

    code: str
    experience: str


class Round(NamedTuple):
    """A round as far as an export tells of it; its cohort is empty where too few share it."""

    place: int
    cohort: str
    form: str
    version: str
    profile: str
    number: int
    months: int
    school_year: str


class Reflection(NamedTuple):
    """One reflection: its code, whose it is, and its round. `id` names it here and never leaves the house."""

    id: str
    code: str
    coach: str
    round: Round


class Study:
    """What one export holds: coaches in the order of their codes, the reflections of each in time."""

    def __init__(self, engine: Engine, *, at: datetime, catalog: Catalog) -> None:
        self.at, self.catalog, self._engine = at, catalog, engine
        self._anchors: dict[tuple[str, str, str], str] = {}
        held = {row["id"]: row for row in store.rounds(engine, at=stamp(at))}
        rows = store.reflections(engine, at=stamp(at))
        experience = {row["id"]: row["experience"] or "" for row in store.coaches(engine, at=stamp(at))}
        crowd = _Crowd({(held[row["round_id"]]["cohort_id"], row["person_id"]) for row in rows}, experience)
        self._codes = codes.drawn({row["person_id"] for row in rows})
        self._rounds = _rounds(held.values(), codes.drawn(crowd.cohorts))
        self.coaches = sorted(Coach(code, crowd.band(person)) for person, code in self._codes.items())
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
        return store.number_of_answers(self._engine, at=stamp(self.at))

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
        own = self._of_coach(reflection.coach)
        return next((one.code for one in own if one.round == self._rounds.get(round_id)), "")

    def short_answers(self) -> list[tuple[str, int, Row]]:
        """Answers in short rounds of the coaches in here: whose, months since the cohort began, the row."""
        rows = store.short_answers(self._engine, at=stamp(self.at))
        found = [
            (self._codes[row["person_id"]], _months(row), row)
            for row in rows
            if row["person_id"] in self._codes
        ]
        return sorted(found, key=lambda each: each[:2])

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
        own = sorted((self._rounds[row["round_id"]], row["id"]) for row in self._own[coach])
        return [
            Reflection(key, f"{coach}-{number:02d}", coach, one)
            for number, (one, key) in enumerate(own, start=1)
        ]


class _Crowd:
    """What enough coaches of an export share to be told: their cohort, and their experience within it."""

    def __init__(self, members: Iterable[tuple[str, str]], experience: Mapping[str, str]) -> None:
        self._experience, self._cohorts_of = experience, defaultdict[str, set[str]](set)
        for cohort, person in members:
            self._cohorts_of[person].add(cohort)
        sizes = Counter(cohort for own in self._cohorts_of.values() for cohort in own)
        self.cohorts = {cohort for cohort, size in sizes.items() if size >= CROWD}
        self._bands = Counter(
            (cohort, experience[person]) for person, own in self._cohorts_of.items() for cohort in own
        )

    def band(self, person: str) -> str:
        """The experience of this coach; empty when it would make them stand out in a cohort of theirs."""
        band = self._experience[person]
        shared = all(self._bands[cohort, band] >= CROWD for cohort in self._cohorts_of[person])
        return band if shared else ""


def profile_of(form: str) -> str:
    """The profile a reflection form asks about."""
    return form.removeprefix("reflection-")


def _rounds(rows: Iterable[Row], cohorts: Mapping[str, str]) -> dict[str, Round]:
    """By its key: each closed round, earliest first, numbered within its cohort."""
    counted, found = Counter[str](), {}
    for place, row in enumerate(rows):
        counted[row["cohort_id"]] += 1
        found[row["id"]] = Round(
            place,
            cohorts.get(row["cohort_id"], ""),
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
