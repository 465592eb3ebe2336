"""Ana's place at De Kraanheide with a coach, a lead who keeps the register, and who may not know."""

from collections.abc import Callable

import pytest

from survey.access.permissions import Role, Scope
from tests.conftest import Member, scope_of


@pytest.fixture
def place(school_of: Callable[[Member], str], ana: Member) -> str:
    return f"{school_of(ana)}-{ana.id}"


@pytest.fixture
def coach(ana: Member) -> Scope:
    return scope_of(ana)


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture
def stranger(cleo: Member) -> Scope:
    """A coach of another school."""
    return scope_of(cleo)


@pytest.fixture
def trainer(ben: Member) -> Scope:
    return scope_of(ben, Role.TRAINER)
