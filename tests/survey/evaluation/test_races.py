"""Several at once: two taps on one link, and a window that closes while somebody waits for a turn."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from tests.conftest import Clock
from tests.survey.evaluation.conftest import SCHOOL, Asked, about, all_of

TEACHER = "evaluation-teacher"


def at_once(app: Flask, times: int, act: Callable[[SqliteEngine], object]) -> None:
    together = Barrier(times)

    def one() -> None:
        with app.app_context(), app.extensions["database"].session() as engine:
            together.wait()
            act(engine)

    threads = [Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("kind", ["anonymous", "named"])
def test_of_many_taps_at_once_one_answer_is_kept(
    app: Flask,
    engine: SqliteEngine,
    asked: Asked,
    named: tuple[Asked, Asked],
    clock: Clock,
    kind: str,
) -> None:
    link, form = (asked, TEACHER) if kind == "anonymous" else (named[0], "evaluation-ib-named")
    (node,) = about(engine, link)
    answers = all_of(form)

    def submit(engine: SqliteEngine) -> None:
        answering.submit(engine, token=link.token, node_id=node, answers=answers, clock=clock)

    at_once(app, 5, submit)
    rows = engine.rows("SELECT id FROM sealed_ballot") if kind == "anonymous" else [{}]
    assert len(rows) == 1
    values = engine.rows("SELECT item FROM named_answer")
    assert len(values) == (0 if kind == "anonymous" else 7)


def test_who_waits_for_a_turn_past_the_end_is_too_late(
    engine: SqliteEngine, asked: Asked, clock: Clock, dump: Callable[[], object]
) -> None:
    (node,), before = about(engine, asked), dump()

    def when_it_is_its_turn() -> datetime:
        clock.forward(days=21)
        return clock()

    with pytest.raises(answering.Closed):
        answering.submit(
            engine,
            token=asked.token,
            node_id=node,
            answers=all_of(TEACHER),
            clock=when_it_is_its_turn,
        )
    assert dump() == before


def test_two_ticks_at_once_open_once_and_write_one_letter(
    app: Flask, engine: SqliteEngine, planned: str, clock: Clock
) -> None:
    invitations.by_mail(
        engine,
        window_id=planned,
        school_id=SCHOOL,
        form=TEACHER,
        addresses=["noa@school.nl"],
        by=None,
        at=clock(),
    )
    clock.forward(days=7)
    at_once(app, 3, lambda own: actions.open_window(own, window_id=planned, at=clock()))
    assert len(engine.rows("SELECT id FROM outbox WHERE about IS NOT NULL")) == 1
