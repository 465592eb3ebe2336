"""The page with what was posted too late: it goes when the device is given out of hands."""

from collections.abc import Callable

from tests.client import HouseClient, every, parsed
from tests.conftest import Member

As = Callable[[Member], HouseClient]
OURS = {"Sec-Fetch-Site": "same-origin"}


def scripts(page: str) -> list[str]:
    return [str(one.get("src")).partition("?")[0] for one in every(parsed(page), "script")]


def test_what_a_coach_sees_again_listens_to_the_lock(as_: As, ana: Member, client: HouseClient) -> None:
    late = client.post("/trajecten/nieuw", data={"theme": "learning"}, headers=OURS)
    assert late.status_code == 401
    assert "Uw antwoorden staan nog hier" in late.text
    assert "/static/lock.js" in scripts(late.text)
    coach = as_(ana)
    coach.application.config["WTF_CSRF_ENABLED"] = True
    stale = coach.post("/trajecten/nieuw", data={"theme": "learning", "csrf_token": "old"}, headers=OURS)
    assert stale.status_code == 400
    assert "/static/lock.js" in scripts(stale.text)
