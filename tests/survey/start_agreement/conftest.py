"""Ana's place at De Kraanheide with a coach, a lead who keeps the register, and who may not know."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.start_agreement import reports
from survey.start_agreement.agreement import Agreement
from survey.start_agreement.signing import links
from tests.conftest import Member, scope_of
from tests.survey.start_agreement import making


@pytest.fixture
def in_the_app(app: Flask) -> Iterator[None]:
    """For tests of acts: links are made and read inside the application."""
    with app.app_context():
        yield


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


@pytest.fixture
def url(place: str) -> str:
    return f"/inzet/{place}/startafspraak"


def link_to(app: Any, signature_id: str) -> str:
    """The path of the link of a signature."""
    with app.app_context():
        return f"/s/{links.token_of(signature_id)}"


@pytest.fixture
def link(app: Any, engine: SqliteEngine, place: str, lead: Scope) -> str:
    """The link of a director, the only one who signs."""
    with app.app_context():
        (signature,) = making.asked(engine, place, lead, partners=["director"])
    return link_to(app, signature)


def shown_in(page: str) -> str:
    """The mark a form carries of what it showed."""
    return page.split('name="shown" value="')[1].split('"')[0]


@pytest.fixture
def standing(engine: SqliteEngine, place: str, lead: Scope) -> Callable[[], Agreement]:
    """The agreement of Ana's place as it is now."""

    def look() -> Agreement:
        found = reports.of_placement(engine, lead, place)
        assert found is not None
        return found

    return look
