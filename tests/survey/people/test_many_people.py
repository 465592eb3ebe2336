"""A long list of people: a page at a time, and found by name or mail address."""

import re
from html import unescape

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient


@pytest.fixture
def many(engine: SqliteEngine) -> None:
    rows = [
        {"id": f"p{n:03}", "name": f"Élan {n:03}", "email": f"p{n:03}@example.org", "status": "active"}
        for n in range(150)
    ]
    engine.insert("person", [row | {"created_at": "2026-01-01T00:00:00+00:00"} for row in rows])


def names(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'scope="row"><a href="/mensen/[^"]+">([^<]+)</a>', page)]


def test_everyone_stands_on_one_page_and_on_one_only(leas: HouseClient, many: None) -> None:
    pages = [leas.get(f"/mensen?blad={number}").text for number in (1, 2)]
    assert [len(names(page)) for page in pages] == [100, 51]
    assert len({name for page in pages for name in names(page)}) == 151
    assert "blad 1 van 2" in pages[0]
    assert '/mensen?blad=2" rel="next"' in pages[0]


@pytest.mark.parametrize("wanted", ["3", "99999", "0", "twee"])
def test_a_page_that_is_not_there_is_the_nearest(leas: HouseClient, many: None, wanted: str) -> None:
    last = wanted.isdigit() and int(wanted) > 2
    assert f"blad {2 if last else 1} van 2" in leas.get(f"/mensen?blad={wanted}").text


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("élan 007", ["Élan 007"]),
        ("P149@EXAMPLE", ["Élan 149"]),
        ("lea", ["Lea"]),
        ("  ", None),
        ("nergens", []),
        ("100%", []),
    ],
)
def test_someone_is_found_by_name_or_mail_address(
    leas: HouseClient, many: None, looked_for: str, found: list[str] | None
) -> None:
    page = leas.get("/mensen", query_string={"zoek": looked_for}).text
    assert names(page) == found if found is not None else len(names(page)) == 100
    assert ("Hier vinden we niemand" in page) is (found == [])


def test_who_was_just_added_is_named_also_when_on_another_page(leas: HouseClient, many: None) -> None:
    assert "Élan 149 is toegevoegd" in leas.get("/mensen?nieuw=p149").text
    assert "is toegevoegd" not in leas.get("/mensen?nieuw=p999").text
