"""Fifty people answered, and somebody has every file: he links answers to people no better than by guessing.

A guess that knows nothing has one person right on average, and twelve or more once in 1.2 billion times
(Poisson). With fewer than a thousand different guesses that is once in a million runs of this test; the
controls show what he does with ballots that are kept the ordinary way: all fifty. An order of fifty that
has nothing to do with another has a rank correlation beyond .7 once in a million times.
"""

import itertools
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions, counting, store
from survey.evaluation.answering import actions as answering
from survey.evaluation.ballot import Ballot
from tests.conftest import Clock
from tests.survey.evaluation.attack.conftest import PEOPLE, Submitted
from tests.survey.evaluation.attack.matcher import Evidence, best, order_kept

BY_CHANCE, GUESSES, RELATED = 12, 1000, 0.7
Submit = Callable[[], Submitted]
Seize = Callable[[str], Path]


def close(engine: SqliteEngine, window: str, clock: Clock) -> None:
    clock.forward(days=22)
    assert actions.count(engine, window_id=window, at=clock())


def test_with_every_file_he_does_no_better_than_chance(
    engine: SqliteEngine, window: str, submit_all: Submit, seize: Seize, clock: Clock
) -> None:
    submitted = submit_all()
    before = seize("open")
    close(engine, window, clock)
    evidence = Evidence.of(before, seize("counted"))
    right, tried = best(evidence, submitted.log, submitted.truth)
    assert 20 < tried < GUESSES
    assert right < BY_CHANCE
    assert order_kept(evidence, submitted.log, submitted.truth) < RELATED


def test_while_it_is_open_no_file_holds_an_answer(
    engine: SqliteEngine, window: str, submit_all: Submit, seize: Seize
) -> None:
    submitted = submit_all()
    evidence = Evidence.of(seize("open"))
    assert best(evidence, submitted.log, submitted.truth) == (0, 1)
    assert not [line for line in submitted.lines for file in evidence.files if line.encode() in file]
    assert not [file for file in evidence.files if b"approachable" in file and b'"respondent"' in file]
    kept = store.sealed(engine, window)
    assert len({len(one) for one in kept}) == 1
    assert len({one[:12] for one in kept}) == len(kept) == PEOPLE


def test_once_counted_no_code_leads_from_a_ballot_to_who_was_asked(
    engine: SqliteEngine, window: str, submit_all: Submit, seize: Seize, clock: Clock
) -> None:
    submit_all()
    before = Evidence.of(seize("open"))
    close(engine, window, clock)
    rows = engine.rows("SELECT id, respondent FROM ballot")
    codes = {code for row in rows for code in row.values()}
    assert len(codes) == 2 * PEOPLE
    assert not [code for code in codes for file in before.files if code.encode() in file]


def test_once_counted_no_file_of_now_holds_what_was_sealed(
    engine: SqliteEngine, window: str, submit_all: Submit, seize: Seize, clock: Clock
) -> None:
    submit_all()
    sealed = [row["id"] for row in engine.rows("SELECT id FROM sealed_ballot")]
    close(engine, window, clock)
    files = Evidence.of(seize("counted")).files
    assert not [key for key in sealed for file in files if key.encode() in file]


class TestControl:
    """The ordinary ways to keep a ballot: he wins, so the tests above can fail."""

    def test_plain_ballots_with_an_ascending_key_tell_everything(
        self,
        engine: SqliteEngine,
        window: str,
        submit_all: Submit,
        seize: Seize,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        keys = (f"{n:032x}" for n in itertools.count())
        monkeypatch.setattr(answering, "_seal", self._kept_plain(keys))
        submitted = submit_all()
        assert best(Evidence.of(seize("open")), submitted.log, submitted.truth)[0] == PEOPLE

    def test_plain_ballots_with_a_random_key_tell_everything_by_the_journal(
        self,
        engine: SqliteEngine,
        window: str,
        submit_all: Submit,
        seize: Seize,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        keys = (secrets.token_hex(16) for _ in itertools.count())
        monkeypatch.setattr(answering, "_seal", self._kept_plain(keys))
        engine.run("PRAGMA wal_checkpoint(TRUNCATE)")
        submitted = submit_all()
        assert best(Evidence.of(seize("open")), submitted.log, submitted.truth)[0] == PEOPLE

    def test_sealed_ballots_counted_in_the_order_they_came_tell_everything(
        self,
        engine: SqliteEngine,
        window: str,
        submit_all: Submit,
        seize: Seize,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        order = itertools.count()
        insert = store.insert_sealed

        def in_order(engine: SqliteEngine, row: Mapping[str, Any]) -> None:
            insert(engine, {**row, "id": f"{next(order):032x}"})

        with monkeypatch.context() as first:
            first.setattr(store, "insert_sealed", in_order)
            submitted = submit_all()
        monkeypatch.setattr("survey.evaluation.counting.secrets.token_hex", lambda _: f"{next(order):032x}")
        close(engine, window, clock)
        evidence = Evidence.of(seize("counted"))
        assert best(evidence, submitted.log, submitted.truth)[0] == PEOPLE
        assert order_kept(evidence, submitted.log, submitted.truth) == pytest.approx(1)

    @staticmethod
    def _kept_plain(keys: Any) -> Callable[..., None]:
        def keep(engine: SqliteEngine, link: Any, one: Ballot) -> None:
            key = next(keys)
            rows = counting.count([one], window_id=link.window.id, item_version=lambda form, item: "1.0")
            engine.insert("ballot", [row | {"id": key} for row in rows.ballots])
            engine.insert("ballot_answer", [row | {"ballot_id": key} for row in rows.answers])

        return keep
