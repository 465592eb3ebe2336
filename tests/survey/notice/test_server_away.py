"""A mail server that is away for a day, or a week: nothing is lost, and nothing comes twice."""

from collections import Counter
from collections.abc import Callable
from smtplib import SMTPServerDisconnected

import pytest

from survey.access import actions as access
from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.mail.sender import Delivery
from survey.mail.trouble import reports as trouble
from survey.notice.kinds import Kind
from tests.conftest import Cohorts, Member, scope_of
from tests.survey.notice.conftest import Post


@pytest.mark.parametrize("hours", [24, 24 * 7])
@pytest.mark.parametrize("error", [ConnectionRefusedError(), SMTPServerDisconnected("gone")])
def test_a_server_away_loses_and_doubles_nothing(
    post: Post,
    ana: Member,
    bo: Member,
    ben: Member,
    cohorts: Cohorts,
    add_round: Callable[..., str],
    hours: int,
    error: OSError,
) -> None:
    post.tell(Kind.ROUND_OPEN, add_round(cohorts.bens), ana, bo)
    post.tell(Kind.EVENT_INVITE, post.meet(), ana, ben)
    post.broken = error
    for _ in range(hours * 2):
        post.clock.forward(minutes=30)
        post.deliver()
    assert post.mails == []
    post.broken = None
    post.clock.forward(hours=6)
    while post.deliver().sent:
        post.clock.forward(minutes=1)
    assert Counter(mail["To"] for mail in post.mails) == Counter([ana.email, bo.email, ben.email])
    post.clock.forward(days=8)
    assert post.deliver() == Delivery(0, 0)


def test_a_round_of_sending_ends_with_a_server_that_takes_nothing(
    post: Post, ana: Member, bo: Member
) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(), ana, bo)
    post.broken = ConnectionRefusedError()
    assert post.deliver() == Delivery(0, 1), "the second would only wait for the same answer"


def test_a_sign_in_link_that_ran_out_meanwhile_is_not_sent(
    post: Post, engine: SqliteEngine, ana: Member, lea: Member
) -> None:
    access.ask_link(engine, email=ana.email, at=post.clock())
    post.broken = ConnectionRefusedError()
    post.deliver()
    post.broken = None
    post.clock.forward(hours=2)
    assert post.deliver() == Delivery(0, 0)
    (failed,) = trouble.state(engine, scope_of(lea, Role.LEAD), post.clock()).failed
    assert (failed.recipient, failed.can_leave) == (ana.email, False)
