"""Changes of a meeting: told as such, at once where it comes soon, and not more often than needed."""

from datetime import timedelta

import pytest

from survey.database import SqliteEngine
from survey.event import actions as events
from survey.mail.sender import Delivery
from survey.notice.kinds import Kind
from tests.conftest import START, Member
from tests.survey.notice.conftest import Post


def _told(post: Post, member: Member, days: float) -> str:
    event_id = post.meet(days)
    post.tell(Kind.EVENT_INVITE, event_id, member)
    post.deliver()
    post.clock.forward(hours=1)
    return event_id


def test_a_change_says_what_it_was(post: Post, ana: Member) -> None:
    event_id = _told(post, ana, 30)
    post.clock.forward(days=8)
    post.move(event_id, START + timedelta(days=31, hours=3))
    post.tell(Kind.EVENT_CHANGED, event_id, ana)
    post.deliver()
    assert post.subjects[1] == "Gewijzigd: Werkplaats luisteren"
    assert "Het is nu: vrijdag 20 februari, 14.00 tot 16.00 uur, De Kraanheide.\n" in post.last
    assert "Eerst was het: donderdag 19 februari, 11.00 uur.\n" in post.last


@pytest.mark.parametrize(
    ("first", "then", "at_once"),
    [(2, 2.5, True), (2, 20, True), (20, 2, True), (20, 21, False), (6, 10, False)],
)
def test_a_change_of_what_comes_soon_waits_for_no_week(
    post: Post, ana: Member, first: float, then: float, at_once: bool
) -> None:
    event_id = _told(post, ana, first)
    post.move(event_id, START + timedelta(days=then))
    post.tell(Kind.EVENT_CHANGED, event_id, ana)
    assert post.deliver() == Delivery(int(at_once), 0)


def test_each_change_is_told(post: Post, engine: SqliteEngine, ana: Member) -> None:
    event_id = _told(post, ana, 2)
    for hour in (1, 2):
        post.move(event_id, START + timedelta(days=2, hours=hour))
        assert post.tell(Kind.EVENT_CHANGED, event_id, ana) == 1
        assert post.tell(Kind.EVENT_CHANGED, event_id, ana) == 0, "two ticks at once decide it once"
        assert post.deliver() == Delivery(1, 0)
        post.clock.forward(hours=2)


def test_changes_close_together_go_in_one_mail_after_two_hours(post: Post, ana: Member) -> None:
    event_id = _told(post, ana, 2)
    sent = []
    for step in range(1, 8):
        post.move(event_id, START + timedelta(days=2, minutes=step))
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        sent.append(post.deliver().sent)
        post.clock.forward(minutes=20)
    assert sent == [1, 0, 0, 0, 0, 0, 1]


def test_a_change_after_any_other_mail_waits_for_nothing(post: Post, ana: Member) -> None:
    event_id = _told(post, ana, 2)
    post.move(event_id, START + timedelta(days=2, hours=1))
    post.tell(Kind.EVENT_CHANGED, event_id, ana)
    assert post.deliver() == Delivery(1, 0)


def test_a_change_before_anything_was_told_is_an_invitation(post: Post, ana: Member) -> None:
    event_id = post.meet(20)
    post.tell(Kind.EVENT_INVITE, event_id, ana)
    post.move(event_id, START + timedelta(days=21))
    post.tell(Kind.EVENT_CHANGED, event_id, ana)
    post.deliver()
    assert post.subjects == ["Nieuw in uw agenda: Werkplaats luisteren"]
    assert "dinsdag 10 februari, 11.00" in post.last


def test_what_is_called_off_is_told_at_once_when_it_comes_soon(post: Post, ana: Member) -> None:
    event_id = _told(post, ana, 2)
    post.call_off(event_id)
    post.tell(Kind.EVENT_CHANGED, event_id, ana)
    assert post.deliver() == Delivery(1, 0)
    assert post.subjects[1] == "Gaat niet door: Werkplaats luisteren"


def test_that_it_goes_on_all_the_same_is_told_too(post: Post, ana: Member) -> None:
    event_id = _told(post, ana, 2)
    for act, subject in ((events.cancel, "Gaat niet door"), (events.resume, "Gaat toch door")):
        post.clock.forward(minutes=130)
        act(post.engine, event_id=event_id, by=None, at=post.clock())
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        assert post.deliver() == Delivery(1, 0)
        assert post.subjects[-1] == f"{subject}: Werkplaats luisteren"


def test_a_trainer_hears_of_a_change_as_such(post: Post, ben: Member) -> None:
    event_id = post.meet(2)
    post.move(event_id, post.clock() + timedelta(days=2.1))
    post.tell(Kind.EVENT_CHANGED, event_id, ben)
    assert post.deliver() == Delivery(1, 0)
    assert post.subjects == ["Gewijzigd: Werkplaats luisteren"]


def test_what_has_begun_is_no_news(post: Post, ana: Member) -> None:
    post.tell(Kind.EVENT_SOON, post.meet(1), ana)
    post.clock.forward(days=1)
    assert post.deliver() == Delivery(0, 0)
