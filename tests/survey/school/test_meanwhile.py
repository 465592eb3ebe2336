"""Two leads at one school: what the other noted meanwhile is not overwritten unseen."""

import re
from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.school.reports import School
from tests.client import HouseClient
from tests.conftest import Dump, Member, Signed

MEANWHILE = "Iemand anders wijzigde dit net"
YEAR = "2025-2026"


@pytest.fixture
def mira(as_: Signed, nobody: Member, engine: SqliteEngine) -> HouseClient:
    """A second lead at her device."""
    engine.run(
        "INSERT INTO role_grant (person_id, role, granted_at) VALUES (:id, 'lead', '2026-01-01')",
        {"id": nobody.id},
    )
    return as_(nobody)


def _mark(page: str) -> str:
    (mark,) = re.findall(r'name="shown" value="(\w+)"', page)
    return str(mark)


def test_pupils_another_lead_noted_meanwhile_stay_until_they_were_seen(
    leas: HouseClient,
    mira: HouseClient,
    add_school: Callable[..., str],
    find: Callable[[str], School],
    dump: Dump,
) -> None:
    address = f"/inzet/scholen/{add_school()}"
    shown = _mark(leas.get(address).text)
    told = {"school_year": YEAR, "weighting": ""}
    noted = mira.post(f"{address}/leerlingen", data={**told, "pupils": "181", "shown": shown})
    assert noted.status_code == 303
    before = dump()
    typed = {**told, "pupils": "118", "shown": shown}
    reply = leas.post(f"{address}/leerlingen", data=typed)
    assert reply.status_code == 409
    for said in (MEANWHILE, 'value="118"', ">181<"):
        assert said in reply.text
    assert dump() == before
    again = {**typed, "shown": _mark(reply.text)}
    assert leas.post(f"{address}/leerlingen", data=again).status_code == 303
    assert [one.pupils for one in find("De Kraanheide").counts] == [118]


def test_a_school_that_closed_meanwhile_keeps_the_day_it_has(
    leas: HouseClient, mira: HouseClient, add_school: Callable[..., str], dump: Dump
) -> None:
    address = f"/inzet/scholen/{add_school()}"
    assert mira.post(f"{address}/sluiten", data={"last_day": "31-7-2026"}).status_code == 303
    before = dump()
    reply = leas.post(f"{address}/sluiten", data={"last_day": "1-3-2026"})
    assert reply.status_code == 409
    assert MEANWHILE in reply.text
    assert "Gesloten op 31 juli 2026" in reply.text
    assert dump() == before
