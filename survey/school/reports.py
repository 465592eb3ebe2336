"""Schools as their readers see them: whoever keeps the register all, a coach those of own places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from survey import paging
from survey.access.permissions import Scope
from survey.clock import day_or_none
from survey.database import Engine, Row
from survey.fingerprint import fingerprint
from survey.school import store
from survey.school.lists import COLUMNS as LISTED
from survey.sheets.tables import Cell, Table, plain

PAGE = 50
MOST_WORDS = 5
OF_THE_MINISTRY = ("house", "board_number")  # that a list of ours has in other columns
FILLED_IN = tuple(key for key in LISTED if key not in OF_THE_MINISTRY)  # the columns of a list to fill in


class Count(NamedTuple):
    """Pupils and school weighting of a school year, counted on 1 October."""

    school_year: str
    pupils: int | None
    weighting: float | None


class School(Struct, frozen=True):
    """A school, or a branch of one: what tells it apart is its BRIN number and branch."""

    id: str
    name: str
    place: str
    brin: str | None
    branch: str
    board: str
    municipality: str
    street: str
    postcode: str
    takes_part: bool
    closed_on: date | None
    programmes: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()  # the newest first

    @property
    def code(self) -> str:
        """BRIN number and branch as lists write them: 12AB00."""
        return f"{self.brin}{self.branch}" if self.brin else ""

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def fingerprint(self) -> str:
        """The mark of what can be changed, as it is now."""
        told = (self.name, self.place, self.brin, self.branch, self.board, self.municipality, self.street)
        return fingerprint(*told, self.postcode, self.programmes)

    @property
    def mark_of_counts(self) -> str:
        """The mark of what was counted, as it is noted now."""
        return fingerprint(self.counts)

    def count(self, school_year: str) -> Count | None:
        """What was counted in a school year, if it was noted."""
        return next((one for one in self.counts if one.school_year == school_year), None)


class Filter(Struct, frozen=True):
    """What is looked for in the list; `which` is taking_part, others or closed."""

    text: str = ""
    municipality: str = ""
    which: str = "taking_part"

    @property
    def words(self) -> list[str]:
        return self.text.split()[:MOST_WORDS]


class Page(Struct, frozen=True):
    """A page of the schools that were looked for, how many there are of each kind, and how many pages."""

    schools: tuple[School, ...]
    totals: Mapping[str, int]
    number: int
    last: int


def find(engine: Engine, scope: Scope, school_id: str) -> School | None:
    """One school with its counts and programmes; None where it is not there, or not for this reader."""
    row = store.one(engine, school_id, scope)
    if row is None:
        return None
    programmes = [one["programme"] for one in store.programmes(engine, scope, school_id=school_id)]
    counts = [_count(one) for one in store.counts(engine, scope, school_id=school_id)]
    return _school(row, programmes, counts)


def choices(engine: Engine, scope: Scope) -> dict[str, str]:
    """The schools where coaches can be placed, as "name, place" by id, in the order of a list."""
    return {row["id"]: f"{row['name']}, {row['place']}" for row in store.choices(engine, scope)}


def counts(engine: Engine, scope: Scope, school_year: str) -> dict[str, Count]:
    """Pupils and weighting of a school year by id of the school, where they were noted."""
    rows = store.counts_of_year(engine, scope, school_year=school_year)
    return {row["school_id"]: _count(row) for row in rows}


def page(engine: Engine, scope: Scope, *, looked_for: Filter, school_year: str, number: int) -> Page:
    """A page of the list, each school with its count of one school year; too far on is the last page."""
    words, municipality = looked_for.words, looked_for.municipality
    totals = store.how_many(engine, scope, words=words, municipality=municipality)
    shown = paging.page(totals[looked_for.which], size=PAGE, wanted=number)
    rows = store.search(
        engine,
        scope,
        words=words,
        municipality=municipality,
        which=looked_for.which,
        year=school_year,
        limit=PAGE,
        offset=shown.skipped,
    )
    schools = tuple(_school(row, (), (_count({"school_year": school_year, **row}),)) for row in rows)
    return Page(schools, totals, shown.number, shown.last)


def municipalities(engine: Engine, scope: Scope, which: str = "taking_part") -> list[str]:
    """The municipalities of the schools of a kind, by name."""
    return [row["name"] for row in store.municipalities(engine, scope, which=which)]


def coaches_now(engine: Engine, school_id: str, day: date) -> int:
    """How many coaches work at a school on a day."""
    return store.running(engine, school_id=school_id, day=day.isoformat())


def everything(engine: Engine) -> list[School]:
    """Every school there is, to hold a list against."""
    programmes: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, list[Count]] = defaultdict(list)
    for row in store.every_programme(engine):
        programmes[row["school_id"]].append(row["programme"])
    for row in store.every_count(engine):
        counts[row["school_id"]].append(_count(row))
    return [_school(row, programmes[row["id"]], counts[row["id"]]) for row in store.every_school(engine)]


def to_fill_in(engine: Engine, scope: Scope, *, school_year: str) -> Table:
    """The schools that take part as a list that can be read again, with the pupils of a school year."""
    chosen = choices(engine, scope)
    by_id = {one.id: one for one in everything(engine)}
    rows = [_line(by_id[key], school_year) for key in chosen]
    return plain("scholen", [str(LISTED[key].label) for key in FILLED_IN], rows)


def _line(school: School, school_year: str) -> tuple[Cell, ...]:
    count = school.count(school_year) or Count(school_year, None, None)
    weighting = f"{count.weighting:g}".replace(".", ",") if count.weighting is not None else None
    told = (school.brin, school.branch if school.brin else "", school.name, school.place)
    where = (school.municipality, school.board, school.street, school.postcode)
    return (*told, *where, school_year, count.pupils, weighting, ", ".join(school.programmes))


def _school(row: Row, programmes: Iterable[str], counts: Iterable[Count]) -> School:
    return School(
        id=row["id"],
        name=row["name"],
        place=row["place"],
        brin=row["brin"],
        branch=row["branch"],
        board=row["board"],
        municipality=row["municipality"],
        street=row["street"],
        postcode=row["postcode"],
        takes_part=bool(row["takes_part"]),
        closed_on=day_or_none(row["closed_on"]),
        programmes=tuple(sorted(programmes, key=str.casefold)),
        counts=tuple(counts),
    )


def _count(row: Row) -> Count:
    return Count(row["school_year"], row["pupils"], row["weighting"])
