"""What is refused of a reflection: what does not belong, a round of others, a session that ended."""

import re
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.reflection import store
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Dump, Member, Signed
from tests.survey.reflection.conftest import checked, stored, tap

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


PATHS = ["", "/attitude", "/afronden"]
POSTS = ["/attitude", "/antwoord", "/afronden", "/verbeteren"]


@pytest.mark.parametrize("path", PATHS)
def test_a_round_of_others_is_not_there(as_: Signed, cleo: Member, round_id: str, path: str) -> None:
    reply = as_(cleo).get(f"/reflectie/{round_id}{path}")
    unknown = as_(cleo).get(f"/reflectie/00{path}")
    assert (reply.status_code, unknown.status_code) == (404, 404)


@pytest.mark.parametrize("path", POSTS)
def test_nobody_writes_in_a_round_of_others(
    as_: Signed, cleo: Member, dump: Dump, round_id: str, path: str
) -> None:
    client = as_(cleo)
    before = dump()
    data = {"revision": "1", "flexible_hours": "3"}
    assert client.post(f"/reflectie/{round_id}{path}", data=data).status_code == 404
    assert dump() == before


def test_two_coaches_of_one_cohort_do_not_see_each_other(
    as_: Signed,
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


def test_a_scope_without_rows_reads_nothing(engine: SqliteEngine, round_id: str) -> None:
    stranger = Scope("nobody", "Nobody", frozenset())
    assert store.round_of(engine, round_id, scope=stranger) is None
    assert store.rounds(engine, scope=stranger) == []


def test_what_was_sent_after_the_session_ended_comes_back_and_can_be_sent_again(
    as_: Signed,
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
    as_: Signed, ana: Member, clock: Clock, round_id: str
) -> None:
    client = as_(ana)
    clock.forward(hours=3)
    reply = tap(client, round_id, uses_feedback="4")
    assert reply.status_code == 401
    assert reply.json is not None
    assert reply.json["message"].startswith("U bent uitgelogd.")
