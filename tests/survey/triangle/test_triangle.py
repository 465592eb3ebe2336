"""Three sides of a placement: for its coach alone, each as its own page tells it, and nothing is joined."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member, stamp
from tests.survey.triangle.conftest import PLACEMENT

As = Callable[[Member], HouseClient]
SIDES = {
    "register": {"placement", "hours_log", "school", "school_count", "assignment", "assignment_role"},
    "evaluation": {"evaluation_release", "evaluation_node", "evaluation_window", "ballot", "named_answer"},
    "growth": {"reflection", "reflection_answer", "focus", "round", "lookback", "attendance"},
}


def panels(client: HouseClient, path: str) -> list[str]:
    reply = client.get(path)
    assert reply.status_code == 200
    return [words(one) for one in every(parsed(reply.text), "section")]


def test_a_coach_sees_three_sides_each_with_who_else_sees_it(grown: str, ana: Member, as_: As) -> None:
    hours, told, growth = panels(as_(ana), grown)
    assert "4,0 uur per week" in hours
    assert "U en de programmaleider zien dit. Het gaat alleen over deze school." in hours
    assert "Over u. Bij alle 7 zinnen zegt waarschijnlijk meer dan de helft" in told
    assert "Over deze school apart bestaat geen uitkomst." in told
    assert "groeide" in growth
    assert "De programmaleider ziet dit niet." in growth


def test_each_side_says_what_its_own_page_says(grown: str, released: str, ana: Member, as_: As) -> None:
    client = as_(ana)
    _hours, told, growth = panels(client, grown)
    for side, path in ((told, f"/mijn-inzet/evaluatie/{released}/evaluation-teacher"), (growth, "/groei")):
        (finding, *_more) = every(parsed(client.get(path).text), "figcaption")
        assert words(finding) in side


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_it_is_not_there_for_anybody_else(
    grown: str, who: str, request: pytest.FixtureRequest, as_: As
) -> None:
    assert as_(request.getfixturevalue(who)).get(grown).status_code == 404


def test_a_lead_who_coaches_sees_the_own_one_and_no_other(
    engine: SqliteEngine, grown: str, cleo: Member, as_: As
) -> None:
    engine.insert("role_grant", {"person_id": cleo.id, "role": Role.LEAD, "granted_at": stamp(START)})
    client = as_(cleo)
    assert client.get(grown).status_code == 404
    _hours, told, growth = panels(client, f"/mijn-inzet/school-Het Baken-{cleo.id}/driehoek")
    assert "Ana" not in told
    assert "U leverde nog geen reflectie in." in growth


def test_without_anything_yet_each_side_says_so(schools: None, ana: Member, as_: As) -> None:
    hours, told, growth = panels(as_(ana), f"/mijn-inzet/{PLACEMENT.format(ana.id)}/driehoek")
    assert "Er is nog geen rol gekozen." in hours
    assert "Over dit schooljaar is nog niets vrijgegeven." in told
    assert "U leverde nog geen reflectie in." in growth


def test_a_release_about_another_school_year_is_not_beside_these_hours(
    engine: SqliteEngine, grown: str, ana: Member, as_: As
) -> None:
    engine.run("UPDATE evaluation_window SET school_year = '2024-2025'")
    _hours, told, _growth = panels(as_(ana), grown)
    assert "Over dit schooljaar is nog niets vrijgegeven." in told


def test_no_question_to_the_database_joins_two_sides(
    grown: str, ana: Member, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, asked = as_(ana), list[str]()
    execute = SqliteEngine._execute

    def heard(engine: SqliteEngine, sql: str, params: Any) -> Any:
        asked.append(sql)
        return execute(engine, sql, params)

    monkeypatch.setattr(SqliteEngine, "_execute", heard)
    assert client.get(grown).status_code == 200
    named = [set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql)) for sql in asked]
    assert all(any(tables & names for names in named) for tables in SIDES.values())
    joined = [names for names in named if sum(bool(tables & names) for tables in SIDES.values()) > 1]
    assert not joined


def test_it_works_without_a_script_and_draws_no_figure(grown: str, ana: Member, as_: As) -> None:
    text = as_(ana).get(grown).text
    assert "data-figure" not in text
    assert "<svg" in text


def test_the_page_links_to_where_the_numbers_are(grown: str, released: str, ana: Member, as_: As) -> None:
    client = as_(ana)
    addresses = [one.get("href") for one in every(parsed(client.get(grown).text), "a")]
    for path in (f"/mijn-inzet/evaluatie/{released}/evaluation-teacher", "/groei", "/mijn-inzet"):
        assert path in addresses
        assert client.get(path).status_code == 200
