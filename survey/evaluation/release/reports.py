"""Releases for who may read them: the lead whole ones, a coach the programme and what the own is part of."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from survey.access.permissions import Permission, Scope
from survey.clock import moment
from survey.database import Engine, Row
from survey.evaluation import store as windows
from survey.evaluation.release import content, store
from survey.evaluation.release.content import Cell, Content, Group, Number
from survey.notice import reports as notices


class Told(Struct, frozen=True):
    """A group as it is read: the programme, a cluster, a coach, or others of such a level together.

    `together` is of how many clusters or coaches a rest holds the answers; 1 for any other group.
    """

    key: str
    parent: str | None
    level: str
    label: str
    person_id: str | None
    is_rest: bool
    together: int
    replied: Number
    invited: Number


class Release(Struct, frozen=True):
    """One form of one window as this reader may see it; without groups nothing can be said.

    `homes` says of each coach by person in which group their answers are told.
    """

    window_id: str
    school_year: str
    form: str
    version: str
    released_at: datetime
    k: int
    items: tuple[str, ...]
    groups: tuple[Told, ...]
    cells: Mapping[tuple[str, str], Cell]
    homes: Mapping[str, str]

    def cell(self, group: str, item: str) -> Cell:
        """What is told of an item in a group."""
        return self.cells[group, item]

    @property
    def programme(self) -> Told | None:
        """The group of everybody; None where nothing can be said."""
        return self.groups[0] if self.groups else None

    def group_of(self, person_id: str) -> Told | None:
        """The smallest group that holds the answers about a coach; None for who is not in it."""
        return next((group for group in self.groups if group.key == self.homes.get(person_id)), None)


def release(engine: Engine, scope: Scope, window_id: str, form: str) -> Release | None:
    """What was released of a form of a window, as far as this reader may see it."""
    row = store.find(engine, window_id, form, scope=scope)
    return _release(engine, scope, row) if row else None


def released(engine: Engine, scope: Scope, form: str | None = None) -> list[Release]:
    """Every release of a form, or of all forms, newest window first."""
    return [_release(engine, scope, row) for row in store.every(engine, form, scope=scope)]


def unseen(engine: Engine, scope: Scope) -> list[Release]:
    """The releases that hold answers about this coach and were not seen yet."""
    waits = notices.on_screen(engine, scope)
    return [one for one in released(engine, scope) if (one.window_id, one.form) in waits] if waits else []


def published_lines(engine: Engine, scope: Scope, window_id: str, form: str) -> tuple[str, ...] | None:
    """The lines in own words that were published of a form; None before, and for who may not read them."""
    row = store.published_lines(engine, window_id, form, scope=scope)
    return tuple(json.loads(row["content"])) if row else None


def _release(engine: Engine, scope: Scope, row: Row) -> Release:
    whole = content.from_json(row["content"])
    nodes = {node["id"]: node for node in windows.nodes(engine, row["window_id"])}
    homes = {node["person_id"]: _home(key, nodes, whole) for key, node in nodes.items() if node["person_id"]}
    groups = [_told(group, nodes) for group in whole.groups]
    if not scope.can(Permission.RUN_EVALUATION):
        homes = {person: key for person, key in homes.items() if person == scope.person_id}
        seen = _above(homes.get(scope.person_id), whole) | {whole.groups[0].key if whole.groups else None}
        groups = [group for group in groups if group.key in seen]
    groups = _down(groups, None)
    kept = {group.key for group in groups}
    return Release(
        window_id=row["window_id"],
        school_year=row["school_year"],
        form=row["form"],
        version=row["version"],
        released_at=moment(row["released_at"]),
        k=whole.k,
        items=whole.items,
        groups=tuple(groups),
        cells={(cell.group, cell.item): cell for cell in whole.cells if cell.group in kept},
        homes={person: key for person, key in homes.items() if key},
    )


def _down(groups: Iterable[Told], parent: str | None) -> list[Told]:
    """Each group followed by those in it, by name, others together last."""
    groups = list(groups)
    here = sorted((one for one in groups if one.parent == parent), key=lambda one: (one.is_rest, one.label))
    return [found for one in here for found in (one, *_down(groups, one.key))]


def _home(node: str | None, nodes: Mapping[str, Row], whole: Content) -> str | None:
    """The group in which the answers about a node are told."""
    found = {key: group.key for group in whole.groups for key in (group.key, *group.nodes)}
    while node is not None and node not in found:
        node = nodes[node]["parent_id"]
    return found.get(node) if node else None


def _above(key: str | None, whole: Content) -> set[str | None]:
    parents = {group.key: group.parent for group in whole.groups}
    seen: set[str | None] = set()
    while key is not None:
        seen.add(key)
        key = parents[key]
    return seen


def _told(group: Group, nodes: Mapping[str, Row]) -> Told:
    is_rest = group.key not in nodes
    node = nodes[group.nodes[0] if is_rest else group.key]
    return Told(
        key=group.key,
        parent=group.parent,
        level=node["level"],
        label="" if is_rest else node["label"],
        person_id=None if is_rest else node["person_id"],
        is_rest=is_rest,
        together=len(group.nodes) if is_rest else 1,
        replied=group.replied,
        invited=group.invited,
    )
