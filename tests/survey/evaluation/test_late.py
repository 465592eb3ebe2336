"""An invitation nobody answered goes on in the next window that asks the same at that school."""

from collections.abc import Callable

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation import reports
from survey.evaluation.answering import actions as answering
from survey.evaluation.answering import links
from survey.evaluation.invitation import actions
from survey.evaluation.windows import State
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.conftest import TEACHER, Asked, Mail, all_of, letters


@pytest.fixture
def next(engine: SqliteEngine, window: str, mail: Mail, card: Callable[..., Asked], clock: Clock) -> str:
    """A second window, opened after the first was counted."""
    mail(window)
    card()
    clock.forward(days=21)
    windows.count(engine, window_id=window, at=clock())
    clock.forward(days=10)
    closes = clock.at.replace(month=clock.at.month + 1)
    return windows.plan(
        engine, school_year="2025-2026", opens_at=clock(), closes_at=closes, by=None, at=clock()
    )


def _first(engine: SqliteEngine, way: str) -> Asked:
    row = engine.one("SELECT id FROM evaluation_invitation WHERE way = :way ORDER BY id", {"way": way})
    assert row
    return Asked(row["id"])


@pytest.mark.parametrize("way", ["mail", "card"])
def test_a_late_answer_counts_in_the_next_window(
    engine: SqliteEngine, next: str, clock: Clock, client: object, way: str
) -> None:
    asked = _first(engine, way)
    link = links.find(engine, asked.token, at=clock())
    assert link
    assert link.next
    for _ in range(2):
        answering.submit(
            engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
        )
    rows = engine.rows("SELECT window_id FROM sealed_ballot")
    assert [row["window_id"] for row in rows] == [next]
    after = links.find(engine, asked.token, at=clock())
    assert after
    assert after.next is None


def test_the_window_before_keeps_its_numbers(
    engine: SqliteEngine, window: str, next: str, clock: Clock
) -> None:
    asked = _first(engine, "mail")
    link = links.find(engine, asked.token, at=clock())
    assert link
    assert link.next
    answering.submit(
        engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
    )
    sql = (
        "SELECT count(*) AS n, sum(answered) AS said FROM evaluation_about "
        "JOIN evaluation_invitation ON id = invitation_id WHERE window_id = :window"
    )
    assert engine.one(sql, {"window": window}) == {"n": 3, "said": 0}
    assert engine.one(sql, {"window": next}) == {"n": 1, "said": 1}


def test_nothing_tells_when_a_late_answer_came(
    engine: SqliteEngine, next: str, clock: Clock, dump: Callable[[], dict[str, list[object]]]
) -> None:
    clock.forward(hours=30)
    asked = _first(engine, "card")
    link = links.find(engine, asked.token, at=clock())
    assert link
    assert link.next
    answering.submit(
        engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
    )
    moment = clock().isoformat()[:13]
    assert [table for table, rows in dump().items() if any(moment in str(row) for row in rows)] == []


def test_who_is_asked_anew_has_one_link_only(
    engine: SqliteEngine, next: str, mail: Mail, clock: Clock
) -> None:
    old: list[tuple[Asked, str]] = []
    for row in engine.rows("SELECT id FROM evaluation_invitation WHERE way = 'mail'"):
        link = links.find(engine, Asked(row["id"]).token, at=clock())
        assert link
        assert link.next
        old.append((Asked(row["id"]), link.next.node_id))
    assert len(old) == 2
    mail(next)
    for asked, node in old:
        with pytest.raises(answering.Closed):
            answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    assert engine.rows("SELECT window_id FROM sealed_ballot") == []


@pytest.fixture
def answered(engine: SqliteEngine, next: str, clock: Clock) -> list[Asked]:
    """Both who were mailed in the first window answer in the second."""
    asked = [
        Asked(row["id"]) for row in engine.rows("SELECT id FROM evaluation_invitation WHERE way = 'mail'")
    ]
    for one in asked:
        link = links.find(engine, one.token, at=clock())
        assert link
        assert link.next
        node = link.next.node_id
        answering.submit(engine, token=one.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    return asked


def test_nobody_can_see_that_a_late_answer_came(
    engine: SqliteEngine, next: str, answered: list[Asked], lea: Member
) -> None:
    scope = scope_of(lea, Role.LEAD)
    assert reports.response(engine, scope, next) == {}
    assert reports.response_at(engine, scope, next) == {}


def test_asking_who_answered_late_looks_like_asking_anybody_and_mails_nobody(
    engine: SqliteEngine, next: str, answered: list[Asked], mail: Mail, lea: Member, clock: Clock
) -> None:
    before = letters(engine)
    assert mail(next) == actions.Invited(2)
    assert letters(engine) == before
    assert reports.response(engine, scope_of(lea, Role.LEAD), next)[TEACHER].asked == 2
    assert mail(next) == actions.Invited(0, known=2)
    for one in answered:
        link = links.find(engine, one.token, at=clock())
        assert link is None or link.state is not State.OPEN
    assert len(engine.rows("SELECT id FROM sealed_ballot")) == 2
