"""Mail after the invitation: one reminder, a stop that is kept, and addresses forgotten at the end."""

from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions
from tests.conftest import Clock
from tests.survey.evaluation.conftest import (
    BOTH,
    OTHER,
    PARENT,
    TEACHER,
    Asked,
    Mail,
    about,
    addresses,
    all_of,
    asked_at,
    letters,
)


def test_who_says_stop_gets_no_mail_any_more_and_may_still_answer(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window)
    mail(window, BOTH[:1], form=PARENT)
    asked = asked_at(engine, BOTH[0])
    answering.stop(engine, token=asked.token, clock=clock)
    assert addresses(engine) == [None, None, BOTH[1]]
    assert [body for recipient, body in letters(engine) if not recipient] == ["", ""]
    assert mail(window, BOTH[:1], school=OTHER) == actions.Invited(0, silent=1)
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    kept = str(engine.rows("SELECT * FROM evaluation_silence"))
    assert BOTH[0] not in kept


def test_whoever_waits_is_reminded_once_in_the_last_week(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window)
    asked = asked_at(engine, BOTH[0])
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    clock.forward(days=13)
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    clock.forward(days=1)
    assert [act for act, _ in windows.due(engine, clock())] == ["tell"]
    assert actions.remind(engine, window_id=window, at=clock()) == 1
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    last = engine.rows("SELECT recipient, subject FROM outbox ORDER BY id")[-1]
    assert last["recipient"] == BOTH[1]
    assert last["subject"].startswith("Herinnering: ")


def test_nobody_is_reminded_of_what_they_got_yesterday(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    clock.forward(days=14)
    mail(window)
    clock.forward(days=1)
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    clock.forward(days=2)
    assert actions.remind(engine, window_id=window, at=clock()) == 2


def test_at_the_end_every_address_is_forgotten(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock, named: tuple[Asked, Asked]
) -> None:
    mail(window)
    clock.forward(days=21)
    windows.count(engine, window_id=window, at=clock())
    assert set(addresses(engine)) == {None}
