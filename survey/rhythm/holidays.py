"""The school holidays by school year and region, as their file tells them."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Self

from flask_babel import lazy_gettext as _
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from survey.labelled import Labelled
from survey.questionnaire.frozen import Frozen, FrozenMap, Many, OneOf
from survey.rhythm import files
from survey.rhythm.spans import Span, days_of

LONGEST = 70  # days; a longer one is a slip in a year, and nothing could be planned in it
SHIPPED = Path(__file__).with_name("holidays.toml")


class Region(Labelled):
    """The regions over which the Netherlands spread their holidays."""

    NOORD = "noord", _("Noord")
    MIDDEN = "midden", _("Midden")
    ZUID = "zuid", _("Zuid")


class Name(Labelled):
    """Which holiday it is."""

    AUTUMN = "autumn", _("herfstvakantie")
    CHRISTMAS = "christmas", _("kerstvakantie")
    SPRING = "spring", _("voorjaarsvakantie")
    MAY = "may", _("meivakantie")
    MAY_EXTRA = "may_extra", _("extra week meivakantie")
    SUMMER = "summer", _("zomervakantie")
    OTHER = "other", _("vrije dagen")


class Holiday(Frozen):
    """One holiday of one or more regions."""

    name: OneOf[Name]
    regions: Many[OneOf[Region]]
    first: date
    last: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.last < self.first:
            raise PydanticCustomError("ends-before-it-begins", "the last day comes before the first")
        if self.span.days > LONGEST:
            raise PydanticCustomError("too-long", "this holiday is longer than ten weeks")
        if not self.regions:
            raise PydanticCustomError("no-region", "this holiday is in no region")
        return self

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


class Year(Frozen):
    """The holidays of one school year, and the loose days on which schools are closed."""

    free: Many[date] = ()
    holidays: Many[Holiday]

    @model_validator(mode="after")
    def _one_at_a_time(self) -> Self:
        for region in Region:
            mine = sorted((one.span, one.name) for one in self.holidays if region in one.regions)
            for (before, name), (after, other) in pairwise(mine):
                if before.meets(after):
                    raise PydanticCustomError(
                        "overlap",
                        "{name} and {other} overlap in {region}",
                        {"name": str(name), "other": str(other), "region": str(region)},
                    )
        return self


class Holidays(Frozen):
    """All school years of the file."""

    years: FrozenMap[str, Year]

    @model_validator(mode="after")
    def _in_their_year(self) -> Self:
        for name, year in self.years.items():
            try:
                whole = days_of(name)
            except ValueError:
                raise PydanticCustomError("school-year", "{name} is no school year", {"name": name}) from None
            begins = [*(one.first for one in year.holidays), *year.free]
            if stray := sorted(day for day in begins if not whole.first <= day <= whole.last):
                raise PydanticCustomError(
                    "other-year", "{day} is no day of {name}", {"day": str(stray[0]), "name": name}
                )
        return self

    def known(self, year: str) -> bool:
        """Whether the file holds the holidays of this school year."""
        return year in self.years

    def around(self, year: str, region: Region) -> tuple[Holiday, ...]:
        """The holidays of a region that touch a school year: its own, and the summer it begins in."""
        whole = days_of(year)
        return tuple(one for one in self._all() if region in one.regions and one.span.meets(whole))

    def free(self, year: str) -> frozenset[date]:
        """The loose days of a school year on which schools are closed."""
        return frozenset(self.years[year].free) if year in self.years else frozenset()

    def _all(self) -> Iterator[Holiday]:
        return (one for year in self.years.values() for one in year.holidays)


def read(path: Path | None) -> Holidays:
    """The holidays of this file, or the shipped ones; a file that changed is read again.

    Raises BrokenCalendar.
    """
    chosen = path or SHIPPED
    return _read(chosen, chosen.stat().st_mtime_ns if chosen.is_file() else 0)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Holidays:
    return files.load(Holidays, path)
