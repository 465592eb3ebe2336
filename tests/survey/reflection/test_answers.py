"""Answers are kept at once: per tap with a script, per page without; exactly the last one of each item."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.access.permissions import Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.wording import questions
from survey.reflection import actions, store
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.reflection.conftest import round_of, save, stored, tap

Dump = Callable[[], dict[str, Any]]


def checked(text: str) -> list[str]:
    """name=value of every answer that is shown as chosen."""
    chosen = re.findall(r'<input type="radio"[^>]*name="(\w+)" value="(\w+)" checked', text)
    return [f"{name}={value}" for name, value in chosen]


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
    as_: Callable[[Member], HouseClient], ana: Member, form: Questionnaire, round_id: str
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


def test_the_page_shows_saved_answers_words_and_no_numbers(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    text = as_ana.get(f"/reflectie/{round_id}/skills").text
    assert checked(text) == ["uses_feedback=4"]
    assert "1 van 8 beantwoord" in text
    assert "Bewaard om 11.00 uur" in text
    labels = re.findall(r"<label><input[^>]*>([^<]*)</label>", text)
    assert len(labels) == 8 * 7
    assert not [label for label in labels if re.search(r"\d", label)]


def test_the_words_of_each_level_are_folded_away_until_asked_for(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    page = parsed(as_ana.get(f"/reflectie/{round_id}/skills").text)
    asked = questions(form, "nl", "skills")
    meant = [[str(level.anchor and level.anchor.text) for level in each.levels] for each in asked]
    folds = list(every(page, "details"))
    assert [fold.get("open") for fold in folds] == [None] * len(asked)
    for fold, anchors in zip(folds, meant, strict=True):
        assert all(anchor in words(fold) for anchor in anchors)
        fold.clear()
    assert not [anchor for anchors in meant for anchor in anchors if anchor in words(page)]


def test_every_form_says_who_sees_the_answers(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    sentence = form.texts["who_sees"]["nl"]
    for page in ("attitude", "skills", "knowledge", "afronden"):
        assert sentence in as_ana.get(f"/reflectie/{round_id}/{page}").text


def test_own_estimate_is_marked_and_training_is_only_a_note(as_ana: HouseClient, round_id: str) -> None:
    assert as_ana.get(f"/reflectie/{round_id}/attitude").text.count("Mijn inschatting") == 1
    knowledge = as_ana.get(f"/reflectie/{round_id}/knowledge").text
    assert "Meedoen aan training" in knowledge
    assert 'name="takes_part_in_training"' not in knowledge


def test_a_save_from_yesterday_says_the_day(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    tap(as_(ana), round_id, uses_feedback="4")
    clock.forward(hours=13.5)  # past midnight in the Netherlands
    assert "Bewaard op dinsdag 20 januari" in as_(ana).get(f"/reflectie/{round_id}/skills").text


WRONG_PAGES = [
    ("skills", {"uses_feedback": "6"}),
    ("skills", {"uses_feedback": "0"}),
    ("skills", {"uses_feedback": "drie"}),
    ("skills", {"uses_feedback": ""}),
    ("skills", {"uses_feedback": ["1", "2"]}),
    ("skills", {"flexible_hours": "3"}),
    ("skills", {"nobody_asked_this": "3"}),
    ("knowledge", {"takes_part_in_training": "3"}),
    ("skills", {"was-flexible_hours": "3"}),
    ("skills", {"clear": "flexible_hours"}),
    ("skills", {"revision": "een"}),
    ("skills", {"revision": ""}),
    ("skills", {"revision": "9" * 5000}),
    ("skills", {"revision": "٣"}),  # an Arabic digit three
]


@pytest.mark.parametrize(("block", "wrong"), WRONG_PAGES)
def test_what_does_not_belong_is_refused_and_the_rest_stays_on_the_page(
    as_ana: HouseClient, dump: Dump, round_id: str, block: str, wrong: dict[str, Any]
) -> None:
    good = {"skills": "develops_method", "knowledge": "knows_local_services"}[block]
    before = dump()
    reply = as_ana.post(f"/reflectie/{round_id}/{block}", data={"revision": "1", good: "4", **wrong})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert f"{good}=4" in checked(reply.text)
    assert dump() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"uses_feedback": "6"},
        {"nobody_asked_this": "1"},
        {"clear": "x"},
        {"revision": "x"},
        {"revision": "9" * 5000},
    ],
)
def test_a_wrong_tap_is_refused_in_words(
    as_ana: HouseClient, dump: Dump, round_id: str, wrong: dict[str, str]
) -> None:
    before = dump()
    reply = as_ana.post(f"/reflectie/{round_id}/antwoord", data={"revision": "1", **wrong})
    assert reply.status_code == 422
    assert reply.json is not None
    assert reply.json["message"].endswith(".")
    assert dump() == before


@pytest.mark.parametrize("path", ["/niets", "/antwoord", "/verbeteren"])
def test_a_page_that_is_not_there_is_404(as_ana: HouseClient, round_id: str, path: str) -> None:
    assert as_ana.get(f"/reflectie/{round_id}{path}").status_code in {404, 405}


PATHS = ["", "/attitude", "/afronden"]
POSTS = ["/attitude", "/antwoord", "/afronden", "/verbeteren"]


@pytest.mark.parametrize("path", PATHS)
def test_a_round_of_others_is_not_there(
    as_: Callable[[Member], HouseClient], cleo: Member, round_id: str, path: str
) -> None:
    reply = as_(cleo).get(f"/reflectie/{round_id}{path}")
    unknown = as_(cleo).get(f"/reflectie/00{path}")
    assert (reply.status_code, unknown.status_code) == (404, 404)


@pytest.mark.parametrize("path", POSTS)
def test_nobody_writes_in_a_round_of_others(
    as_: Callable[[Member], HouseClient], cleo: Member, dump: Dump, round_id: str, path: str
) -> None:
    client = as_(cleo)
    before = dump()
    data = {"revision": "1", "flexible_hours": "3"}
    assert client.post(f"/reflectie/{round_id}{path}", data=data).status_code == 404
    assert dump() == before


def test_two_coaches_of_one_cohort_do_not_see_each_other(
    as_: Callable[[Member], HouseClient],
    as_ana: HouseClient,
    engine: SqliteEngine,
    cohorts: Cohorts,
    cleo: Member,
    round_id: str,
) -> None:
    since = START.date().replace(year=2025)
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=since)
    tap(as_ana, round_id, uses_feedback="4")
    assert checked(as_(cleo).get(f"/reflectie/{round_id}/skills").text) == []


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


def test_a_scope_without_rows_reads_nothing(engine: SqliteEngine, round_id: str) -> None:
    stranger = Scope("nobody", "Nobody", frozenset())
    assert store.round_of(engine, round_id, scope=stranger) is None
    assert store.rounds(engine, scope=stranger) == []


def test_what_was_sent_after_the_session_ended_comes_back_and_can_be_sent_again(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    engine: SqliteEngine,
    clock: Clock,
    dump: Dump,
    round_id: str,
) -> None:
    client = as_(ana)
    clock.forward(hours=3)
    before = dump()
    data = {"revision": "1", "uses_feedback": "4", "was-uses_feedback": ""}
    own = {"Sec-Fetch-Site": "same-origin"}
    late = client.post(f"/reflectie/{round_id}/skills", data=data, headers=own)
    assert late.status_code == 401
    assert dump() == before
    kept = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="(.*?)">', late.text))
    assert kept.items() >= data.items()
    assert as_(ana).post(f"/reflectie/{round_id}/skills", data=kept).status_code == 303
    assert stored(engine) == {"uses_feedback": 4}


def test_a_tap_after_the_session_ended_is_told_so(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    client = as_(ana)
    clock.forward(hours=3)
    reply = tap(client, round_id, uses_feedback="4")
    assert reply.status_code == 401
    assert reply.json is not None
    assert reply.json["message"].startswith("U bent uitgelogd.")


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
