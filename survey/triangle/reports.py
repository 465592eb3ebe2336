"""The three sides of a placement, each asked of its own room under its own rule; nothing is joined."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from survey.access.permissions import Role, Scope
from survey.assignment import reports as assignments
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import Outcome as Outcome
from survey.placement import reports as placements
from survey.placement.reports import Hours, Placement
from survey.questionnaire.catalog import Catalog
from survey.reflection import reports as reflections
from survey.reflection.reports import Growth as Growth

if TYPE_CHECKING:
    from analysis.texts import Texts


class Sides(Struct, frozen=True):
    """A placement of the reader with its hours and roles, what was released, and own growth."""

    placement: Placement
    hours: Hours | None
    roles: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    growths: tuple[Growth, ...]


def sides(
    engine: Engine, scope: Scope, placement_id: str, at: datetime, *, catalog: Catalog, texts: Texts
) -> Sides | None:
    """The sides of a placement of the reader; None for one of anybody else.

    Whoever holds more roles reads it as a coach: only what is about themselves.
    """
    coach = Scope(scope.person_id, scope.name, frozenset({Role.COACH}), scope.language)
    one = placements.one(engine, coach, placement_id)
    if one is None or one.person_id != coach.person_id:
        return None
    return Sides(
        one,
        placements.hours(engine, coach, placement_id),
        _roles(engine, coach, one, catalog, texts),
        evaluation.outcomes(engine, coach, one.school_year, catalog=catalog, texts=texts),
        tuple(reflections.growths(engine, coach, at, catalog=catalog, texts=texts)),
    )


def _roles(engine: Engine, coach: Scope, one: Placement, catalog: Catalog, texts: Texts) -> tuple[str, ...]:
    """The names of the roles the coach has at this school in this school year."""
    held = {
        role
        for each in assignments.of(engine, coach, one.school_year)
        if each.school_id == one.school_id
        for role in each.roles
    }
    profiles = assignments.profiles(engine, coach, coach.person_id, catalog)
    return tuple(
        dict.fromkeys(
            role.label[texts.locale] for profile in profiles for role in profile.roles if role.key in held
        )
    )
