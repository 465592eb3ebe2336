"""Which months are still to be written down: asked in as many questions, however many places there are."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.placement import reports
from tests.conftest import Member, scope_of
from tests.questions import noted
from tests.survey.placement.sums import LEAD

DAY = date(2026, 1, 20)


@pytest.fixture
def place(engine: SqliteEngine) -> Callable[..., None]:
    def add(key: str, coach: Member, year: str = "2025-2026", logged: tuple[str, ...] = ()) -> None:
        engine.insert("school", {"id": key, "name": key, "place": "Veenrand"})
        row = {"id": key, "school_id": key, "school_year": year, "person_id": coach.id, "status": "active"}
        engine.insert("placement", {**row, "starts_on": f"{year[:4]}-08-01"})
        for month in logged:
            told = {
                "placement_id": key,
                "month": month,
                "hours": 3.0,
                "noted_at": "2026-01-20T10:00:00+00:00",
            }
            engine.insert("hours_log", told)

    return add


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return noted(monkeypatch)


def test_the_number_of_questions_does_not_grow_with_the_places(
    engine: SqliteEngine, place: Callable[..., None], ana: Member, asked: list[str]
) -> None:
    def questions() -> int:
        before = len(asked)
        reports.due(engine, LEAD, DAY)
        return len(asked) - before

    place("een", ana)
    first = questions()
    for number in range(12):
        place(f"p{number}", ana, logged=("2025-10",))
    assert 0 < questions() == first


def test_months_of_every_place_are_due_but_those_that_are_written_down(
    engine: SqliteEngine, place: Callable[..., None], ana: Member, cleo: Member
) -> None:
    place("een", ana, logged=("2025-09", "2025-11"))
    place("over", cleo, "2024-2025", logged=("2025-05", "2025-10", "2025-12"))
    found = {(one.placement.id, one.month) for one in reports.due(engine, LEAD, DAY)}
    assert found == {("een", "2025-10"), ("een", "2025-12"), ("over", "2025-09"), ("over", "2025-11")}


def test_a_coach_hears_of_own_months_only(
    engine: SqliteEngine, place: Callable[..., None], ana: Member, cleo: Member, ben: Member
) -> None:
    place("een", ana, logged=("2025-09", "2025-10", "2025-11"))
    place("twee", cleo, logged=("2025-12",))
    of_ana = reports.due(engine, scope_of(ana, Role.COACH), DAY)
    assert {(one.placement.id, one.month) for one in of_ana} == {("een", "2025-12")}
    assert reports.due(engine, scope_of(ben, Role.TRAINER), DAY) == ()
