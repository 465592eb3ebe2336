"""Hours in the register: by rule or otherwise for a reason, needed, used, and what was changed."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from survey.clock import days_of_school_year, stamp
from survey.database import Row
from survey.demo import names
from survey.demo.calendar import end_of_work, midnight, workday
from survey.demo.chance import Chance
from survey.demo.world import KANSENCOACH, World
from survey.placement.reports import rule

MOST: Final = 36.0  # hours a week over all schools of one coach
BY_RULE: Final = 0.65
WITHOUT_REASON: Final = 0.12
OTHERWISE: Final = (
    (1.0, "many_questions", ""),
    (0.75, "start_up", ""),
    (0.5, "temporary_group", ""),
    (-1.0, "coach_has_fewer", ""),
    (-0.75, "school_asks_fewer", ""),
    (1.25, "other", "De gemeente vroeg om een inloopuur voor ouders."),
)
NEEDS_MORE: Final = 0.25
OWN_HOURS: Final = (2.0, 2.5, 3.0, 4.0)  # of a schoolcoach, paid by another source
WRITES: Final = (0.95, 0.9, 0.85, 0.3)  # how faithfully a coach writes hours down
WITH_SCHOOL: Final = frozenset({1, 2, 3, 4, 5, 6, 9, 10, 11, 12})  # months in which weeks count
CHANGED: Final = 0.2
WITHOUT_MONEY: Final = frozenset({"vacant_unfunded", "wanted"})


def add(world: World) -> None:
    """Fill in the hours of every placement, and add rows of logs and of changes."""
    own_profile = world.profiles()
    pupils = {(row["school_id"], row["school_year"]): row["pupils"] for row in world.tables["school_count"]}
    taken: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in world.tables["placement"]:
        chance = world.chance("hours", row["id"])
        by_rule = rule(pupils.get((row["school_id"], row["school_year"]), 150))
        if row["status"] not in WITHOUT_MONEY:
            _agree(chance, row, by_rule, own_profile.get(row["person_id"], KANSENCOACH))
            _keep_within(row, taken)
        if row["status"] != "vacant_unfunded" and chance.happens(NEEDS_MORE):
            row["hours_needed"] = _quarters((row["hours_agreed"] or by_rule) + chance.choice((0.5, 1.0, 1.5)))
            row["needed_because"] = chance.choice(("too_few_for_role", "many_questions", "several_schools"))
        _add_log(world, chance, row)
        _add_changes(world, chance, row)


def _agree(chance: Chance, row: Row, by_rule: float, profile: str) -> None:
    row["hours_agreed"] = _quarters(by_rule)
    if profile != KANSENCOACH:
        row["hours_agreed"] = chance.choice(OWN_HOURS)
        row["agreed_because"] = "other_funding"
    elif not chance.happens(BY_RULE):
        more, because, note = chance.choice(OTHERWISE)
        row["hours_agreed"] = _quarters(by_rule + more)
        if not chance.happens(WITHOUT_REASON):
            row |= {"agreed_because": because, "agreed_note": note}


def _keep_within(row: Row, taken: defaultdict[tuple[str, str], float]) -> None:
    """No coach is placed for more hours than there are in a week."""
    if row["person_id"] is None:
        return
    key = (row["person_id"], row["school_year"])
    room = MOST - taken[key]
    if row["hours_agreed"] > room:
        row |= {"hours_agreed": room, "agreed_because": "coach_has_fewer", "agreed_note": ""}
    taken[key] += row["hours_agreed"]


def _quarters(hours: float) -> float:
    return max(1.0, round(hours * 4) / 4)


def _add_log(world: World, chance: Chance, row: Row) -> None:
    """Months that are over, as coaches wrote them down; some are missing, and the last one of visitors."""
    if row["person_id"] is None or row["status"] not in {"active", "ended"}:
        return
    person = next(one for one in world.tables["person"] if one["id"] == row["person_id"])
    writes = world.chance("writes hours", person["name"]).choice(WRITES)
    visits = person["name"] in {persona.name for persona in names.PERSONAS}
    last = world.calendar.day.replace(day=1)
    months = list(_months(date.fromisoformat(row["starts_on"]), _until(world, row)))
    for first, after in months:
        if visits and after == last:
            continue
        if visits or chance.happens(writes):
            used = _quarters(row["hours_agreed"] + chance.choice((-0.5, -0.25, 0, 0, 0, 0.25, 0.5)))
            noted = min(end_of_work(after + timedelta(days=chance.randint(0, 4))), _yesterday(world))
            world.tables["hours_log"].append(
                {
                    "placement_id": row["id"],
                    "month": f"{first:%Y-%m}",
                    "hours": used,
                    "noted_by": row["person_id"],
                    "noted_at": stamp(noted),
                }
            )


def _months(starts: date, until: date) -> Iterator[tuple[date, date]]:
    """Months with school from the first whole week on: their first day and that of the next month."""
    first = starts.replace(day=1)
    while first <= until:
        after = (first + timedelta(days=31)).replace(day=1)
        monday = max(first, starts)
        monday += timedelta(days=-monday.weekday() % 7)
        if first.month in WITH_SCHOOL and monday <= min(after - timedelta(days=1), until):
            yield first, after
        first = after


def _until(world: World, row: Row) -> date:
    over = world.calendar.day.replace(day=1) - timedelta(days=1)
    return min(over, date.fromisoformat(row["ends_on"])) if row["ends_on"] else over


def _yesterday(world: World) -> datetime:
    return end_of_work(workday(world.calendar.yesterday))


def _add_changes(world: World, chance: Chance, row: Row) -> None:
    """What the lead changed: how it began, hours during the year, and how it ended."""
    lead = world.person(names.LEAD.name)
    starts, ends = date.fromisoformat(row["starts_on"]), row["ends_on"]
    changes = list[tuple[date, str, str | None, str | None]]()
    if row["status"] in {"active", "ended", "paused"} and row["person_id"]:
        changes.append((starts, "status", "agreed", "active"))
        if row["end_reason"] and row["end_reason"] != "end_of_school_year":
            day = date.fromisoformat(ends)
            changes += [(day, "status", "active", "ended"), (day, "ends_on", None, ends)]
            changes.append((day, "end_reason", None, row["end_reason"]))
        middle = starts + timedelta(days=chance.randint(60, 110))
        if chance.happens(CHANGED) and middle < min(
            _until(world, row), days_of_school_year(row["school_year"])[1]
        ):
            earlier = str(_quarters(row["hours_agreed"] - 0.5))
            changes.append((middle, "hours_agreed", earlier, str(row["hours_agreed"])))
        if row["status"] == "paused":
            changes.append((world.calendar.day - timedelta(days=9), "status", "active", "paused"))
    if row["status"] == "click_conversation":
        changes.append(
            (world.calendar.day - timedelta(days=3), "status", "vacant_funded", "click_conversation")
        )
    row["revision"] = 1 + len(changes)
    for day, field, before, after in sorted(changes, key=lambda one: one[0]):
        at = midnight(workday(min(day, world.calendar.yesterday))) + timedelta(hours=9)
        told = {"id": chance.key(at), "placement_id": row["id"], "at": stamp(at), "changed_by": lead}
        world.tables["placement_change"].append({**told, "field": field, "before": before, "after": after})
