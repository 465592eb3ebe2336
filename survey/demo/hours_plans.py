"""Two plans of Veenrand for the next school year, to lay beside each other; one is not finished."""

from datetime import timedelta
from typing import Final

from survey.clock import stamp
from survey.database import Row
from survey.demo import names
from survey.demo.calendar import end_of_work, workday
from survey.demo.world import World

QUARTERS: Final = 4
ROOM: Final = 14 * QUARTERS  # of the budget that no place has yet
SAME, OTHERWISE = "Zoals dit jaar", "Meer naar Praamerveen"
MOVED: Final = 2  # quarters that go from a large place to one in the other municipality
TO: Final = "Praamerveen"


def add(world: World) -> None:
    """Rows of a plan as this year, and of one in which hours move to another municipality."""
    running = [
        row
        for row in world.tables["placement"]
        if row["school_year"] == world.calendar.years[-1]
        and row["status"] in {"active", "paused", "vacant_funded", "click_conversation"}
        and row["ends_on"] is None
    ]
    budget = sum(_quarters(row) for row in running) + ROOM
    for number, name in enumerate((SAME, OTHERWISE)):
        _add(world, name, running, budget, days_ago=20 - number * 6)


def _quarters(row: Row) -> int:
    return round((row["hours_agreed"] or 0) * QUARTERS)


def _add(world: World, name: str, running: list[Row], budget: int, *, days_ago: int) -> None:
    made = end_of_work(workday(world.calendar.day - timedelta(days=days_ago)))
    chance, first = world.chance("plan of hours", name), world.calendar.first_year + 1
    plan = {"id": chance.key(made), "name": name, "school_year": f"{first}-{first + 1}", "budget": budget}
    made_by = {"made_by": world.person(names.LEAD.name), "made_at": stamp(made)}
    world.tables["hours_plan"].append({**plan, **made_by, "revision": 1, "adopted_at": None})
    towns = {row["id"]: row["municipality"] for row in world.tables["school"]}
    moved = 0
    for row in sorted(running, key=lambda row: towns[row["school_id"]] == TO):
        quarters = _quarters(row)
        if name == OTHERWISE and towns[row["school_id"]] != TO and quarters > 8 * QUARTERS:
            quarters, moved = quarters - MOVED, moved + MOVED
        elif name == OTHERWISE and towns[row["school_id"]] == TO and moved:
            quarters, moved = quarters + MOVED, moved - MOVED
        _add_line(world, plan["id"], chance.key(made), row, quarters)


def _add_line(world: World, plan_id: object, key: str, row: Row, quarters: int) -> None:
    who = row["person_id"] if row["status"] in {"active", "paused"} else None
    line = {"id": key, "plan_id": plan_id, "school_id": row["school_id"], "person_id": who}
    world.tables["hours_plan_line"].append({**line, "quarters": quarters})
    held = [
        one["id"]
        for one in world.tables["assignment"]
        if (one["person_id"], one["school_id"]) == (who, row["school_id"])
    ]
    newest = max(held, default=None)
    roles = [one["role"] for one in world.tables["assignment_role"] if one["assignment_id"] == newest]
    world.tables["hours_plan_role"] += [{"line_id": key, "role": role} for role in roles]
