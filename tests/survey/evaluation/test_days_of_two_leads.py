"""Two leads who give a window other days: the second one sees what the first did, and loses nothing."""

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Dump, Member, Signed


def sent(page: str, **changes: str) -> dict[str, str]:
    """What the form sends as it stands, with changes."""
    names = {"opens", "closes", "seen"}
    held = {one.get("name"): one.get("value", "") for one in every(parsed(page), "input")}
    return {name: held[name] for name in held if name in names} | changes


@pytest.fixture
def other(engine: SqliteEngine, as_: Signed) -> HouseClient:
    roles = (Role.LEAD,)
    key = people.add_person(engine, name="Mara", email="mara@example.org", roles=roles, by=None, at=START)
    return as_(Member(key, "Mara", "mara@example.org"))


def test_the_second_lead_is_told_and_keeps_what_was_typed(
    lea_at: HouseClient, other: HouseClient, planned: str, dump: Dump
) -> None:
    where = f"/evaluatie/{planned}/dagen"
    page = lea_at.get(where).text
    wrong = lea_at.post(where, data=sent(page, closes=""))
    assert wrong.status_code == 422
    assert other.post(where, data=sent(other.get(where).text, closes="2026-02-20")).status_code == 303
    before = dump()
    reply = lea_at.post(where, data=sent(wrong.text, closes="2026-02-25"))
    assert reply.status_code == 409
    assert "Iemand anders maakte ervan: 27 januari 2026 – 20 februari 2026." in words(parsed(reply.text))
    assert dump() == before
    again = sent(reply.text)
    assert again["closes"] == "2026-02-25"
    assert lea_at.post(where, data=again).status_code == 303
    assert "25 februari 2026" in lea_at.get(f"/evaluatie/{planned}").text
