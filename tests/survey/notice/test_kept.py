"""How long it is kept who was told what, what someone chose, and where their calendar is."""

from datetime import timedelta

from survey.database import SqliteEngine
from survey.notice import actions
from survey.notice.kinds import Choice, Kind
from survey.people import actions as people
from survey.retention import actions as retention
from tests.conftest import START, Member, scope_of
from tests.survey.notice.conftest import Post

YEAR, DAY, SECOND = timedelta(days=365), timedelta(days=1), timedelta(seconds=1)


def delete(engine: SqliteEngine, after: timedelta) -> dict[str, int]:
    return retention.delete_old(engine, at=START + after, session_lasts=timedelta(hours=336))


def test_what_someone_was_told_goes_after_a_year(post: Post, engine: SqliteEngine, ana: Member) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(700), ana)
    assert "notice" not in delete(engine, YEAR)
    assert delete(engine, YEAR + SECOND)["notice"] == 1


def test_a_calendar_goes_a_day_after_its_owner_and_a_choice_after_a_year(
    post: Post, engine: SqliteEngine, ana: Member
) -> None:
    actions.make_feed(engine, by=scope_of(ana), at=START)
    actions.choose(engine, person_id=ana.id, choice=Choice.STOP, at=START)
    assert delete(engine, YEAR).keys().isdisjoint({"calendar_feed", "mail_choice"}), "who is here keeps them"
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert "calendar_feed" not in delete(engine, DAY)
    assert delete(engine, DAY + SECOND)["calendar_feed"] == 1
    assert "mail_choice" not in delete(engine, YEAR)
    assert delete(engine, YEAR + SECOND)["mail_choice"] == 1
