"""When the one mail leaves: at most once a week, by day, and behind a link to sign in."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.access import actions as access
from survey.database import SqliteEngine
from survey.mail.sender import Delivery
from survey.notice import actions
from survey.notice.kinds import Kind
from tests.conftest import START, Clock, Member
from tests.survey.notice.conftest import Post

NIGHT = datetime(2026, 1, 20, 20, 30, tzinfo=UTC)


def test_at_most_one_mail_a_week(post: Post, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.deliver()
    post.tell(Kind.EVENT_INVITE, post.meet(20), ana)
    for _ in range(6):
        post.clock.forward(days=1)
        assert post.deliver() == Delivery(0, 0)
    post.clock.forward(days=1)
    assert post.deliver() == Delivery(1, 0)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-01-20T06:59:59+00:00", False),  # 7.59 in the Netherlands
        ("2026-01-20T07:00:00+00:00", True),
        ("2026-01-20T18:59:59+00:00", True),
        ("2026-01-20T19:00:00+00:00", False),
        ("2026-07-01T05:59:59+00:00", False),  # in summer time
        ("2026-07-01T06:00:00+00:00", True),
        ("2026-07-01T18:00:00+00:00", False),
    ],
)
def test_only_between_eight_and_eight(post: Post, ana: Member, clock: Clock, at: str, leaves: bool) -> None:
    clock.at = datetime.fromisoformat(at)
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    assert post.deliver() == Delivery(int(leaves), 0)


def test_what_failed_by_day_is_not_tried_by_night(
    post: Post, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    post.broken = ConnectionRefusedError()
    assert post.deliver() == Delivery(0, 1)
    post.broken = None
    clock.at = NIGHT
    assert post.deliver() == Delivery(0, 0)
    clock.at = NIGHT.replace(day=21, hour=7, minute=0)
    assert post.deliver() == Delivery(1, 0)


def test_who_signs_in_waits_for_no_bundle(post: Post, engine: SqliteEngine, ana: Member) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    actions.bundle(engine, START - timedelta(hours=1))
    access.ask_link(engine, email=ana.email, at=START)
    post.deliver()
    assert post.subjects[0].startswith("Uw link om in te loggen")
