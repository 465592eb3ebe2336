"""The code of a case: random, readable, drawn again when it is taken, and all a school gets to see."""

from collections.abc import Callable

import pytest

from survey.case import actions
from survey.database import Refused, SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member
from tests.survey.case.opening import ABOUT, CODE, code_of, open_case

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_the_card_for_school_holds_the_code_and_nothing_more(
    as_: As, ana: Member, school_of: SchoolOf
) -> None:
    school_of(ana)
    client = as_(ana)
    made = client.post("/trajecten/nieuw", data=ABOUT)
    page = client.get(f"/trajecten/{code_of(made)}/kaart").text
    (card,) = (words(part) for part in every(parsed(page), "section"))
    assert code_of(made) in card
    assert "De Kraanheide" in card
    assert "Omgaan met andere kinderen" not in page
    assert "Schrijf de naam er zelf bij, op papier." in page
    assert "Ctrl + P" in page


def test_codes_are_random_and_readable() -> None:
    codes = [actions.new_code() for _ in range(1000)]
    assert all(CODE.fullmatch(code) for code in codes)
    assert len(set(codes)) > 990
    assert not set("".join(codes)) & set("AEIOUBDLSZ012568")


def test_a_taken_code_is_replaced_by_another(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["KV-7Q4M", "KV-7Q4M", "KV-7Q4N"])
    monkeypatch.setattr(actions, "new_code", lambda: next(drawn))
    assert open_case(engine, ana, school_of) == "KV-7Q4M"
    again = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    assert again == "KV-7Q4N"


def test_when_every_code_is_taken_nothing_is_stored(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch, dump: Dump
) -> None:
    monkeypatch.setattr(actions, "new_code", lambda: "KV-7Q4M")
    open_case(engine, ana, school_of)
    before = dump()
    with pytest.raises(Refused):
        actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    assert dump() == before


def test_what_is_wrong_otherwise_is_not_tried_with_another_code(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["KV-7Q4M", "KV-7Q4N"])
    monkeypatch.setattr(actions, "new_code", lambda: next(drawn))
    with pytest.raises(Refused, match="CHECK"):
        actions.open_case(engine, school_id=school_of(ana), kind="neighbour", by=ana.id, at=START)
    assert next(drawn) == "KV-7Q4N"
