"""The page of a case asks the database each thing once, however many of its parts want to know."""

from collections.abc import Callable

import pytest

from survey.database import Row, SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.hint.answering import Answering

QUESTIONS = 18
PEOPLE = ("parent-1", "parent-2", "pupil-1", "teacher-1")


@pytest.fixture
def four_people(case: Answering) -> Answering:
    """Four people who answered both checks, with hints to talk about."""
    for who in PEOPLE:
        case.answers(who, "4444 4444 2222")
        case.answers(who, "3333 3333 1111", "wellbeing")
    return case


def test_the_page_of_a_case_with_four_people_asks_eighteen_questions_at_most(
    four_people: Answering, as_: Callable[[Member], HouseClient], ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach = as_(ana)
    coach.get(four_people.page)  # the first visit notes when the session was seen
    asked: list[str] = []
    rows = SqliteEngine.rows

    def counted(engine: SqliteEngine, sql: str, params: Row | None = None) -> list[Row]:
        asked.append(f"{sql} {params}")
        return rows(engine, sql, params)

    monkeypatch.setattr(SqliteEngine, "rows", counted)
    page = coach.get(four_people.page)
    assert page.text.count("Lager dan anders") >= len(PEOPLE)
    assert len(asked) <= QUESTIONS
    assert len(set(asked)) == len(asked)
