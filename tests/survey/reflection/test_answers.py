"""Answers are kept at once: per tap with a script, per page without; exactly the last one of each item."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import actions
from tests.client import HouseClient
from tests.conftest import START, Member, Signed, scope_of
from tests.survey.reflection.conftest import checked, round_of, save, stored, tap


def test_a_page_without_script_keeps_all_its_answers_and_goes_on(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    reply = save(as_ana, round_id, "knowledge", knows_local_services="3", explains_behaviour="NOT_MET_YET")
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}/afronden")
    assert stored(engine) == {"knows_local_services": 3, "explains_behaviour": "NOT_MET_YET"}


@pytest.mark.parametrize(
    ("block", "go", "onward"),
    [
        ("attitude", "", "/skills"),
        ("attitude", "back", "/skills"),
        ("skills", "", "/knowledge"),
        ("skills", "back", "/attitude"),
        ("knowledge", "", "/afronden"),
    ],
)
def test_each_button_leads_where_it_says(
    as_ana: HouseClient, round_id: str, block: str, go: str, onward: str
) -> None:
    assert save(as_ana, round_id, block, go=go).location == f"/reflectie/{round_id}{onward}"


def test_later_saves_the_page_and_leads_to_today(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    reply = save(as_ana, round_id, "attitude", flexible_hours="1", go="later")
    assert reply.location == "/vandaag"
    assert stored(engine) == {"flexible_hours": 1}


def test_a_tap_is_kept_and_says_when(as_ana: HouseClient, engine: SqliteEngine, round_id: str) -> None:
    reply = tap(as_ana, round_id, uses_feedback="4")
    assert (reply.status_code, reply.json) == (200, {"message": "Bewaard om 11.00 uur"})
    assert stored(engine) == {"uses_feedback": 4}


def test_taps_of_several_pages_come_in_one_request(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="4", flexible_hours="NOT_IN_ASSIGNMENT")
    assert stored(engine) == {"uses_feedback": 4, "flexible_hours": "NOT_IN_ASSIGNMENT"}


def test_an_answer_can_be_changed_and_taken_back(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    tap(as_ana, round_id, uses_feedback="2")
    assert stored(engine) == {"uses_feedback": 2}
    assert tap(as_ana, round_id, clear="uses_feedback").status_code == 200
    assert stored(engine) == {}


def test_taking_back_without_script_keeps_the_rest_of_the_page(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    reply = save(as_ana, round_id, "skills", uses_feedback="4", develops_method="5", clear="uses_feedback")
    assert reply.location == f"/reflectie/{round_id}/skills#uses_feedback"
    assert stored(engine) == {"develops_method": 5}


def test_another_device_goes_on_where_this_one_stopped(
    as_: Signed, ana: Member, form: Questionnaire, round_id: str
) -> None:
    attitude = {item.key: "3" for item in form.in_block("attitude")}
    save(as_(ana), round_id, "attitude", **attitude)
    tablet = as_(ana)
    opened = tablet.get(f"/reflectie/{round_id}", follow_redirects=True)
    assert opened.request.path == f"/reflectie/{round_id}/skills"
    again = tablet.get(f"/reflectie/{round_id}/attitude").text
    assert checked(again) == [f"{item}=3" for item in attitude]


def test_an_older_page_does_not_undo_what_another_device_saved(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    tap(as_ana, round_id, uses_feedback="5")
    older = {
        "was-uses_feedback": "3",
        "uses_feedback": "3",
        "was-develops_method": "",
        "develops_method": "1",
    }
    assert save(as_ana, round_id, "skills", **older).status_code == 303
    assert stored(engine) == {"uses_feedback": 5, "develops_method": 1}


ITEMS = ["uses_feedback", "flexible_hours", "knows_local_services"]
WORDS = ["1", "2", "3", "4", "5", "NOT_IN_ASSIGNMENT", "NOT_MET_YET", ""]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taps=st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from(WORDS)), max_size=12))
def test_any_sequence_of_taps_ends_with_the_last_answer_of_each_item(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str, taps: list[tuple[str, str]]
) -> None:
    engine.run("DELETE FROM reflection")
    for item, word in taps:
        sent = {item: word} if word else {"clear": item}
        assert tap(as_ana, round_id, **sent).status_code == 200
    last = {item: word for item, word in dict(taps).items() if word}
    assert {item: str(answer) for item, answer in stored(engine).items()} == last


def test_taps_that_arrive_at_once_make_one_draft_and_lose_nothing(
    app: Flask, engine: SqliteEngine, ana: Member, catalog: Catalog, form: Questionnaire, round_id: str
) -> None:
    held, by = round_of(engine, round_id, ana), scope_of(ana)

    def one_tap(item: str) -> None:
        with app.extensions["database"].session() as mine:
            actions.save(
                mine,
                by=by,
                round=held,
                revision=1,
                answers={item: Answer(3)},
                catalog=catalog,
                clock=lambda: START,
            )

    with ThreadPoolExecutor(8) as devices:
        list(devices.map(one_tap, [item.key for item in form.items]))
    assert stored(engine) == {item.key: 3 for item in form.items}
    assert len(engine.rows("SELECT id FROM reflection")) == 1
