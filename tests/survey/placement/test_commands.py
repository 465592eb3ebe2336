"""An operator adds a school and places a coach, who can then open a case there."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import Member


def test_a_placed_coach_opens_a_case_at_the_school(
    app: Flask, engine: SqliteEngine, ana: Member, as_: Callable[[Member], HouseClient]
) -> None:
    assert run(app, "add-school", "De Kraanheide", "Veenrand")[0] == 0
    assert run(app, "place-coach", ana.email, "De Kraanheide", "--since", "2025-08-01")[0] == 0
    noted = engine.rows("SELECT act, person_id FROM audit WHERE act IN ('school-added', 'coach-placed')")
    assert sorted(row["act"] for row in noted) == ["coach-placed", "school-added"]
    assert {row["person_id"] for row in noted} == {None}, "an operator did it"
    client = as_(ana)
    assert "De Kraanheide" in client.get("/trajecten/nieuw").text
    assert client.post("/trajecten/nieuw").status_code == 303


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add-school", "De Kraanheide", "Veenrand"), "already"),
        (("place-coach", "wie@example.org", "De Kraanheide", "--since", "2025-08-01"), "No coach has"),
        (("place-coach", "lea@example.org", "De Kraanheide", "--since", "2025-08-01"), "No coach has"),
        (("place-coach", "ana@example.org", "Nergens", "--since", "2025-08-01"), "no school named"),
        (("place-coach", "ana@example.org", "De Kraanheide", "--since", "morgen"), "Invalid value"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(
    app: Flask, engine: SqliteEngine, ana: Member, lea: Member, arguments: tuple[str, ...], said: str
) -> None:
    run(app, "add-school", "De Kraanheide", "Veenrand")
    code, printed = run(app, *arguments)
    assert code != 0
    assert said in printed
    assert len(engine.rows("SELECT id FROM school")) == 1
    assert engine.rows("SELECT id FROM placement") == []


def test_the_same_placement_twice_is_refused(app: Flask, ana: Member, engine: SqliteEngine) -> None:
    run(app, "add-school", "De Kraanheide", "Veenrand")
    arguments = ("place-coach", ana.email, "De Kraanheide", "--since", "2025-08-01")
    run(app, *arguments)
    code, printed = run(app, *arguments)
    assert code == 1
    assert "already" in printed
    assert len(engine.rows("SELECT id FROM placement")) == 1


def test_a_coach_works_there_from_today_unless_told_otherwise(
    app: Flask, ana: Member, engine: SqliteEngine
) -> None:
    run(app, "add-school", "De Kraanheide", "Veenrand")
    assert run(app, "place-coach", ana.email, "De Kraanheide")[0] == 0
    assert engine.one("SELECT starts_on FROM placement") == {"starts_on": "2026-01-20"}
