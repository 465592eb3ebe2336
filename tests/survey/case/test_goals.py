"""A goal chosen with a parent or pupil: asked about from the next wellbeing check on."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock
from tests.survey.case.asking import SOONER, answer, ask, link_on, section

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
CALM = "rustig naar school gaan in de ochtend"


def choose(coach: HouseClient, code: str, goal: str, who: str = "parent-1") -> int:
    return coach.post(f"/trajecten/{code}/doel", data={"who": who, "goal": goal}).status_code


def goals(engine: SqliteEngine) -> list[object]:
    return [row["goal"] for row in engine.rows("SELECT goal FROM checkin_link ORDER BY id")]


def test_a_goal_is_asked_about_in_the_next_wellbeing_check(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, code: str
) -> None:
    assert choose(coach, code, "calm_start") == 303
    assert f"Eigen doel: {CALM}" in section(coach.get(f"/trajecten/{code}").text, "ask")
    check = ask(coach, code, family="wellbeing")
    assert goals(engine) == ["calm_start"]
    assert CALM in client.get(link_on(coach.get(check).text)).text
    answer(coach, client, check, "2222", "wellbeing", goal="6")
    assert f"Eigen doel: {CALM} 6 van 10" in section(coach.get(check).text, "answers")


def test_the_relationship_check_asks_for_no_goal(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    choose(coach, code, "calm_start")
    ask(coach, code)
    assert goals(engine) == [None]


def test_a_check_that_was_asked_keeps_its_goal(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, code: str
) -> None:
    choose(coach, code, "calm_start")
    first = link_on(coach.get(ask(coach, code, family="wellbeing")).text)
    choose(coach, code, "bedtime")
    assert CALM in client.get(first).text
    ask(coach, code, family="wellbeing")
    choose(coach, code, "")
    ask(coach, code, family="wellbeing", **SOONER)
    assert goals(engine) == ["calm_start", "bedtime", None]


def test_a_goal_is_of_one_person(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    choose(coach, code, "calm_start")
    ask(coach, code, "parent-2", "wellbeing")
    assert goals(engine) == [None]


@pytest.mark.parametrize(
    ("who", "goal"), [("parent-1", "world_peace"), ("parent-1", "x" * 300), ("teacher-1", "calm_start")]
)
def test_a_goal_that_is_not_offered_changes_nothing(
    coach: HouseClient, code: str, dump: Dump, who: str, goal: str
) -> None:
    before = dump()
    reply = coach.post(f"/trajecten/{code}/doel", data={"who": who, "goal": goal})
    assert reply.status_code == 422
    assert "Dit doel staat niet in de lijst" in reply.text
    assert dump() == before


def test_a_teacher_is_offered_no_goal(coach: HouseClient, code: str) -> None:
    page = coach.get(f"/trajecten/{code}").text
    assert 'id="goal-parent-1"' in page
    assert 'id="goal-teacher-1"' not in page


def test_in_a_closed_case_nothing_is_chosen(
    coach: HouseClient, engine: SqliteEngine, code: str, clock: Clock, dump: Dump
) -> None:
    engine.run('UPDATE "case" SET closed_at = :at', {"at": clock().isoformat()})
    before = dump()
    for path in ("doel", "check", "vaste-kaart", "weer-vragen"):
        reply = coach.post(f"/trajecten/{code}/{path}", data={"who": "parent-1", "goal": "calm_start"})
        assert reply.status_code == 409
        assert "afgesloten" in reply.text
    assert dump() == before
