"""The language of the screens: chosen on a device, kept with the person."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member, Signed


def test_the_language_stays_on_the_device_and_follows_the_person(
    as_: Signed, client: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    offered = '<button name="language" value="en" lang="en">English</button>'
    assert offered in client.get("/inloggen").get_data(as_text=True)
    assert client.post("/taal", data={"language": "en", "next": "/inloggen"}).location == "/inloggen"
    assert '<html lang="en">' in client.get("/inloggen").get_data(as_text=True)
    as_(ana).post("/taal", data={"language": "en"})
    assert engine.rows("SELECT language FROM person") == [{"language": "en"}]


@pytest.mark.parametrize("language", ["", "xx", "NL", "nl,en"])
def test_a_language_the_screens_do_not_have_is_refused(
    language: str, as_: Signed, ana: Member, dump: Callable[[], object]
) -> None:
    client = as_(ana)
    before = dump()
    assert client.post("/taal", data={"language": language}).status_code == 400
    assert dump() == before


def test_the_language_switch_leads_nowhere_else(client: HouseClient) -> None:
    assert client.post("/taal", data={"language": "nl", "next": "//elders.example"}).location == "/"
