"""Signing on the page is asked once; a signed advice can be read and taken along, and no more."""

import pytest

from survey.access.permissions import Scope
from survey.advice import actions
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.survey.advice.conftest import JUNE, ON, Read, texts


def test_it_says_what_stands_in_the_way(engine: SqliteEngine, lea_at: HouseClient, written: str) -> None:
    engine.run("UPDATE placement SET hours_agreed = 3.5")
    page = lea_at.get(f"/advies/{written}/ondertekenen").text
    assert "Kies wat u voorstelt, met de reden." in page
    assert "zeggen niet meer wat er nu bekend is" in page
    assert lea_at.post(f"/advies/{written}/ondertekenen").status_code == 409


def test_a_lead_signs_what_was_read(
    engine: SqliteEngine, lead: Scope, lea_at: HouseClient, written: str, read: Read
) -> None:
    actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
    shown = read(written).revision
    assert f'value="{shown}"' in lea_at.get(f"/advies/{written}/ondertekenen").text
    assert lea_at.post(f"/advies/{written}/ondertekenen", data={"shown": "0"}).status_code == 409
    assert lea_at.post(f"/advies/{written}/ondertekenen", data={}).status_code == 409
    reply = lea_at.post(f"/advies/{written}/ondertekenen", data={"shown": str(shown)})
    assert reply.status_code == 303
    page = lea_at.get(reply.location).text
    assert "Ondertekend door Lea op 9 juni 2026" in texts(page)
    assert "Tekst wijzigen" not in page


@pytest.mark.parametrize("part", ["tekst", "keuze", "ondertekenen"])
def test_pages_to_change_a_signed_advice_are_not_there(lea_at: HouseClient, signed: str, part: str) -> None:
    assert lea_at.get(f"/advies/{signed}/{part}").status_code == 404
    assert lea_at.post(f"/advies/{signed}/bijwerken").status_code == 404


def test_signing_twice_leads_to_the_signed_one(lea_at: HouseClient, signed: str) -> None:
    reply = lea_at.post(f"/advies/{signed}/ondertekenen", data={"shown": "1"})
    assert (reply.status_code, reply.location) == (303, f"/advies/{signed}")
