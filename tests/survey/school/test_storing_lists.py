"""A list of schools is stored as it was looked at: all of it or nothing."""

from collections.abc import Callable

import pytest

from survey.access import audit
from tests.client import HouseClient
from tests.conftest import Dump
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import ADDRESS, counted, fields, look


def test_what_changed_meanwhile_is_shown_before_it_is_stored(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump
) -> None:
    page = look(leas, OFFICIAL).text
    add_school(brin="12AB", branch="00", board="Turfstreek")
    before = dump()
    reply = leas.post(ADDRESS, data={**fields(page), "meedoen": "alle"})
    assert reply.status_code == 409
    assert "Intussen wijzigde iemand anders iets" in reply.text
    assert counted(reply.text)[:4] == ["1", "1", "0", "0"]
    assert dump() == before
    assert leas.post(ADDRESS, data={**fields(reply.text), "meedoen": "alle"}).status_code == 303


def test_lines_that_nobody_looked_at_are_shown_first(leas: HouseClient, dump: Dump) -> None:
    sent = {**fields(look(leas, OFFICIAL).text), "meedoen": "alle"}
    sent["regels"] = sent["regels"].replace("De Kraanheide", "De Kraanheuvel")
    before = dump()
    assert leas.post(ADDRESS, data=sent).status_code == 409
    assert dump() == before


def test_when_storing_fails_half_way_nothing_is_stored(
    leas: HouseClient, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = look(leas, OFFICIAL).text

    def full(*_: object, **__: object) -> None:
        raise OSError("no room")

    before = dump()
    monkeypatch.setattr(audit, "note", full)
    assert leas.post(ADDRESS, data={**fields(page), "meedoen": "alle"}).status_code == 500
    assert dump() == before
