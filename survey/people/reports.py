"""The list of people, as the programme lead sees it: nothing about reflections or cases."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from survey.access.permissions import Role, Scope
from survey.database import Engine, Row
from survey.people import store


class Listed(NamedTuple):
    """One line of the list."""

    id: str
    name: str
    email: str
    status: str
    roles: list[Role]
    cohorts: list[str]


def people(engine: Engine, scope: Scope) -> list[Listed]:
    """Everyone, in the order of the page."""
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
    ]


def name_of(engine: Engine, person_id: str, scope: Scope) -> str | None:
    """The name of someone who is here, if the scope may know."""
    row = store.person(engine, person_id, scope)
    return row["name"] if row else None


def cohort_choices(engine: Engine) -> dict[str, str]:
    """Cohorts someone can be added to: id and name."""
    return {row["id"]: row["name"] for row in store.cohorts(engine)}


def _by_person(rows: Iterable[Row], column: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row[column])
    return found
