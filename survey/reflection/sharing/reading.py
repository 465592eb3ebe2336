"""Who shares growth with whom today: the one place that decides what a trainer may see of one coach."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from survey.access.permissions import Role, Scope
from survey.clock import local_day
from survey.database import Engine
from survey.reflection.sharing import store


class Trainer(Struct, frozen=True):
    """A trainer of this coach, and whether they may see the growth of this coach."""

    id: str
    name: str
    sees: bool


class Sharer(Struct, frozen=True):
    """A coach who lets this trainer see their growth, on the profiles they are trained on."""

    id: str
    name: str
    profiles: frozenset[str]

    @property
    def scope(self) -> Scope:
        """To read what this coach shows."""
        return Scope(self.id, self.name, frozenset({Role.COACH}))


def trainers(engine: Engine, *, scope: Scope, at: datetime) -> list[Trainer]:
    """Who trains this coach today, by name."""
    rows = store.trainers(engine, scope=scope, day=local_day(at).isoformat())
    return [Trainer(row["id"], row["name"], bool(row["shared"])) for row in rows]


def sharers(engine: Engine, *, scope: Scope, at: datetime) -> list[Sharer]:
    """Who lets this trainer see their growth today, by name."""
    return [*_sharers(engine, scope, at)]


def sharer(engine: Engine, coach_id: str, *, scope: Scope, at: datetime) -> Sharer | None:
    """One of them; None for anyone who shares nothing with this trainer."""
    return next((one for one in _sharers(engine, scope, at) if one.id == coach_id), None)


def _sharers(engine: Engine, scope: Scope, at: datetime) -> Iterator[Sharer]:
    rows = store.shared_with(engine, scope=scope, day=local_day(at).isoformat())
    for (key, name), found in groupby(rows, key=lambda row: (row["id"], row["name"])):
        yield Sharer(key, name, frozenset(row["profile"] for row in found))
