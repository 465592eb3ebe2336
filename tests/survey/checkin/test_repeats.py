"""An answered link keeps its answer to itself: a repeat is recognised some times, while it is open."""

from collections.abc import Callable
from itertools import product

import pytest

from survey.case import actions as cases
from survey.checkin import actions
from survey.checkin.views.answering import REPEATS
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.checkin.conftest import ANSWERS, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
EVERY_ANSWER = [dict(zip(ANSWERS, values, strict=True)) for values in product("01234", repeat=4)]


def test_whoever_tries_every_answer_finds_out_nothing(client: HouseClient, link: Asked, dump: Dump) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    replies = [client.post(link.path, data=guess) for guess in EVERY_ANSWER if guess != ANSWERS]
    replies.append(client.post(link.path, data=ANSWERS))
    assert {reply.status_code for reply in replies} == {409}
    assert len({reply.data for reply in replies}) == 1
    assert dump() == before


def test_a_device_may_repeat_its_answer_some_times_a_day(
    client: HouseClient, link: Asked, clock: Clock
) -> None:
    client.post(link.path, data=ANSWERS)
    told = [client.post(link.path, data=ANSWERS).status_code for _ in range(REPEATS + 1)]
    assert told == [303] * REPEATS + [409]
    clock.forward(days=1)
    assert client.post(link.path, data=ANSWERS).status_code == 303


def test_what_is_counted_on_one_link_does_not_count_on_another(client: HouseClient, ask: Ask) -> None:
    first, second = ask(), ask("teacher")
    for link in (first, second):
        client.post(link.path, data=ANSWERS)
    for _ in range(REPEATS + 1):
        client.post(first.path, data=dict.fromkeys(ANSWERS, "0"))
    assert client.post(second.path, data=ANSWERS).status_code == 303


@pytest.mark.parametrize("end", ["withdrawn", "stopped", "closed", "expired"])
def test_once_a_link_has_ended_right_and_wrong_are_told_the_same(
    engine: SqliteEngine,
    client: HouseClient,
    ask: Ask,
    case_id: str,
    ana: Member,
    clock: Clock,
    dump: Dump,
    end: str,
) -> None:
    link = ask("pupil")
    client.post(link.path, data=ANSWERS)
    if end == "withdrawn":
        cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    if end == "stopped":
        actions.stop(engine, token=ask("pupil").token, clock=clock)
    if end == "closed":
        engine.run('UPDATE "case" SET closed_at = :at', {"at": START.isoformat()})
    if end == "expired":
        clock.forward(hours=73)
    before = dump()
    replies = [
        client.post(link.path, data=data)
        for data in (ANSWERS, dict.fromkeys(ANSWERS, "0"), {}, {"nu_niet": "1"}, {"stop": "1"}, {"toch": "1"})
    ]
    assert {reply.status_code for reply in replies} == {409}
    assert len({reply.data for reply in replies}) == 1
    assert "Deze link werkt niet meer" in replies[0].text
    assert dump() == before


def test_an_answered_link_that_has_ended_looks_like_any_other_dead_link(
    client: HouseClient, link: Asked, clock: Clock
) -> None:
    client.post(link.path, data=ANSWERS)
    clock.forward(hours=71)
    assert "Dank u wel" in client.get(link.path).text
    clock.forward(hours=1)
    for path in (link.path, f"{link.path}/nu-niet"):
        page = client.get(path)
        assert page.status_code == 404
        assert page.data == client.get("/c/nobody-made-this-token").data
    assert client.post(f"{link.path}/nu-niet", data={"reden": "no_time"}).status_code == 404
