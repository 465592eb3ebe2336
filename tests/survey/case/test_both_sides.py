"""Both sides: a case shows whether home and school are in the picture, and asks when one is missing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.case import actions
from survey.case.informants import Who
from survey.case.sides import both_sides
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member

As = Callable[[Member], HouseClient]

# Who spoke or was asked, with whom a talk is planned, and what the page says of home and of school.
SIDES = """
-                  | -          | missing  | missing
parent-1           | -          | involved | missing
parent-2 teacher-1 | -          | involved | involved
pupil-1 partner    | -          | missing  | missing
ib                 | -          | missing  | involved
director           | -          | missing  | involved
team               | parent-1   | planned  | involved
parent-1           | parent-1   | involved | missing
-                  | teacher-1  | missing  | planned
"""


@pytest.mark.parametrize("line", SIDES.strip().splitlines())
def test_each_side_is_seen_on_its_own(line: str) -> None:
    involved, planned, home, school = (part.strip() for part in line.split("|"))
    found = both_sides(
        "pupil",
        involved=involved.replace("-", "", involved == "-").split(),
        planned=planned.replace("-", "", planned == "-").split(),
    )
    assert (found.home, found.school) == (home, school)


@pytest.mark.parametrize(
    ("kind", "asks"), [("pupil", True), ("group", True), ("teacher", False), ("team", False)]
)
def test_a_missing_side_is_asked_for_where_children_are_concerned(kind: str, asks: bool) -> None:
    assert both_sides(kind, involved=["teacher-1"], planned=[]).missing is asks
    assert not both_sides(kind, involved=["teacher-1", "parent-1"], planned=[]).missing
    assert not both_sides(kind, involved=["teacher-1"], planned=["parent-1"]).missing


class OneCase:
    """A case of Ana and what its page says of both sides."""

    def __init__(self, engine: SqliteEngine, coach: HouseClient, code: str, by: str) -> None:
        self.engine, self.coach, self.code, self.by = engine, coach, code, by
        (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
        self.id = str(row["id"])

    def says(self) -> str:
        page = parsed(self.coach.get(f"/trajecten/{self.code}").text)
        parts = every(page, "section")
        return next(words(part) for part in parts if part.get("aria-labelledby") == "both-sides")


@pytest.fixture
def open_case(
    engine: SqliteEngine, as_: As, ana: Member, school_of: Callable[..., str]
) -> Callable[[str], OneCase]:
    school = school_of(ana)

    def add(kind: str) -> OneCase:
        code = actions.open_case(engine, school_id=school, kind=kind, by=ana.id, at=START)
        return OneCase(engine, as_(ana), code, ana.id)

    return add


def test_a_new_case_asks_with_whom_to_begin(open_case: Callable[[str], OneCase]) -> None:
    assert "Thuis en school zijn nog niet in beeld. Met wie spreekt u het eerst?" in open_case("pupil").says()


def test_someone_who_was_asked_is_in_the_picture(open_case: Callable[[str], OneCase]) -> None:
    case = open_case("pupil")
    actions.add_informant(case.engine, case_id=case.id, who=Who("teacher", 1))
    assert "Thuis is nog niet in beeld. Wanneer spreekt u de ouders?" in case.says()
    actions.add_informant(case.engine, case_id=case.id, who=Who("parent", 2))
    assert "niet in beeld" not in case.says()


def test_a_talk_brings_a_side_into_the_picture_when_it_is_held(open_case: Callable[[str], OneCase]) -> None:
    case = open_case("group")
    today = START.date()
    talks.plan(
        case.engine,
        case_id=case.id,
        kind="meeting",
        with_=["teacher-1"],
        day=today + timedelta(days=3),
        starts_at=None,
        by=case.by,
        at=START,
    )
    assert "School gesprek gepland" in case.says()
    assert "Thuis is nog niet in beeld" in case.says()
    talks.note_done(
        case.engine,
        case_id=case.id,
        kind="phone",
        with_=["parent-1"],
        day=today,
        agreed=[],
        line="",
        by=case.by,
        at=START,
    )
    assert "Thuis doet mee" in case.says()


def test_a_case_of_a_teacher_shows_both_sides_and_asks_nothing(open_case: Callable[[str], OneCase]) -> None:
    says = open_case("teacher").says()
    assert "Thuis nog niet in beeld School nog niet in beeld" in says
    assert "?" not in says


def test_a_closed_case_asks_nothing(open_case: Callable[[str], OneCase]) -> None:
    case = open_case("pupil")
    case.engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    assert "?" not in case.says()
