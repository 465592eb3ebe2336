"""People as the lead sees them, without reflections or cases; and the account someone has."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from msgspec import Struct

from survey.access.permissions import Role, Scope
from survey.clock import day_or_none, moment
from survey.database import Engine, Row
from survey.fingerprint import fingerprint
from survey.people import store
from survey.people.words import EXPERIENCE as EXPERIENCE
from survey.people.words import STATUS as STATUS

WAITS: Final = timedelta(hours=48)  # that another mail address does not count yet


class Listed(NamedTuple):
    """One line of the list."""

    id: str
    name: str
    email: str
    status: str
    roles: list[Role]
    cohorts: list[str]


class Place(NamedTuple):
    """A cohort someone is or was in, from the first day up to the last."""

    cohort_id: str
    cohort: str
    profile: str
    since: date
    until: date | None


class Person(Struct, frozen=True):
    """One person with everything a lead may know and change."""

    id: str
    name: str
    email: str
    status: str
    experience: str | None
    left_at: str | None
    left_because: str | None
    roles: tuple[Role, ...]
    places: tuple[Place, ...]
    trains: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        return self.status != "left"

    @property
    def fingerprint(self) -> str:
        """The mark of what can be changed, as it is now."""
        return fingerprint(self.name, self.email, self.status, self.experience, *self.roles)


class Waiting(NamedTuple):
    """A mail address that waits, and from when it counts."""

    email: str
    counts_at: datetime


class Trainer(NamedTuple):
    """Someone who trains a cohort, or could."""

    id: str
    name: str


class Group(Struct, frozen=True):
    """A cohort as the lead keeps it."""

    id: str
    name: str
    profile: str
    started_on: date
    coaches: int
    trainers: tuple[Trainer, ...]


class Own(NamedTuple):
    """The account of the reader."""

    name: str
    email: str
    research_since: str | None


def people(engine: Engine, scope: Scope, words: Collection[str] = ()) -> list[Listed]:
    """Everyone with all of these words in name or mail address, in the order of the page."""
    looked_for = [word.casefold() for word in words]
    roles = _by_person(store.roles(engine, scope), "role")
    cohorts = _by_person(store.cohort_names(engine, scope), "name")
    return [
        Listed(
            row["id"],
            row["name"],
            row["email"],
            row["status"],
            [role for role in Role if role in roles[row["id"]]],
            cohorts[row["id"]],
        )
        for row in store.people(engine, scope)
        if all(word in f"{row['name']} {row['email']}".casefold() for word in looked_for)
    ]


def person(engine: Engine, person_id: str, scope: Scope) -> Person | None:
    """One person, here or left, if the scope may know."""
    row = store.person(engine, person_id, scope)
    if row is None:
        return None
    held = store.roles_of(engine, person_id, scope)
    return Person(
        row["id"],
        row["name"],
        row["email"],
        row["status"],
        row["experience"],
        row["left_at"],
        row["left_because"],
        tuple(role for role in Role if role in held),
        tuple(_place(place) for place in store.places(engine, person_id, scope)),
        tuple(one.name for one in groups(engine, scope) if person_id in {each.id for each in one.trainers}),
    )


def waiting_address(engine: Engine, person_id: str, scope: Scope) -> Waiting | None:
    """The address that waits for someone, if the scope may know."""
    row = store.address_that_waits(engine, person_id, scope)
    return Waiting(row["email"], moment(row["asked_at"]) + WAITS) if row else None


def groups(engine: Engine, scope: Scope) -> list[Group]:
    """Every cohort with its trainers, the newest first."""
    sizes = {row["cohort_id"]: row["coaches"] for row in store.sizes(engine, scope)}
    trainers: defaultdict[str, list[Trainer]] = defaultdict(list)
    for row in store.trainers(engine, scope):
        trainers[row["cohort_id"]].append(Trainer(row["id"], row["name"]))
    return [
        Group(
            row["id"],
            row["name"],
            row["profile"],
            date.fromisoformat(row["started_on"]),
            sizes.get(row["id"], 0),
            tuple(trainers[row["id"]]),
        )
        for row in store.cohorts(engine)
    ]


def could_train(engine: Engine, scope: Scope) -> list[Trainer]:
    """Everyone who can be made trainer of a cohort, by name."""
    return [Trainer(row["id"], row["name"]) for row in store.could_train(engine, scope)]


def cohort_choices(engine: Engine) -> dict[str, str]:
    """Cohorts someone can be added to: id and name."""
    return {row["id"]: row["name"] for row in store.cohorts(engine)}


def cohort_starts(engine: Engine) -> dict[str, date]:
    """The first day of each cohort, by id."""
    return {row["id"]: date.fromisoformat(row["started_on"]) for row in store.cohorts(engine)}


def own(engine: Engine, scope: Scope) -> Own | None:
    """What is noted about the reader."""
    row = store.own(engine, scope=scope)
    return Own(row["name"], row["email"], row["research_since"]) if row else None


def _place(row: Row) -> Place:
    since, until = date.fromisoformat(row["since"]), day_or_none(row["until"])
    return Place(row["id"], row["name"], row["profile"], since, until)


def _by_person(rows: Iterable[Row], column: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row[column])
    return found
