"""Sessions: how long they last, that being seen is noted seldom, and who loses them."""

import pytest
from flask import Flask

from survey.access import actions as access
from survey.database import Busy, Full, SqliteEngine
from survey.people import actions as people
from tests.conftest import Clock, Member, Signed
from tests.survey.access.devices import CLOSED, is_in


def test_a_session_ends_after_two_idle_hours(as_: Signed, ana: Member, clock: Clock) -> None:
    client = as_(ana)
    for _ in range(3):
        clock.forward(minutes=119)
        assert is_in(client), "each visit starts the two hours again"
    clock.forward(minutes=120)
    assert not is_in(client)
    clock.forward(minutes=-60)
    assert is_in(client), "ended by the clock, not by the visit"


def test_a_session_ends_after_two_weeks_however_busy(as_: Signed, ana: Member, clock: Clock) -> None:
    client = as_(ana)
    visits = 0
    while is_in(client):
        clock.forward(hours=1)
        visits += 1
        assert visits <= 336
    assert visits == 336


def test_being_seen_is_written_at_most_once_a_minute(
    as_: Signed, ana: Member, clock: Clock, engine: SqliteEngine
) -> None:
    client = as_(ana)
    seen = []
    for seconds in (0, 59, 1, 30):
        clock.forward(seconds=seconds)
        assert is_in(client)
        seen.append(engine.rows("SELECT seen_at FROM session")[0]["seen_at"][14:19])
    assert seen == ["00:00", "00:00", "01:00", "01:00"]


@pytest.mark.parametrize("trouble", [Full("disk is full"), Busy("locked")])
def test_reading_goes_on_when_being_seen_cannot_be_written(
    trouble: Exception, as_: Signed, ana: Member, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise trouble

    client = as_(ana)
    clock.forward(minutes=2)
    monkeypatch.setattr(access, "see_session", refuse)
    assert is_in(client)


def test_someone_who_leaves_is_out_at_once(
    as_: Signed, ana: Member, engine: SqliteEngine, app: Flask, clock: Clock
) -> None:
    client = as_(ana)
    assert is_in(client)
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert not is_in(client)
    assert client.post(CLOSED).status_code == 401


def test_a_session_of_someone_who_left_is_dead_even_if_it_was_never_ended(
    as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    client = as_(ana)
    engine.run(
        "UPDATE person SET status = 'left', left_at = '2026-01-20T10:00:00+00:00' WHERE id = :id",
        {"id": ana.id},
    )
    assert not is_in(client)


def test_requests_never_share_who_is_signed_in(app: Flask, as_: Signed, lea: Member, ana: Member) -> None:
    leas, anas = as_(lea), as_(ana)
    with app.app_context():  # commands and workers may hold one open around several requests
        assert leas.get("/mensen").status_code == 200
        assert anas.get("/mensen").status_code == 404
        assert app.test_client().get("/mensen").status_code == 302


def test_a_role_that_is_taken_away_is_gone_at_once(as_: Signed, lea: Member, engine: SqliteEngine) -> None:
    client = as_(lea)
    assert client.get("/mensen").status_code == 200
    engine.run("DELETE FROM role_grant WHERE person_id = :id", {"id": lea.id})
    assert client.get("/mensen").status_code == 404


def test_signing_in_as_someone_else_ends_the_session_before(
    as_: Signed, ana: Member, ben: Member, engine: SqliteEngine, clock: Clock
) -> None:
    shared = as_(ana)
    kept = shared.get_cookie("groeispiegel")
    token = access.issue_link(engine, person_id=ben.id, at=clock())
    shared.post(f"/inloggen/{token}")
    living = engine.rows("SELECT person_id FROM session WHERE revoked_at IS NULL")
    assert living == [{"person_id": ben.id}]
    assert kept is not None
    assert kept.value != shared.get_cookie("groeispiegel").value  # type: ignore[union-attr]
