"""Who gets the one mail: not who stopped, rests, left or is not asked."""

from survey.database import SqliteEngine
from survey.mail.sender import Delivery
from survey.notice import actions
from survey.notice.kinds import Choice, Kind
from survey.people import actions as people
from tests.conftest import START, Member
from tests.survey.notice.conftest import Post


def test_who_stopped_hears_nothing_until_they_want_to(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    actions.choose(engine, person_id=ana.id, choice=Choice.STOP, at=START)
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    assert post.deliver() == Delivery(0, 0)
    actions.choose(engine, person_id=ana.id, choice=Choice.GO_ON, at=START)
    assert post.deliver() == Delivery(1, 0)


def test_who_rests_hears_after_four_weeks_what_is_due_then(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    actions.choose(engine, person_id=ana.id, choice=Choice.REST, at=START)
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.tell(Kind.EVENT_INVITE, post.meet(40), ana)
    post.clock.forward(days=27)
    assert post.deliver() == Delivery(0, 0)
    post.clock.forward(days=1)
    assert post.deliver() == Delivery(1, 0)
    assert post.subjects == ["Nieuw in uw agenda: Werkplaats luisteren"]


def test_who_stops_while_the_mail_waits_gets_none(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    actions.bundle(engine, START)
    actions.choose(engine, person_id=ana.id, choice=Choice.STOP, at=START)
    assert post.deliver() == Delivery(0, 0)
    actions.choose(engine, person_id=ana.id, choice=Choice.GO_ON, at=START)
    assert post.deliver() == Delivery(1, 0), "nothing of it was lost"


def test_who_left_gets_none(post: Post, engine: SqliteEngine, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    actions.bundle(engine, START)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert post.deliver() == Delivery(0, 0)


def test_a_meeting_of_another_cohort_is_told_to_nobody(post: Post, cleo: Member) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(), cleo)
    assert post.deliver() == Delivery(0, 0)


def test_who_trains_is_told_too(post: Post, ben: Member) -> None:
    post.tell(Kind.EVENT_SOON, post.meet(2), ben)
    post.deliver()
    assert post.subjects == ["Binnenkort: Werkplaats luisteren"]


def test_the_lead_who_has_no_rounds_gets_no_mail(post: Post, lea: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, lea)
    assert post.deliver() == Delivery(0, 0)
