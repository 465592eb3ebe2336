"""Who answered late stays unseen, also after what they were first asked by is old enough to go."""

from datetime import datetime, timedelta

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation import reports
from survey.evaluation.answering import actions as answering
from survey.evaluation.answering import links
from survey.retention import actions as retention
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.conftest import SCHOOL, TEACHER, Asked, all_of
from tests.survey.evaluation.test_late import answered as answered
from tests.survey.evaluation.test_late import next as next


def delete(engine: SqliteEngine, night: datetime) -> list[int]:
    """How many invitations would go, and go."""
    return [
        retention.delete_old(engine, at=night, session_lasts=timedelta(days=30), dry_run=dry_run)[
            "evaluation_invitation"
        ]
        for dry_run in (True, False)
    ]


def test_a_night_that_deletes_what_they_were_asked_by_does_not_show_them(
    engine: SqliteEngine, window: str, next: str, answered: list[Asked], lea: Member, clock: Clock
) -> None:
    scope = scope_of(lea, Role.LEAD)
    clock.forward(days=32)
    assert windows.count(engine, window_id=next, at=clock())
    night = clock() + timedelta(days=325)  # more than a year after the first was counted, less after this one
    assert delete(engine, night) == [3, 3]
    for one in (window, next):
        assert reports.response(engine, scope, one) == {}
        assert reports.response_at(engine, scope, one) == {}
    assert delete(engine, night + timedelta(days=42)) == [2, 2]
    assert engine.rows("SELECT id FROM evaluation_invitation") == []


def test_a_card_that_was_answered_late_is_among_the_cards_of_no_later_window(
    engine: SqliteEngine, window: str, next: str, lea: Member, clock: Clock
) -> None:
    scope = scope_of(lea, Role.LEAD)
    (card,) = engine.rows("SELECT id FROM evaluation_invitation WHERE way = 'card'")
    link = links.find(engine, Asked(card["id"]).token, at=clock())
    assert link
    assert link.next
    answering.submit(
        engine, token=Asked(card["id"]).token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
    )
    found = [len(reports.cards(engine, scope, one, school_id=SCHOOL, form=TEACHER)) for one in (window, next)]
    assert found == [1, 0]
