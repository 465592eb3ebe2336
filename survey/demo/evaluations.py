"""Windows of the evaluation in Veenrand, two counted and one planned: their trees and who was asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from survey.clock import days_of_school_year, stamp
from survey.database import Row
from survey.demo import names
from survey.demo.calendar import end_of_work, midnight, workday
from survey.demo.chance import Chance
from survey.demo.schools import staff
from survey.demo.world import World
from survey.evaluation.reports import FORMS, laid

OPENS: Final = (5, 11)  # month and day
LASTS: Final = timedelta(weeks=3)
AHEAD: Final = timedelta(weeks=2)  # of today, where the planned window would have begun
PROGRAMME: Final = "Programma"
TEACHERS: Final = (4, 8)
PARENTS: Final = (7, 11)
WORKED: Final = frozenset({"active", "paused", "ended"})


class Window(Struct, frozen=True):
    """A window with the node of each coach in it, and where they worked."""

    id: str
    school_year: str
    opens: date
    top: str
    nodes: Mapping[str, str]
    coaches_at: Mapping[str, Sequence[str]]

    @property
    def closes(self) -> date:
        """The first day on which nobody can answer any more."""
        return self.opens + LASTS

    @property
    def counted_at(self) -> datetime:
        """The moment of counting: the first tick after closing."""
        return midnight(self.closes) + timedelta(minutes=5)


def add(world: World) -> list[Window]:
    """Rows of windows, trees and invitations; the windows that were held, the oldest first."""
    held = []
    for year in world.calendar.years:
        is_planned = year == world.calendar.years[-1]
        chance = world.chance("evaluation", year)
        opens = _monday(date(int(year[5:]), *OPENS))
        if is_planned:
            opens = max(opens, _monday(world.calendar.day + AHEAD))
        window = _window(world, chance, year, opens, is_planned=is_planned)
        if not is_planned:
            _invite(world, chance, window)
            held.append(window)
    return held


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _window(world: World, chance: Chance, year: str, opens: date, *, is_planned: bool) -> Window:
    made = end_of_work(workday(min(opens - timedelta(days=40), world.calendar.day - timedelta(days=8))))
    first, last = days_of_school_year(year)
    at = {} if is_planned else {"laid_at": stamp(midnight(opens)), "opened_at": stamp(midnight(opens))}
    key = chance.key(made)
    days = (first, min(last, opens) if not is_planned else min(last, world.calendar.day))
    worked = [row for row in world.tables["placement"] if _worked(row, *days)]
    nodes = _lay(world, chance, key, made, worked, opens)
    coaches_at = defaultdict[str, list[str]](list)
    for row in worked:
        if row["person_id"] in nodes and row["person_id"] not in coaches_at[row["school_id"]]:
            coaches_at[row["school_id"]].append(row["person_id"])
    top = next(row["id"] for row in world.tables["evaluation_node"] if row["window_id"] == key)
    window = Window(key, year, opens, str(top), nodes, coaches_at)
    world.tables["evaluation_window"].append(
        {
            "id": key,
            "school_year": year,
            "opens_at": stamp(midnight(opens)),
            "closes_at": stamp(midnight(window.closes)),
            "made_by": world.person(names.LEAD.name),
            "made_at": stamp(made),
            "laid_at": at.get("laid_at"),
            "opened_at": at.get("opened_at"),
            "counted_at": None if is_planned else stamp(window.counted_at),
            "seal": None,
        }
    )
    if not is_planned:
        world.tables["evaluation_form"] += [
            {"window_id": key, "form": form, "version": world.catalog.versions(form)[-1]} for form in FORMS
        ]
    return window


def _worked(row: Row, since: date, until: date) -> bool:
    ends = row["ends_on"] or "9999"
    is_filled = row["person_id"] is not None and row["status"] in WORKED
    return is_filled and row["starts_on"] <= until.isoformat() and ends >= since.isoformat()


def _lay(
    world: World, chance: Chance, window_id: str, at: datetime, worked: Iterable[Row], opens: date
) -> dict[str, str]:
    """Rows of the tree; the node of each coach who had not left by then, by person."""
    people = {row["id"]: row for row in world.tables["person"]}
    towns = {row["id"]: row["municipality"] for row in world.tables["school"]}
    places = [
        {
            "person_id": row["person_id"],
            "name": people[row["person_id"]]["name"],
            "municipality": towns[row["school_id"]],
            "hours": row["hours_agreed"],
        }
        for row in worked
        if (people[row["person_id"]]["left_at"] or "9999") > opens.isoformat()
    ]
    leaves = laid(places, {})
    top, found = chance.key(at), dict[str, str]()
    clusters = {name: chance.key(at) for name in dict.fromkeys(leaf.cluster for leaf in leaves)}
    rows = [_node(window_id, top, None, "programme", PROGRAMME)]
    rows += [_node(window_id, key, top, "cluster", name) for name, key in clusters.items()]
    for leaf in leaves:
        found[leaf.person_id] = chance.key(at)
        node = _node(window_id, found[leaf.person_id], clusters[leaf.cluster], "coach", leaf.name)
        rows.append(node | {"person_id": leaf.person_id})
    world.tables["evaluation_node"] += rows
    return found


def _node(window_id: str, key: str, parent: str | None, level: str, label: str) -> Row:
    node = {"id": key, "window_id": window_id, "parent_id": parent, "level": level}
    return {**node, "label": label, "person_id": None}


def _invite(world: World, chance: Chance, window: Window) -> None:
    """At every school teachers and parents, and with their names the director and the internal supervisor."""
    for school_id, coaches in window.coaches_at.items():
        about = [window.nodes[coach] for coach in coaches]
        who = staff(world, school_id)
        for form, many in (("evaluation-teacher", TEACHERS), ("evaluation-parent", PARENTS)):
            way = "card" if form == "evaluation-parent" or chance.happens(0.3) else "mail"
            for _ in range(chance.randint(*many)):
                _add(world, chance, window, form, about, school_id=school_id, way=way)
        for respondent in ("ib", "director"):
            code = chance.unknown_hash()
            _add(
                world,
                chance,
                window,
                f"evaluation-{respondent}-named",
                about,
                school_id=school_id,
                code=code,
                name=who[respondent],
            )
            _add(world, chance, window, f"evaluation-{respondent}-programme", [window.top], code=code)


def _add(
    world: World,
    chance: Chance,
    window: Window,
    form: str,
    about: Iterable[str],
    *,
    school_id: str | None = None,
    way: str = "mail",
    code: str | None = None,
    name: str | None = None,
) -> None:
    key = f"{chance.getrandbits(128):032x}"
    reminded = way == "mail" and chance.happens(0.5)
    world.tables["evaluation_invitation"].append(
        {
            "id": key,
            "window_id": window.id,
            "form": form,
            "school_id": school_id,
            "way": way,
            "token_hash": chance.unknown_hash(),
            "person_code": code or chance.unknown_hash(),
            "name": name,
            "address": None,
            "asked_at": stamp(midnight(window.opens)),
            "reminded_at": stamp(midnight(window.closes - timedelta(days=7))) if reminded else None,
            "follows": None,
        }
    )
    world.tables["evaluation_about"] += [
        {"invitation_id": key, "node_id": node, "answered": 0} for node in about
    ]


def invitations(world: World, window: Window) -> Iterator[tuple[Row, list[Row]]]:
    """Each invitation of a window with what it asks about."""
    about = defaultdict[str, list[Row]](list)
    for row in world.tables["evaluation_about"]:
        about[row["invitation_id"]].append(row)
    for row in world.tables["evaluation_invitation"]:
        if row["window_id"] == window.id:
            yield row, about[row["id"]]
