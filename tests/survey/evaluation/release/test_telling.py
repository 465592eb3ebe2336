"""A coach hears on Vandaag that there are outcomes, once, without a number and without a mail."""

from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine
from survey.evaluation.release import actions
from survey.notice import actions as notices
from survey.retention.erasing.actions import erase_person
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member
from tests.survey.evaluation.ballots import Ballots

Counted = Callable[[Sequence[Ballots]], str]
Signed = Callable[[Member], HouseClient]
LINE = "Er zijn uitkomsten van leerkrachten"
ENOUGH = [Ballots("Ana", (3,) * 6 + (1,) * 2), Ballots("Cleo", (4,) * 6)]


@pytest.fixture
def released(engine: SqliteEngine, counted: Counted, lea: Member, clock: Clock) -> str:
    window = counted(ENOUGH)
    actions.release(engine, window_id=window, form="evaluation-teacher", by=lea.id, at=clock())
    return window


def lines(client: HouseClient) -> list[str]:
    """What Vandaag says of outcomes."""
    rows = [words(one) for one in every(parsed(client.get("/vandaag").text), "li")]
    return [row for row in rows if "uitkomsten van" in row]


def test_a_coach_is_told_until_they_looked(as_: Signed, released: str, ana: Member, cleo: Member) -> None:
    client = as_(ana)
    line = f"{LINE}2025–2026 Bekijk"
    assert lines(client) == [line], "no number, and no word of what was said"
    assert lines(client) == [line], "only reading it takes it away"
    client.get("/mijn-inzet/evaluatie")
    assert lines(client) == [line]
    assert client.get(f"/mijn-inzet/evaluatie/{released}/evaluation-teacher").status_code == 200
    assert lines(client) == []
    assert len(lines(as_(cleo))) == 1, "each sees for themselves"


def test_looking_twice_is_noted_once(
    engine: SqliteEngine, as_: Signed, released: str, ana: Member, clock: Clock
) -> None:
    client, seen = as_(ana), set()
    for _ in range(2):
        client.get(f"/mijn-inzet/evaluatie/{released}/evaluation-teacher")
        (row,) = engine.rows("SELECT dropped_at FROM notice WHERE person_id = :id", {"id": ana.id})
        seen.add(row["dropped_at"])
        clock.forward(hours=1)
    assert len(seen) == 1


def test_nobody_is_told_before_the_release(as_: Signed, counted: Counted, ana: Member) -> None:
    counted(ENOUGH)
    assert lines(as_(ana)) == []


def test_who_was_not_asked_about_is_not_told(
    as_: Signed, released: str, ben: Member, dora: Member, lea: Member
) -> None:
    for other in (ben, dora, lea):
        assert lines(as_(other)) == []


def test_who_was_erased_since_the_count_is_not_told(
    engine: SqliteEngine, counted: Counted, lea: Member, ana: Member, cleo: Member, clock: Clock
) -> None:
    window = counted(ENOUGH)
    engine.run("UPDATE placement SET status = 'ended', ends_on = starts_on")
    erase_person(engine, email=cleo.email, at=clock())
    actions.release(engine, window_id=window, form="evaluation-teacher", by=lea.id, at=clock())
    assert engine.rows("SELECT person_id FROM notice") == [{"person_id": ana.id}]


def test_of_too_few_answers_nobody_is_told(
    engine: SqliteEngine, as_: Signed, counted: Counted, lea: Member, ana: Member, clock: Clock
) -> None:
    window = counted([Ballots("Ana", (3,) * 3)])
    actions.release(engine, window_id=window, form="evaluation-teacher", by=lea.id, at=clock())
    assert lines(as_(ana)) == []


def test_of_a_form_about_the_programme_no_coach_is_told(
    engine: SqliteEngine, as_: Signed, counted: Counted, lea: Member, ana: Member, clock: Clock
) -> None:
    window = counted([Ballots("Programma", (3,) * 6, form="evaluation-ib-programme")])
    actions.release(engine, window_id=window, form="evaluation-ib-programme", by=lea.id, at=clock())
    assert engine.rows("SELECT * FROM notice") == []
    assert lines(as_(ana)) == []


def test_no_mail_tells_it(engine: SqliteEngine, released: str, clock: Clock) -> None:
    clock.forward(days=1)
    notices.bundle(engine, clock())
    assert engine.rows("SELECT * FROM outbox WHERE writer = 'bundle'") == []
    (row,) = engine.rows("SELECT count(*) AS n FROM notice WHERE kind = 'released' AND told_at IS NULL")
    assert row["n"] == 2


def test_counting_and_releasing_mail_nobody(engine: SqliteEngine, released: str) -> None:
    assert engine.rows("SELECT * FROM outbox") == []
