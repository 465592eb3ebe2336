"""Two leads who move the same thing: the second one sees what the first did, and loses nothing."""

import re
from collections.abc import Callable

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient, parsed, words
from tests.conftest import START, Member, Signed
from tests.survey.rhythm.planning import made, sent, text_of

MEETING = {"first": "2026-09-30", "title": "Trainingsdag 1", "starts": "09:30", "ends": "12:30"}
ROUND = {"first": "2026-09-16", "last": "2026-10-06"}
Find = Callable[[str], str]


@pytest.fixture
def other(engine: SqliteEngine, lead: HouseClient, as_: Signed) -> HouseClient:
    """Another lead, Mara."""
    roles = (Role.LEAD,)
    key = people.add_person(engine, name="Mara", email="mara@example.org", roles=roles, by=None, at=START)
    return as_(Member(key, "Mara", "mara@example.org"))


@pytest.fixture
def find(lead: HouseClient, address: str, plan: None) -> Find:
    """A plan was made; gives the address of the first thing of that name in it."""

    def first(name: str) -> str:
        found = re.search(rf'href="([^"]+)" aria-label="Wijzig {name}', text_of(lead, address))
        assert found
        return found[1]

    return first


@pytest.mark.parametrize(
    ("name", "one", "two", "stands"),
    [
        ("Meetronde", ROUND, {"first": "2026-09-17"}, "16 september 2026 – 6 oktober 2026"),
        ("Trainingsdag", MEETING, {"first": "2026-10-01"}, "Trainingsdag 1, 30 september 2026, 9.30–12.30"),
    ],
)
def test_the_second_lead_is_told_who_moved_it_and_keeps_what_was_typed(
    lead: HouseClient, other: HouseClient, find: Find, name: str, one: dict[str, str], two: dict[str, str],
    stands: str,
) -> None:  # fmt: skip
    where = find(name)
    page = text_of(lead, where)
    assert other.post(where, data=sent(text_of(other, where), **one)).status_code == 303
    reply = lead.post(where, data=sent(page, **two))
    assert reply.status_code == 409
    said = words(parsed(reply.text))
    assert f"Mara maakte ervan: {stands}." in said
    assert sent(reply.text)["first"] == two["first"]
    assert lead.post(where, data=sent(reply.text)).status_code == 303
    assert sent(text_of(lead, where))["first"] == two["first"]


def test_nothing_is_stored_before_the_second_lead_agrees(
    engine: SqliteEngine, lead: HouseClient, other: HouseClient, find: Find
) -> None:
    where = find("Meetronde")
    page = text_of(lead, where)
    other.post(where, data=sent(text_of(other, where), **ROUND))
    before = made(engine)
    lead.post(where, data=sent(page, first="2026-09-17"))
    assert made(engine) == before


def test_a_mistake_does_not_hide_that_it_was_moved(lead: HouseClient, other: HouseClient, find: Find) -> None:
    where = find("Meetronde")
    wrong = lead.post(where, data=sent(text_of(lead, where), first=""))
    assert wrong.status_code == 422
    other.post(where, data=sent(text_of(other, where), **ROUND))
    assert lead.post(where, data=sent(wrong.text, first="2026-09-17")).status_code == 409
    again = lead.post(where, data=sent(wrong.text, first=""))
    assert again.status_code == 422
    assert lead.post(where, data=sent(again.text, first="2026-09-17")).status_code == 409
