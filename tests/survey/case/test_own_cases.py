"""A case is its coach's business and nobody else's, also for who guesses codes."""

import re
from collections.abc import Callable

import pytest

from survey.case import actions
from survey.case.views import front
from survey.database import Busy, Full, SqliteEngine
from survey.web import store as limit_store
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.case.opening import open_case

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_coach_sees_own_cases_only(
    engine: SqliteEngine, as_: As, ana: Member, cleo: Member, school_of: SchoolOf
) -> None:
    anas = open_case(engine, ana, school_of)
    cleos = open_case(engine, cleo, school_of)
    page = as_(ana).get("/trajecten").text
    assert anas in page
    assert cleos not in page


PAGES = [
    ("GET", "/trajecten/{code}"),
    ("GET", "/trajecten/{code}/wijzigen"),
    ("POST", "/trajecten/{code}/wijzigen"),
    ("GET", "/trajecten/{code}/kaart"),
    ("POST", "/trajecten/{code}/akkoord"),
    ("POST", "/trajecten/{code}/akkoord/intrekken"),
    ("POST", "/trajecten/{code}/check"),
    ("GET", "/trajecten/{code}/check/{link}"),
    ("GET", "/trajecten/{code}/check/{link}/stand"),
    ("POST", "/trajecten/{code}/check/{link}/intrekken"),
]


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_others_get_what_they_get_for_a_case_that_does_not_exist(
    request: pytest.FixtureRequest,
    engine: SqliteEngine,
    as_: As,
    ana: Member,
    school_of: SchoolOf,
    dump: Dump,
    who: str,
) -> None:
    code = open_case(engine, ana, school_of)
    made = as_(ana).post(f"/trajecten/{code}/check", data={"who": "parent-1"})
    link = made.location.rsplit("/", 1)[1]
    client = as_(request.getfixturevalue(who))
    before = dump()
    for method, path in PAGES:
        real, none = (
            client.open(path.format(code=tried, link=link), method=method, data={"who": "parent-1"})
            for tried in (code, "CC-3333")
        )
        assert (real.status_code, none.status_code) == (404, 404), path
        assert without_code(real.text, code) == without_code(none.text, "CC-3333"), path
    assert dump() == before


def without_code(text: str, code: str) -> str:
    """A page without the address asked for and the random code of the error."""
    return re.sub(r"\b\w{4}-404\b", "", text.replace(code, ""))


def test_a_link_of_one_case_is_not_there_under_another(
    engine: SqliteEngine, as_: As, ana: Member, school_of: SchoolOf
) -> None:
    first = open_case(engine, ana, school_of)
    second = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    client = as_(ana)
    made = client.post(f"/trajecten/{first}/check", data={"who": "parent-1"})
    assert client.get(made.location.replace(first, second)).status_code == 404


def test_guessing_codes_is_slowed_down_but_own_cases_open(
    engine: SqliteEngine, as_: As, ana: Member, school_of: SchoolOf, clock: Clock
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    guesses = [client.get(f"/trajecten/CC-{n:04}").status_code for n in range(front.FAILURES + 1)]
    assert set(guesses[:-1]) == {404}
    assert guesses[-1] == 429
    assert client.get(f"/trajecten/{code}").status_code == 200
    clock.forward(minutes=16)
    assert client.get("/trajecten/CC-3333").status_code == 404


def test_a_closed_case_stands_apart_and_asks_nobody(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf, dump: Dump
) -> None:
    school = school_of(ana)
    code, other = (actions.open_case(engine, school_id=school, by=ana.id, at=START) for _ in range(2))
    engine.run(
        "UPDATE \"case\" SET closed_at = '2026-01-19T10:00:00+00:00' WHERE code = :code", {"code": code}
    )
    client = as_(ana)
    listed = client.get("/trajecten").text
    assert listed.index(other) < listed.index("1 afgesloten traject") < listed.index(code)
    page = client.get(f"/trajecten/{code}").text
    assert "afgesloten op 19 januari 2026" in page
    assert "Vraag een werkrelatie-check" not in page
    before = dump()
    refused = client.post(f"/trajecten/{code}/check", data={"who": "parent-1"})
    assert refused.status_code == 409
    assert "Dit traject is afgesloten" in refused.text
    assert dump() == before


@pytest.mark.parametrize("failure", [Busy("locked"), Full("no room")])
def test_an_unknown_case_is_told_so_also_when_nothing_can_be_counted(
    as_: As, ana: Member, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    client = as_(ana)
    monkeypatch.setattr(limit_store, "count_hit", fail)
    assert client.get("/trajecten/CC-0000").status_code == 404
