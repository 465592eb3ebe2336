"""Limits: exact over processes, per window, and without storing who it was."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.web import limits, store
from tests.conftest import Clock

QUARTER = timedelta(minutes=15)
Hit = Callable[..., bool]


@pytest.fixture
def hit(app: Flask, engine: SqliteEngine) -> Hit:
    def count(subject: str = "someone", limit: int = 3, per: timedelta = QUARTER) -> bool:
        with app.app_context():
            return limits.hit(engine, subject, limit=limit, per=per)

    return count


def test_the_limit_itself_is_still_allowed(hit: Hit) -> None:
    assert [hit() for _ in range(5)] == [False, False, False, True, True]


def test_a_new_window_starts_from_nothing(hit: Hit, clock: Clock) -> None:
    assert [hit() for _ in range(4)][-1]
    clock.forward(minutes=14, seconds=59)
    assert hit()
    clock.forward(seconds=1)
    assert not hit()


def test_one_subject_does_not_count_for_another(hit: Hit) -> None:
    assert [hit("a", limit=1), hit("b", limit=1), hit("a", limit=1)] == [False, False, True]


def test_old_windows_are_forgotten_after_a_day(hit: Hit, clock: Clock, engine: SqliteEngine) -> None:
    hit("a")
    clock.forward(hours=23)
    hit("b")
    clock.forward(hours=2)
    hit("c")
    kept = {row["subject"] for row in engine.rows("SELECT subject FROM rate_limit")}
    assert kept == {"b", "c"}


def test_forgetting_old_windows_looks_at_those_alone(
    app: Flask, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []

    def explain(sql: str, params: dict[str, str]) -> int:
        plans.extend(row["detail"] for row in engine.rows(f"EXPLAIN QUERY PLAN {sql}", params))
        return 0

    monkeypatch.setattr(engine, "run", explain)
    store.forget_hits(engine, before="2026-01-20T10:00:00+00:00")
    assert plans
    assert not any(plan.startswith("SCAN") for plan in plans), plans


def test_a_window_of_a_day_counts_to_its_end(hit: Hit, clock: Clock) -> None:
    day = timedelta(days=1)
    clock.at = clock.at.replace(hour=0)
    assert not hit("slow", limit=1, per=day)
    clock.forward(hours=23, minutes=59)
    hit("other")
    assert hit("slow", limit=1, per=day)


def test_a_window_longer_than_counts_are_kept_is_refused(hit: Hit) -> None:
    with pytest.raises(ValueError, match="at most"):
        hit(per=timedelta(days=1, seconds=1))


def test_eight_at_once_lose_no_count(app: Flask) -> None:
    def count(_: int) -> bool:
        with app.app_context(), app.extensions["database"].session() as engine:
            return limits.hit(engine, "crowd", limit=30, per=QUARTER)

    with ThreadPoolExecutor(8) as pool:
        over = list(pool.map(count, range(80)))
    assert over.count(False) == 30


def _address(app: Flask, remote: str | None) -> str:
    with app.test_request_context(environ_base={"REMOTE_ADDR": remote}):
        return limits.address()


def test_an_address_cannot_be_read_back(app: Flask) -> None:
    hashed = _address(app, "192.0.2.7")
    assert len(hashed) == 32
    assert "192" not in hashed
    assert hashed == _address(app, "192.0.2.7") != _address(app, "192.0.2.8")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("192.0.2.7", "192.0.2.8", False),
        ("", None, True),
        ("unix:", "unix:", True),
    ],
)
def test_one_household_counts_as_one_place(app: Flask, one: str, other: str | None, same: bool) -> None:
    assert (_address(app, one) == _address(app, other)) is same
