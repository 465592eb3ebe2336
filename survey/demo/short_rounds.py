"""Between the rounds of Veenrand: short rounds on focus items, and the look-back at the end of a year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from survey.clock import school_year, stamp
from survey.database import Row
from survey.demo.calendar import Calendar, midnight, open_day, working_moment
from survey.demo.chance import Chance
from survey.demo.people import Coach
from survey.demo.world import World

AFTER: Final = (timedelta(weeks=7), timedelta(weeks=11), timedelta(weeks=15))  # an opening of a full round
LASTS: Final = timedelta(weeks=1)
MOVES_AT_MOST: Final = timedelta(weeks=2)
ANSWERS: Final = 0.7
MOVES: Final = 0.25
LOOKS_BACK: Final = (1, 4)  # the last rounds of the two school years, by their place
SEES_LOWER: Final = 0.55  # whoever knows more sees that they stood lower than they thought


def add(world: World, members: Sequence[Coach]) -> None:
    """Rows of short rounds with their answers, and of what coaches saw looking back."""
    cohort_of = {row["person_id"]: row["cohort_id"] for row in world.tables["cohort_member"]}
    focus = _focus(world)
    for row in world.tables["cohort"]:
        own = [coach for coach in members if cohort_of[coach.id] == row["id"]]
        _add_short_rounds(world, row, own, focus)
        _mark_lookbacks(world, row)
    for coach in members:
        _look_back(world, coach, focus)


Focus = Mapping[tuple[str, int], tuple[Row, list[str]]]


def _focus(world: World) -> Focus:
    """By coach and place of the round: the reflection that counts, and its focus items."""
    places = {}
    for row in world.tables["round"]:
        opening = date.fromisoformat(_local_day(world, row))
        places[row["id"]] = world.calendar.openings.index(opening)
    items: dict[str, list[str]] = {}
    for row in world.tables["focus"]:
        items.setdefault(row["reflection_id"], []).append(row["item"])
    found: dict[tuple[str, int], tuple[Row, list[str]]] = {}
    for row in sorted(world.tables["reflection"], key=lambda row: row["revision"]):
        if row["submitted_at"]:
            found[row["person_id"], places[row["round_id"]]] = (row, items.get(row["id"], []))
    return found


def _local_day(world: World, row: Row) -> str:
    stamps = {stamp(midnight(day)): day.isoformat() for day in world.calendar.openings}
    return stamps[row["opens_at"]]


def _add_short_rounds(world: World, cohort: Row, members: Sequence[Coach], focus: Focus) -> None:
    chance = world.chance("short rounds", cohort["name"])
    for number, day in _days(world.calendar):
        if day < date.fromisoformat(cohort["started_on"]):
            continue
        key, comes = chance.key(midnight(day)), day > world.calendar.day
        opens, closes = stamp(midnight(day)), stamp(midnight(day + LASTS))
        world.tables["micro_round"].append(
            {
                "id": key,
                "cohort_id": cohort["id"],
                "opens_at": opens,
                "closes_at": closes,
                "opened_at": None if comes else opens,
                "closed_at": None if comes else closes,
            }
        )
        for coach in members:
            items = focus.get((coach.id, number), ({}, []))[1]
            if items and coach.since <= day <= coach.until and chance.happens(ANSWERS):
                _answer(world, chance, coach, number, key, items, day)


def _days(calendar: Calendar) -> Iterator[tuple[int, date]]:
    """When short rounds open, with the place of the full round before: over, or still to come this year.

    One that would fall in a long holiday is left out; the others begin when schools are open.
    """
    for number, opening in enumerate(calendar.openings):
        after, *_ = (*calendar.openings[number + 1 :], date.max - LASTS)
        last = opening
        for planned in AFTER:
            day = open_day(opening + planned)
            is_there = last < day <= min(opening + planned + MOVES_AT_MOST, after - LASTS)
            is_known = day + LASTS < calendar.day or school_year(calendar.day) == school_year(day)
            if is_there and is_known and not day <= calendar.day <= day + LASTS:
                last = day
                yield number, day


def _answer(
    world: World, chance: Chance, coach: Coach, number: int, key: str, items: Sequence[str], day: date
) -> None:
    form, at = world.reflection(coach.profile), stamp(working_moment(chance, day + timedelta(days=2)))
    for item in items:
        level = coach.course.answers[number].get(item)
        if isinstance(level, int):
            moved = level + (1 if chance.happens(MOVES) and level < 5 else 0)
            world.tables["micro_answer"].append(
                {
                    "micro_round_id": key,
                    "person_id": coach.id,
                    "form": form.form,
                    "item": item,
                    "item_version": world.item_version(form, item),
                    "value": moved,
                    "answered_at": at,
                }
            )


def _mark_lookbacks(world: World, cohort: Row) -> None:
    days = {stamp(midnight(world.calendar.openings[number])) for number in LOOKS_BACK}
    for row in world.tables["round"]:
        if row["cohort_id"] == cohort["id"]:
            row["lookback"] = int(row["opens_at"] in days)


def _look_back(world: World, coach: Coach, focus: Focus) -> None:
    """On the focus held until then; as in the application it hangs on the first reflection of the round."""
    chance = world.chance("look back", coach.name)
    form = world.reflection(coach.profile)
    for number in LOOKS_BACK:
        now = focus.get((coach.id, number))
        before = [place for place in range(number) if (coach.id, place) in focus][-2:]
        if now is None or not before:
            continue
        first = next(row for row in world.tables["reflection"] if _begins(row, now[0]))
        for item in focus[coach.id, before[-1]][1]:
            level = coach.course.answers[before[0]].get(item)
            if isinstance(level, int):
                world.tables["lookback"].append(
                    {
                        "reflection_id": first["id"],
                        "item": item,
                        "item_version": world.item_version(form, item),
                        "about_round_id": focus[coach.id, before[0]][0]["round_id"],
                        "value": max(1, level - 1) if chance.happens(SEES_LOWER) else level,
                        "answered_at": first["submitted_at"],
                    }
                )


def _begins(row: Row, reflection: Row) -> bool:
    """Whether this is the first revision of the same reflection."""
    same = ("person_id", "round_id")
    return row["revision"] == 1 and all(row[name] == reflection[name] for name in same)
