"""Counting: everything at once, once, shuffled, and nothing left of what could link an answer to someone."""

import os
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.evaluation import actions, store
from survey.evaluation.sealing import WrongKey
from tests.conftest import Clock
from tests.survey.evaluation.conftest import LINE, OTHER, Asked, all_of

Card = Callable[..., Asked]
Submit = Callable[..., None]
LEFT = ("sealed_ballot", "ballot", "ballot_answer", "ballot_line")


def numbers(engine: SqliteEngine) -> dict[str, int]:
    found = {}
    for table in LEFT:
        row = engine.one(f"SELECT count(*) AS n FROM {table}")
        assert row
        found[table] = row["n"]
    return found


@pytest.fixture
def answered(engine: SqliteEngine, card: Card, submit: Submit) -> None:
    """Three teachers of one coach, and one who answers about two."""
    for value in (0, 1, 4):
        submit(card(), answers=all_of("evaluation-teacher", value), line=LINE if value else "")
    two = card(school=OTHER)
    submit(two, nth=0)
    submit(two, nth=1)


def test_before_closing_no_answer_lies_open(engine: SqliteEngine, window: str, answered: None) -> None:
    assert numbers(engine) == {"sealed_ballot": 5, "ballot": 0, "ballot_answer": 0, "ballot_line": 0}
    assert LINE.encode() not in b"".join(store.sealed(engine, window))


def test_a_window_is_not_counted_before_it_closes(
    engine: SqliteEngine, window: str, answered: None, clock: Clock
) -> None:
    clock.forward(days=21, seconds=-1)
    assert not actions.count(engine, window_id=window, at=clock())
    assert numbers(engine)["sealed_ballot"] == 5


def test_after_closing_every_answer_is_there_and_nothing_is_sealed(
    engine: SqliteEngine, window: str, answered: None, clock: Clock
) -> None:
    clock.forward(days=21)
    assert actions.count(engine, window_id=window, at=clock())
    assert numbers(engine) == {"sealed_ballot": 0, "ballot": 5, "ballot_answer": 35, "ballot_line": 2}
    values = engine.rows("SELECT DISTINCT value FROM ballot_answer ORDER BY value")
    assert [row["value"] for row in values] == [0, 1, 3, 4]
    assert {row["item_version"] for row in engine.rows("SELECT item_version FROM ballot_answer")} == {"1.0"}


def test_two_ballots_of_one_person_are_known_to_be_of_one_and_of_nobody_in_particular(
    engine: SqliteEngine, window: str, answered: None, clock: Clock
) -> None:
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    codes = [row["respondent"] for row in engine.rows("SELECT respondent FROM ballot")]
    assert (len(codes), len(set(codes))) == (5, 4)
    invited = engine.rows("SELECT id, person_code, token_hash FROM evaluation_invitation")
    assert not set(codes) & {value for row in invited for value in row.values()}


def test_rows_lie_in_the_order_of_random_keys(
    engine: SqliteEngine, window: str, answered: None, clock: Clock
) -> None:
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    for table in ("ballot", "ballot_line"):
        keys = [row["id"] for row in engine.rows(f"SELECT id FROM {table}")]
        assert keys == sorted(keys)
        assert all(len(key) == 32 for key in keys)


def test_counting_again_changes_nothing(
    engine: SqliteEngine, window: str, answered: None, clock: Clock, dump: Callable[[], object]
) -> None:
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    before = dump()
    assert not actions.count(engine, window_id=window, at=clock())
    assert dump() == before


def test_of_two_counts_at_once_one_counts(app: Flask, window: str, answered: None, clock: Clock) -> None:
    clock.forward(days=21)
    done, together = [], Barrier(2)

    def count() -> None:
        with app.app_context(), app.extensions["database"].session() as engine:
            together.wait()
            done.append(actions.count(engine, window_id=window, at=clock()))

    threads = [Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]
    with app.extensions["database"].session() as engine:
        assert numbers(engine)["ballot"] == 5


def test_with_another_secret_nothing_is_counted_and_nothing_is_lost(
    app: Flask, engine: SqliteEngine, window: str, answered: None, clock: Clock, dump: Callable[[], object]
) -> None:
    clock.forward(days=21)
    before, secret = dump(), app.secret_key
    app.secret_key = "another secret of at least 32 characters"
    with pytest.raises(WrongKey):
        actions.count(engine, window_id=window, at=clock())
    assert dump() == before
    app.secret_key = secret
    assert actions.count(engine, window_id=window, at=clock())


class Killed(BaseException):
    """The process ended in the middle of an act."""


def test_a_count_that_is_cut_off_leaves_every_ballot_sealed_and_is_done_again(
    engine: SqliteEngine,
    window: str,
    answered: None,
    clock: Clock,
    dump: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.forward(days=21)
    before = dump()

    def cut_off(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(store, "delete_sealed", cut_off)
        with pytest.raises(Killed):
            actions.count(engine, window_id=window, at=clock())
    assert dump() == before
    assert actions.count(engine, window_id=window, at=clock())
    assert numbers(engine)["ballot"] == 5


def test_an_empty_window_is_counted_too(engine: SqliteEngine, window: str, clock: Clock) -> None:
    clock.forward(days=21)
    assert actions.count(engine, window_id=window, at=clock())
    assert set(numbers(engine).values()) == {0}


def test_a_window_that_never_opened_is_never_counted(
    engine: SqliteEngine, planned: str, clock: Clock
) -> None:
    clock.forward(days=60)
    assert not actions.open_window(engine, window_id=planned, at=clock())
    assert not actions.count(engine, window_id=planned, at=clock())


def test_once_counted_the_journal_holds_nothing_of_a_ballot(
    app: Flask, engine: SqliteEngine, window: str, answered: None, clock: Clock
) -> None:
    sealed = store.sealed(engine, window)
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    path = app.extensions["database"].path
    files = [path, path.with_name(f"{path.name}-wal")]
    kept = b"".join(file.read_bytes() for file in files if os.path.exists(file))
    assert not [one for one in sealed if one[:64] in kept]
