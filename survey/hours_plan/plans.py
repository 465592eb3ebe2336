"""A plan as it stands; touches nothing."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from survey.hours_plan.dividing import Held, Place, left


class Line(Struct, frozen=True):
    """A coach at a school in a plan, or nobody yet; with the roles and the quarters of an hour a week."""

    id: str
    school_id: str
    school: str
    place: str
    person_id: str | None
    coach: str | None
    quarters: int
    roles: frozenset[str]

    @property
    def where(self) -> Place:
        """What tells it apart in a plan."""
        return Place(self.school_id, self.person_id)


class Plan(Struct, frozen=True, dict=True):
    """Hours and coaches over schools in a school year, within a budget in quarters of an hour a week."""

    id: str
    name: str
    school_year: str
    budget: int
    made_at: str
    revision: int
    adopted_at: str | None
    lines: tuple[Line, ...]

    @cached_property
    def held(self) -> Held:
        """The quarters in each place."""
        return {line.where: line.quarters for line in self.lines}

    @property
    def left(self) -> int:
        """The quarters that are still to be divided."""
        return left(self.budget, self.held)

    @property
    def divided(self) -> int:
        """The quarters that places have."""
        return self.budget - self.left

    @cached_property
    def by_id(self) -> Mapping[str, Line]:
        """The places by their id."""
        return {line.id: line for line in self.lines}


class Summary(Struct, frozen=True):
    """A plan in a list."""

    id: str
    name: str
    school_year: str
    budget: int
    divided: int
    adopted_at: str | None
