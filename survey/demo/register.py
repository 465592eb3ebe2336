"""The register of Veenrand: a row for each place and school year, with hours, reasons, wishes and gaps."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from survey.clock import days_of_school_year, school_year
from survey.database import Row
from survey.demo import names, register_hours
from survey.demo.calendar import midnight
from survey.demo.chance import Chance
from survey.demo.placements import Placement
from survey.demo.world import KANSENCOACH, World

DAY: Final = timedelta(days=1)
WORKED_BEFORE: Final = (
    28  # August, of two school years ago: the first cohort worked at schools before training
)
BEGINS_IN: Final = timedelta(days=13)
PAUSED: Final = "Bram Noordkil"
NOT_CONTINUED: Final = frozenset({"Salma Idrissov", "Trude Hesselter"})  # at one school; a lead has to decide
LEAVES: Final = (("coach_new_job", "coach_absent", "employer_stops"), (60, 20, 20))
WISHES: Final = (
    ("continue", "more_hours", "fewer_hours", "other_role", "stop", None),
    (55, 14, 5, 8, 3, 15),
)  # fmt: skip
WISHED_ALREADY: Final = 0.15
NOTES: Final = {
    "more_hours": "Het team vraagt vaker om hulp dan er uren zijn.",
    "fewer_hours": "De school redt meer zelf dan vorig jaar.",
    "other_role": "Volgend jaar liever meer samen met ouders.",
    "stop": "De school wil het geld anders gebruiken.",
}
SEEKING: Final = ("vacant_funded", "click_conversation", "agreed", "vacant_unfunded")  # in turn
WANTED: Final = 2  # of the schools where no coach ever worked; the next one has no money for it


def add(world: World, placements: Sequence[Placement]) -> None:
    """Rows of placements, with the places that came free and those that nobody filled yet."""
    open_places = 0
    for placement in sorted(placements, key=lambda one: (one.since, one.school_id)):
        newest = _add_place(world, placement)
        if placement.coach.left:
            after = _next_at(placements, placement)
            open_places += _add_vacancy(world, newest, after, open_places)
    _follow_vacancies(world)
    _add_wanted(world)
    register_hours.add(world)


def _add_place(world: World, placement: Placement) -> Row:
    """A row for each school year; the last one runs on, unless the coach left."""
    coach, calendar = placement.coach, world.calendar
    chance = world.chance("place", coach.name, placement.school_id)
    begins = placement.since
    if coach.cohort.first_round == 0 and begins == coach.since:
        begins = min(begins, date(calendar.first_year - 2, 8, WORKED_BEFORE))
    employer = world.chance("employer", coach.name).choice(names.EMPLOYERS)
    last, row = school_year(placement.until), Row()
    stays = coach.name in NOT_CONTINUED and not coach.left and _is_first_of(world, placement)
    if stays and begins < _first_day(last):
        last = calendar.years[-2]
    for year in _years(begins, last):
        first, ends = days_of_school_year(year)
        over = year != last or coach.left
        row = _row(world, chance, placement.school_id, max(begins, first), follows=row.get("id")) | {
            "person_id": coach.id,
            "status": "ended" if over else "active",
            "ends_on": min(ends, placement.until).isoformat() if over else None,
            "employer": employer,
            "end_reason": "end_of_school_year" if year != last else None,
        }
        row |= _wish(chance, year, calendar.years[-1])
        world.tables["placement"].append(row)
    if coach.left:
        row["end_reason"] = world.chance("leave", coach.name).choices(*LEAVES)[0]
    if coach.name == PAUSED and _is_first_of(world, placement):
        row["status"] = "paused"
    return row


def _years(begins: date, last: str) -> Iterator[str]:
    for first in range(int(school_year(begins)[:4]), int(last[:4]) + 1):
        yield f"{first}-{first + 1}"


def _first_day(year: str) -> date:
    return days_of_school_year(year)[0]


def _is_first_of(world: World, placement: Placement) -> bool:
    """Whether this is the school of a coach that stands first in the register."""
    own = (row for row in world.tables["placement"] if row["person_id"] == placement.coach.id)
    return all(row["school_id"] == placement.school_id for row in own)


def _row(world: World, chance: Chance, school_id: str, starts: date, *, follows: str | None = None) -> Row:
    return {
        "id": chance.key(midnight(starts)),
        "school_id": school_id,
        "school_year": school_year(starts),
        "person_id": None,
        "status": "wanted",
        "starts_on": starts.isoformat(),
        "ends_on": None,
        "employer": "",
        "click_on": None,
        "hours_agreed": None,
        "agreed_because": None,
        "agreed_note": "",
        "hours_needed": None,
        "needed_because": None,
        "needed_note": "",
        "wish": None,
        "wish_note": "",
        "end_reason": None,
        "follows": follows,
    }


def _wish(chance: Chance, year: str, running: str) -> Row:
    """What coach and school wish: of a finished year mostly known, of this one seldom yet."""
    wish = chance.choices(*WISHES)[0]
    if year == running and not chance.happens(WISHED_ALREADY):
        wish = None
    return {"wish": wish, "wish_note": NOTES.get(wish, "") if wish else ""}


def _next_at(placements: Sequence[Placement], gap: Placement) -> Placement | None:
    """The colleague who took over at a school."""
    same = (
        one
        for one in placements
        if (one.school_id, one.coach.profile) == (gap.school_id, gap.coach.profile) and one.since > gap.until
    )
    return min(same, key=lambda one: one.since, default=None)


def _add_vacancy(world: World, ended: Row, after: Placement | None, number: int) -> int:
    """The place stays open and paid for until a colleague begins; 1 where it is open today, else 0."""
    calendar, chance = world.calendar, world.chance("vacancy", ended["id"])
    until = after.since - DAY if after else calendar.day
    since, row = date.fromisoformat(ended["ends_on"]) + DAY, ended
    for year in _years(since, school_year(until)):
        first, ends = days_of_school_year(year)
        is_last = year == school_year(until)
        ends_on = None if is_last and after is None else min(ends, until)
        row = _row(world, chance, ended["school_id"], max(since, first), follows=row["id"]) | {
            "status": "vacant_funded",
            "ends_on": ends_on and ends_on.isoformat(),
            "end_reason": None if is_last else "end_of_school_year",
        }
        world.tables["placement"].append(row)
    if after is None:
        _seek(world, chance, row, SEEKING[number % len(SEEKING)])
    return int(after is None)


def _seek(world: World, chance: Chance, row: Row, status: str) -> None:
    """How far a place that is open today is: somebody is looked for, met or agreed on; or the money ended."""
    if status == "vacant_funded":
        return
    if status == "agreed":
        begins = world.calendar.day + BEGINS_IN
        last = min(begins - DAY, days_of_school_year(row["school_year"])[1])
        row["ends_on"] = last.isoformat()
        agreed = _row(world, chance, row["school_id"], begins, follows=row["id"])
        row = agreed | {"employer": names.EMPLOYERS[0]}
        world.tables["placement"].append(row)
    row["status"] = status
    if status != "vacant_unfunded":
        row["person_id"] = _with_room(world, row["school_id"])
    if status == "click_conversation":
        row["click_on"] = (world.calendar.day + timedelta(days=5)).isoformat()


def _with_room(world: World, school_id: str) -> str:
    """The coach here with the fewest places now, and none at this school."""
    coaches = {row["person_id"] for row in world.tables["cohort_member"] if row["until"] is None}
    kansen = {row["id"] for row in world.tables["cohort"] if row["profile"] == KANSENCOACH}
    own = {row["person_id"] for row in world.tables["cohort_member"] if row["cohort_id"] in kansen} & coaches
    named = {row["id"]: row["name"] for row in world.tables["person"] if row["status"] == "active"}
    rows = [row for row in world.tables["placement"] if row["person_id"]]
    here = {row["person_id"] for row in rows if row["school_id"] == school_id}
    busy: dict[str, int] = {
        who: sum(row["person_id"] == who and not row["ends_on"] for row in rows) for who in own
    }
    free = (who for who in own - here if who in named and named[who] != names.COACH.name)
    return str(min(free, key=lambda who: (busy[who], named[who])))


def _follow_vacancies(world: World) -> None:
    """Who takes over goes on from the place that was open."""
    ended = {
        (row["school_id"], row["ends_on"]): row["id"] for row in world.tables["placement"] if row["ends_on"]
    }
    for row in world.tables["placement"]:
        before = (date.fromisoformat(row["starts_on"]) - DAY).isoformat()
        row["follows"] = row["follows"] or ended.get((row["school_id"], before))


def _add_wanted(world: World) -> None:
    """Schools without a coach: some would like one this school year, of one the money ended."""
    starts = _first_day(world.calendar.years[-1])
    schools = world.tables["school"][len(names.SCHOOLS) :]
    for number, school in enumerate(schools[: WANTED + 1]):
        row = _row(world, world.chance("wanted", school["name"]), school["id"], starts)
        status = "wanted" if number < WANTED else "vacant_unfunded"
        world.tables["placement"].append({**row, "status": status})
