"""The schools of Veenrand, who governs them, and their pupils in each school year. All codes are invented."""

from datetime import date
from typing import Final

from survey.clock import school_year
from survey.database import Row
from survey.demo import names
from survey.demo.calendar import midnight
from survey.demo.chance import Chance
from survey.demo.world import World

FEWEST, MOST = 80, 330
NOT_COUNTED: Final = frozenset({17, 44})  # schools that did not tell this year's number yet
STAYS_OUT: Final = frozenset({"De Turfkist", "De Lisdoddehof", "Het Oude Praamhuis"})
CLOSED: Final = "Het Oude Praamhuis"
CLIMATE: Final = 0.4
STAFF: Final = ("director", "ib", "parent")


def add(world: World) -> None:
    """Rows of schools, of the programmes for a good climate there, and of pupils."""
    chance = world.chance("schools")
    before = midnight(world.calendar.openings[0])
    for number, name in enumerate(names.SCHOOLS):
        world.tables["school"].append(_school(chance.key(before), number, name))
    chance = world.chance("other schools")
    for number, name in enumerate(names.MORE_SCHOOLS, len(names.SCHOOLS)):
        closed = date(world.calendar.first_year, 7, 31) if name == CLOSED else None
        row = _school(chance.key(before), number, name)
        row |= {"takes_part": int(name not in STAYS_OUT), "closed_on": closed and closed.isoformat()}
        world.tables["school"].append(row)
    for number, row in enumerate(world.tables["school"]):
        chance = world.chance("school", row["name"])
        _add_climate(world, chance, row["id"])
        _add_counts(world, chance, row["id"], number)


def staff(world: World, school_id: str) -> dict[str, str]:
    """Who directs a school, who supervises there, and who speaks for the parents."""
    chance = world.chance("school staff", school_id)
    first = chance.sample(names.FIRST_NAMES, len(STAFF))
    return {who: f"{name} {chance.choice(names.LAST_NAMES)}" for who, name in zip(STAFF, first, strict=True)}


def _school(key: str, number: int, name: str) -> Row:
    place = names.PLACES[number % len(names.PLACES)]
    first, second = divmod(number, 26)
    return {
        "id": key,
        "name": name,
        "place": place,
        "brin": f"99{chr(ord('A') + first)}{chr(ord('A') + second)}",
        "branch": "00",
        "board": names.BOARDS[number % len(names.BOARDS)],
        "municipality": names.MUNICIPALITIES[place],
        "street": f"{names.STREETS[number % len(names.STREETS)]} {3 + number * 2}",
        "postcode": "",
        "takes_part": 1,
        "closed_on": None,
    }


def _add_climate(world: World, chance: Chance, school_id: str) -> None:
    if chance.happens(CLIMATE):
        chosen = chance.choice(names.CLIMATES)
        world.tables["school_climate"].append({"school_id": school_id, "programme": chosen})


def _add_counts(world: World, chance: Chance, school_id: str, number: int) -> None:
    """On 1 October of each school year; before that day schools tell what they expect."""
    pupils, weighting = chance.randint(FEWEST, MOST), chance.uniform(22, 38)
    for year in world.calendar.years:
        pupils = min(MOST, max(FEWEST, pupils + chance.randint(-9, 8)))
        weighting += chance.uniform(-0.4, 0.4)
        if year == school_year(world.calendar.day) and number in NOT_COUNTED:
            continue
        row = {"school_id": school_id, "school_year": year, "pupils": pupils}
        world.tables["school_count"].append({**row, "weighting": round(weighting, 1)})
