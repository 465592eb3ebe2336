"""What is asked of the register: filters, order and page, as they stand in an address; touches nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from survey.placement.hours import first_day, last_day

PAGE: Final = 100  # placements
WEIGHING_DAY: Final = (6, 1)  # month and day on which another school year than the running one is read
SORTS: Final = ("school", "coach", "municipality", "status", "agreed", "needed", "rule")


class Filters(Struct, frozen=True):
    """What a placement has to be to be shown; empty fields ask nothing. `text` is part of a school's name."""

    status: str = ""
    municipality: str = ""
    employer: str = ""
    coach: str = ""
    text: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything is asked beside a status."""
        return any((self.municipality, self.employer, self.coach, self.text))

    def params(self, day: date) -> dict[str, Any]:
        """The filters as parameters; what is not asked is empty."""
        pattern = self.text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        return {
            "status": self.status,
            "municipality": self.municipality,
            "employer": self.employer,
            "coach": self.coach,
            "text": f"%{pattern}%" if pattern else "",
            "day": day.isoformat(),
        }


def day_of(school_year: str, today: date) -> date:
    """The day on which a school year is read: today, or for another year the first of June in it."""
    if first_day(school_year) <= today <= last_day(school_year):
        return today
    return date(last_day(school_year).year, *WEIGHING_DAY)


def as_address(school_year: str, filters: Filters, sort: str, page: int = 1) -> Mapping[str, str]:
    """What is asked as an address has it, without what goes without saying."""
    asked = {
        "jaar": school_year,
        "status": filters.status,
        "gemeente": filters.municipality,
        "werkgever": filters.employer,
        "coach": filters.coach,
        "zoek": filters.text,
        "volgorde": "" if sort == SORTS[0] else sort,
        "blad": str(page) if page > 1 else "",
    }
    return {name: value for name, value in asked.items() if value}
