"""The meetings of Veenrand: what was held with whom, what it was about, and what comes next."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Final

from msgspec import Struct

from survey.clock import stamp
from survey.database import Row
from survey.demo.calendar import end_of_work, midnight, open_day
from survey.demo.chance import Chance
from survey.demo.people import Coach
from survey.demo.world import World

COMES: Final = 0.82
EVERY: Final = timedelta(weeks=7)
NEXT, AFTER_THAT = timedelta(days=4), timedelta(days=17)  # from the day of the visit, and from the next
STARTS, LASTS = timedelta(hours=13), timedelta(hours=3)
BRINGS: Final = 0.5
PLACES: Final = ("Het Praamhuis, Wiekerdam", "De Turfschuur, Gagelderveen", "De Raaipaal, Kraanmeren")


class Subject(Struct, frozen=True):
    """What a meeting is about: its kind, its title, and competencies by code."""

    kind: str
    title: str
    codes: tuple[str, ...]


SUBJECTS: Final = (
    Subject("training_day", "Vragen stellen die verder helpen", ("A2", "S5")),
    Subject("intervision", "Intervisie: een gesprek dat vastliep", ("A4", "S4")),
    Subject("workshop", "Ouders en school aan één tafel", ("S3", "S4")),
    Subject("training_day", "Kijken in de klas", ("A1", "A4")),
    Subject("intervision", "Intervisie: wat is mijn deel?", ("A1", "S1")),
    Subject("workshop", "Wie kan er nog meer helpen?", ("K1", "S2")),
)
INTERVISION: Final = Subject("intervision", "Intervisie: wat lukt, en wat nog niet?", ("A4", "S5"))


def add(world: World, members: Sequence[Coach]) -> None:
    """Rows of every meeting, who was there, and what coaches bring to the next intervision."""
    by_cohort: dict[str, list[Coach]] = {}
    cohort_of = {row["person_id"]: row["cohort_id"] for row in world.tables["cohort_member"]}
    for coach in members:
        by_cohort.setdefault(cohort_of[coach.id], []).append(coach)
    for row in world.tables["cohort"]:
        _Diary(world, row, by_cohort[row["id"]]).write()


class _Diary:
    """The meetings of one cohort."""

    def __init__(self, world: World, cohort: Row, members: Sequence[Coach]) -> None:
        self.world, self.cohort, self.members = world, cohort, members
        self.chance: Chance = world.chance("gatherings", cohort["name"])
        self.codes = {one.code: one.key for one in world.catalog.profile(cohort["profile"]).competencies}

    def write(self) -> None:
        """Everything that was held, an intervision to come, and one more meeting."""
        held = list(self._held())
        subjects = cycle(SUBJECTS)
        for day, subject in zip(held, subjects, strict=False):
            self._attend(self._add(subject, day), day)
        coming = open_day(self.world.calendar.day + NEXT)
        self._bring(self._add(INTERVISION, coming))
        self._add(next(subjects), open_day(coming + AFTER_THAT))

    def _held(self) -> Iterator[date]:
        day = date.fromisoformat(self.cohort["started_on"]) + timedelta(days=self.chance.randint(9, 20))
        while (held := open_day(day)) < self.world.calendar.yesterday:
            yield held
            day += EVERY

    def _add(self, subject: Subject, day: date) -> str:
        made_at = min(midnight(day) - timedelta(days=40), midnight(self.world.calendar.yesterday))
        key, starts_at = self.chance.key(made_at), midnight(day) + STARTS
        self.world.tables["event"].append(
            {
                "id": key,
                "kind": subject.kind,
                "title": subject.title,
                "place": self.chance.choice(PLACES),
                "starts_at": stamp(starts_at),
                "ends_at": stamp(starts_at + LASTS),
                "made_at": stamp(made_at),
            }
        )
        self.world.tables["event_cohort"].append({"event_id": key, "cohort_id": self.cohort["id"]})
        self.world.tables["event_theme"] += [
            {"event_id": key, "competency": self.codes[code]} for code in subject.codes if code in self.codes
        ]
        return key

    def _attend(self, event_id: str, day: date) -> None:
        noted_at = stamp(self._noted(day))
        self.world.tables["attendance"] += [
            {
                "event_id": event_id,
                "person_id": coach.id,
                "state": "present" if self.chance.happens(COMES) else "absent",
                "noted_at": noted_at,
            }
            for coach in self.members
            if coach.since <= day <= coach.until
        ]

    def _noted(self, day: date) -> datetime:
        return end_of_work(day)

    def _bring(self, event_id: str) -> None:
        newest = _newest_focus(self.world)
        at = stamp(midnight(self.world.calendar.yesterday))
        for coach in self.members:
            items = newest.get(coach.id, ())
            if items and not coach.left and self.chance.happens(BRINGS):
                self.world.tables["shared_focus"].append(
                    {
                        "event_id": event_id,
                        "person_id": coach.id,
                        "item": self.chance.choice(items),
                        "shared_at": at,
                    }
                )


def _newest_focus(world: World) -> dict[str, list[str]]:
    """By coach: the focus items of the newest reflection that was sent in."""
    sent = {row["id"]: row for row in world.tables["reflection"] if row["submitted_at"]}
    items: dict[str, list[str]] = {}
    for row in world.tables["focus"]:
        if row["reflection_id"] in sent:
            items.setdefault(row["reflection_id"], []).append(row["item"])
    newest = sorted(sent.values(), key=lambda row: row["submitted_at"])
    return {row["person_id"]: items[row["id"]] for row in newest if row["id"] in items}
