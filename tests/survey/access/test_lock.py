"""A device given out of hands: nothing of the coach opens but by the code, and few guesses."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.access import actions as access
from survey.access import lock
from survey.access.lock import MISSES, NoCode, Tried
from survey.access.tokens import new_token, token_hash
from survey.case import actions as cases
from survey.case.informants import Who
from survey.database import SqliteEngine
from survey.questionnaire.vocabulary import Family
from tests.client import HouseClient
from tests.conftest import START, Clock, Member, scope_of

As = Callable[[Member], HouseClient]
CODE = "2468"
JSON = {"Accept": "application/json"}


@pytest.fixture
def check(app: Flask, engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    """The address of a check of Ana that waits for its answer."""
    code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    (case,) = engine.rows('SELECT id FROM "case"')
    with app.app_context():
        link_id = cases.start_check(
            engine,
            case_id=case["id"],
            who=Who("parent", 1),
            family=Family.RELATIONSHIP,
            by=scope_of(ana),
            at=START,
        )
    return f"/trajecten/{code}/check/{link_id}"


@pytest.fixture
def coach(as_: As, ana: Member) -> HouseClient:
    return as_(ana)


def give(coach: HouseClient, check: str, code: str = CODE) -> str:
    """Hand the device over; where it goes."""
    reply = coach.post(f"{check}/geef-door", data={"code": code})
    assert reply.status_code == 303
    return str(reply.location)


def guess(coach: HouseClient, code: str) -> int:
    return coach.post("/ontgrendelen", data={"code": code}).status_code


def test_handing_over_leads_to_the_question_on_this_device(coach: HouseClient, check: str) -> None:
    question = give(coach, check)
    assert question.startswith("/c/")
    assert question.endswith("?hier=1")
    assert "Hoe was dit gesprek?" in coach.get(question).text


@pytest.mark.parametrize(
    "path", ["/", "/vandaag", "/trajecten", "/reflectie", "/groei", "/trajecten/nieuw", "/mensen"]
)
def test_while_it_is_locked_no_page_of_staff_opens(coach: HouseClient, check: str, path: str) -> None:
    give(coach, check)
    reply = coach.get(path)
    assert (reply.status_code, reply.location) == (302, "/ontgrendelen")


def test_going_back_to_the_case_leads_to_the_lock_and_tells_nothing(coach: HouseClient, check: str) -> None:
    case, code = check.partition("/check")[0], check.split("/")[2]
    assert coach.get(case).headers["Cache-Control"] == "no-store"
    give(coach, check)
    for path in (case, check):
        reply = coach.get(path, follow_redirects=True)
        assert reply.request.path == "/ontgrendelen"
        assert "Dit toestel is op slot" in reply.text
        assert code not in reply.text
        assert "Ana" not in reply.text


def test_the_script_that_waits_learns_nothing(coach: HouseClient, check: str) -> None:
    give(coach, check)
    reply = coach.get(f"{check}/stand", headers=JSON)
    assert reply.status_code == 401
    assert "state" not in (reply.json or {})


def test_what_is_sent_while_locked_is_refused_and_not_shown_again(
    coach: HouseClient, check: str, dump: Callable[[], object]
) -> None:
    give(coach, check)
    before = dump()
    for path in (f"{check}/intrekken", f"{check}/geef-door", "/trajecten/nieuw", "/uitloggen/overal"):
        reply = coach.post(path, data={"line": "een eigen regel", "code": "0000"})
        assert reply.status_code == 401
        assert "Dit toestel is op slot" in reply.text
        assert "een eigen regel" not in reply.text
    assert dump() == before
    assert guess(coach, CODE) == 303, "handing over once more did not change the code"


def test_a_page_that_is_not_there_says_nothing_either(coach: HouseClient, check: str) -> None:
    give(coach, check)
    reply = coach.get("/nergens")
    assert reply.status_code == 404
    assert "Ana" not in reply.text


def test_the_code_leads_back_to_the_check(coach: HouseClient, check: str) -> None:
    give(coach, check)
    reply = coach.post("/ontgrendelen", data={"code": CODE})
    assert (reply.status_code, reply.location) == (303, check)
    assert coach.get(check).status_code == 200
    assert coach.get("/ontgrendelen").location == "/"


@pytest.mark.parametrize("code", ["", "2467", "24680", "٢٤٦٨", "2468 ", " ' OR 1", "\ud800"])
def test_another_code_opens_nothing(coach: HouseClient, check: str, code: str) -> None:
    give(coach, check)
    reply = coach.post("/ontgrendelen", data={"code": code.encode("utf-8", "replace")})
    assert reply.status_code == 422
    assert "U kunt het nog 4 keer proberen" in reply.text
    assert coach.get("/trajecten").location == "/ontgrendelen"


def test_the_fifth_wrong_code_signs_out(coach: HouseClient, check: str, engine: SqliteEngine) -> None:
    give(coach, check)
    assert [guess(coach, "1111") for _ in range(MISSES)] == [422] * 4 + [401]
    assert engine.one("SELECT revoked_at FROM session") != {"revoked_at": None}
    assert guess(coach, CODE) == 303, "there is no lock any more, and nobody is signed in"
    assert str(coach.get("/trajecten").location).startswith("/inloggen")


def test_the_last_wrong_code_says_what_to_do(coach: HouseClient, check: str) -> None:
    give(coach, check)
    for _ in range(MISSES - 1):
        guess(coach, "1111")
    text = coach.post("/ontgrendelen", data={"code": "1111"}).text
    assert "U bent uitgelogd" in text
    assert "Vraag een nieuwe link" in text


def test_misses_do_not_count_for_the_next_time(coach: HouseClient, check: str) -> None:
    for _ in range(3):
        give(coach, check)
        assert [guess(coach, "1111") for _ in range(MISSES - 1)] == [422] * 4
        assert guess(coach, CODE) == 303


def test_signing_out_is_always_possible(coach: HouseClient, check: str) -> None:
    give(coach, check)
    assert coach.post("/uitloggen").status_code == 303
    assert str(coach.get(check).location).startswith("/inloggen")


def test_a_new_link_from_the_mail_opens_this_device_again(
    app: Flask, coach: HouseClient, ana: Member, check: str, engine: SqliteEngine, clock: Clock
) -> None:
    give(coach, check)
    token = access.issue_link(engine, person_id=ana.id, at=clock())
    coach.post(f"/inloggen/{token}")
    assert coach.get(check).status_code == 200
    (living,) = engine.rows("SELECT lock_hash FROM session WHERE revoked_at IS NULL")
    assert living == {"lock_hash": None}


def test_other_devices_of_the_coach_stay_open(as_: As, ana: Member, coach: HouseClient, check: str) -> None:
    other = as_(ana)
    give(coach, check)
    assert other.get(check).status_code == 200


def test_a_locked_session_ends_as_any_other(coach: HouseClient, check: str, clock: Clock) -> None:
    give(coach, check)
    clock.forward(hours=13)
    assert coach.get("/ontgrendelen").location == "/"
    assert str(coach.get("/trajecten").location).startswith("/inloggen")


@pytest.mark.parametrize("code", ["", "123", "12345", "abcd", "١٢٣٤", "12 4", "1234\n"])
def test_a_code_has_four_digits(coach: HouseClient, check: str, code: str, engine: SqliteEngine) -> None:
    reply = coach.post(f"{check}/geef-door", data={"code": code})
    assert reply.status_code == 422
    assert "Kies een code van vier cijfers." in reply.text
    assert engine.one("SELECT lock_hash FROM session") == {"lock_hash": None}


def test_the_code_is_stored_as_a_hash_that_the_table_alone_cannot_tell(
    coach: HouseClient, check: str, engine: SqliteEngine
) -> None:
    give(coach, check)
    (row,) = engine.rows("SELECT token_hash, lock_hash FROM session")
    plain = {token_hash(f"{number:04}") for number in range(10_000)}
    bound = {token_hash(f"lock:{row['token_hash']}:{number:04}") for number in range(10_000)}
    assert row["lock_hash"] not in plain | bound
    assert len(row["lock_hash"]) == 64


def test_handing_over_is_in_the_log_without_the_code(
    coach: HouseClient, check: str, engine: SqliteEngine
) -> None:
    give(coach, check)
    (line,) = engine.rows("SELECT act, object FROM audit WHERE act = 'device-handed-over'")
    assert line == {"act": "device-handed-over", "object": None}


def test_nobody_can_lock_or_try_a_session_that_ended(app: Flask, engine: SqliteEngine, ana: Member) -> None:
    with app.app_context():
        token = access.open_session(engine, person_id=ana.id, at=START)
        access.close_session(engine, token=token, at=START)
        lock.lock_session(engine, token=token, code=CODE, back="/", by=ana.id, at=START)
        assert lock.try_code(engine, token=token, code=CODE, at=START) == Tried(None)
        assert lock.try_code(engine, token=new_token(), code=CODE, at=START) == Tried(None)
        with pytest.raises(NoCode):
            lock.lock_session(engine, token=token, code="12", back="/", by=ana.id, at=START)


def test_every_page_of_staff_brings_the_script_that_hides_it(coach: HouseClient, check: str) -> None:
    for path in ("/vandaag", "/trajecten", check):
        assert "/static/lock.js" in coach.get(path).text
    give(coach, check)
    assert "/static/lock.js" in coach.get("/ontgrendelen").text
