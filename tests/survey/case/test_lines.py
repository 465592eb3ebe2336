"""Private lines: what was seen is what is written over, and what cannot be seen is not kept."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed
from tests.conftest import START, Member
from tests.survey.case.asking import case_id

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TODAY = "2026-01-20"
CHANGED = "Deze regel is intussen veranderd"


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    return cases.open_case(engine, school_id=school_of(ana), kind="teacher", by=ana.id, at=START)


@pytest.fixture
def talk(coach: HouseClient, engine: SqliteEngine, ana: Member, code: str) -> str:
    """The address of a planned talk of today."""
    key = talks.plan(
        engine,
        case_id=case_id(engine, code),
        kind="meeting",
        with_=["teacher-1"],
        day=date.fromisoformat(TODAY),
        starts_at=None,
        by=ana.id,
        at=START,
    )
    return f"/trajecten/{code}/gesprek/{key}"


def hidden(coach: HouseClient, address: str) -> dict[str, str]:
    """What a tab with this page says it saw."""
    return {
        str(one.get("name")): str(one.get("value"))
        for one in every(parsed(coach.get(address).text), "input")
        if str(one.get("name")).endswith("-shown")
    }


def held(**more: str) -> dict[str, str]:
    return {"who": "teacher-1", "kind": "meeting", "day": TODAY, **more}


def kept(engine: SqliteEngine) -> list[str]:
    return [row["line"] for row in engine.rows("SELECT line FROM note ORDER BY place")]


def typed(page: str, name: str = "line") -> str:
    """What stands in the control of this name."""
    (found,) = [one for one in every(parsed(page), "textarea") if one.get("name") == name]
    return "".join(found.itertext()).strip()


@pytest.mark.parametrize("second", ["", "Iets anders"])
def test_a_tab_that_was_open_before_writes_over_no_line(
    coach: HouseClient, talk: str, engine: SqliteEngine, dump: Dump, second: str
) -> None:
    before = hidden(coach, talk)
    assert coach.post(talk, data=held(line="Het eerste", **before)).status_code == 303
    stood = dump()
    other = coach.post(talk, data=held(line=second, **before))
    assert other.status_code == 409
    assert CHANGED in other.text
    assert "Daar staat nu: ‘Het eerste’." in other.text
    assert typed(other.text) == second
    assert dump() == stood
    again = {name: value for name, value in hidden(coach, talk).items() if name == "line-shown"}
    assert coach.post(talk, data=held(line=second, **again)).status_code == 303
    assert kept(engine) == ([second] if second else [])


def test_the_page_that_tells_so_can_be_sent_again(
    coach: HouseClient, talk: str, engine: SqliteEngine
) -> None:
    before = hidden(coach, talk)
    coach.post(talk, data=held(line="Het eerste", **before))
    other = coach.post(talk, data=held(line="Het tweede", **before)).text
    (seen,) = {
        str(one.get("value")) for one in every(parsed(other), "input") if one.get("name") == "line-shown"
    }
    coach.post(talk, data=held(line="Beide", **{"line-shown": seen}))
    assert kept(engine) == ["Beide"]


def test_the_same_line_from_two_tabs_is_no_change(
    coach: HouseClient, talk: str, engine: SqliteEngine
) -> None:
    before = hidden(coach, talk)
    for _tab in range(2):
        assert coach.post(talk, data=held(line="Het eerste", **before)).status_code == 303
    assert kept(engine) == ["Het eerste"]


def test_a_line_that_was_erased_elsewhere_is_told(coach: HouseClient, talk: str) -> None:
    coach.post(talk, data=held(line="Het eerste"))
    before = hidden(coach, talk)
    coach.post(talk, data=held(line=""))
    other = coach.post(talk, data=held(line="Het tweede", **before))
    assert other.status_code == 409
    assert "Daar staat nu niets." in other.text


def test_all_lines_of_a_coaching_that_changed_are_told_at_once(
    coach: HouseClient, code: str, engine: SqliteEngine, dump: Dump
) -> None:
    engine.run("UPDATE \"case\" SET profile = 'schoolcoach'")
    page, address = f"/trajecten/{code}", f"/trajecten/{code}/coaching/regels"
    before = {name: value for name, value in hidden(coach, page).items() if name != "line-shown"}
    assert set(before) == {"question-shown", "own_share-shown", "new_behaviour-shown"}
    first = {"question": "Een", "own_share": "Twee", "new_behaviour": ""}
    assert coach.post(address, data=first | before).status_code == 303
    stood = dump()
    second = {"question": "", "own_share": "Drie", "new_behaviour": "Vier"}
    other = coach.post(address, data=second | before)
    assert other.status_code == 409
    assert other.text.count(CHANGED) == 2
    assert "Daar staat nu: ‘Een’." in other.text
    assert "Daar staat nu: ‘Twee’." in other.text
    assert {name: typed(other.text, name) for name in second} == second
    assert dump() == stood
    after = {name: value for name, value in hidden(coach, page).items() if name in before}
    assert coach.post(address, data=second | after).status_code == 303
    assert kept(engine) == ["Vier", "Drie"]


# What is typed, and what is kept of it.
SIGNS = [
    ("voor\u2028na", "voor\nna"),
    ("voor\u2029na\x85en\x0bverder\x0cweg", "voor\nna\nen\nverder\nweg"),
    ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
    ("een\ttwee", "een twee"),
    ("\x01\x1bgewoon\x07", "gewoon"),
    ("\u202egewoon\u2066\u200b\ufeff\u00ad", "gewoon"),
    ("een 👩\u200d👧 en \u06cc\u200c\u06cc", "een 👩\u200d👧 en \u06cc\u200c\u06cc"),
    ("\u202e\x01", None),
]


@pytest.mark.parametrize(("text", "stands"), SIGNS)
def test_only_what_can_be_seen_is_kept(
    coach: HouseClient, code: str, engine: SqliteEngine, text: str, stands: str | None
) -> None:
    made = coach.post(f"/trajecten/{code}/gesprek/noteer", data=held(line=text))
    assert made.status_code == 303
    assert kept(engine) == ([stands] if stands else [])


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r\n"])
def test_every_line_can_be_kept_by_a_second_decision(
    coach: HouseClient, code: str, engine: SqliteEngine, end: str
) -> None:
    address = f"/trajecten/{code}/gesprek/noteer"
    line = f"geb{end} 1-1-2015 en geb. 2-2-2015"
    asked = coach.post(address, data=held(line=line))
    assert asked.status_code == 422
    (decision,) = [
        str(one.get("value")) for one in every(parsed(asked.text), "button") if one.get("name") == "anyway"
    ]
    assert coach.post(address, data=held(line=line, anyway=decision)).status_code == 303
    assert len(kept(engine)) == 1
