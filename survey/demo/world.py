"""What every part of the simulation shares: the seed, the calendar, the forms, and the rows made so far."""

from collections import defaultdict
from typing import Final

from msgspec import Struct, field

from survey.database import Row
from survey.demo.calendar import Calendar
from survey.demo.chance import Chance
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire

KANSENCOACH: Final = "kansencoach"
SCHOOLCOACH: Final = "schoolcoach"


class World(Struct, frozen=True):
    """One simulated region; `tables` holds the rows by table, `codes` the case codes in use."""

    seed: int
    calendar: Calendar
    catalog: Catalog
    tables: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    codes: set[str] = field(default_factory=set)

    def reflection(self, profile: str) -> Questionnaire:
        return self.catalog.reflection(profile)

    def blocks(self, profile: str) -> dict[str, str]:
        """The block of each rated item."""
        return {item.key: item.block or "" for item in self.reflection(profile).items}

    def chance(self, *purpose: str) -> Chance:
        return Chance(self.seed, *purpose)

    def profiles(self) -> dict[str, str]:
        """The profile of each coach, by id."""
        cohorts = {row["id"]: row["profile"] for row in self.tables["cohort"]}
        return {row["person_id"]: cohorts[row["cohort_id"]] for row in self.tables["cohort_member"]}

    def person(self, name: str) -> str:
        """The id of who has this name."""
        return next(str(row["id"]) for row in self.tables["person"] if row["name"] == name)

    def item_version(self, form: Questionnaire, item: str) -> str:
        return self.catalog.item_version(form.form, form.version, item)
