"""One mail with everything that is still due: who gets it, what it says, and when it leaves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from survey.access import actions as access
from survey.database import SqliteEngine
from survey.event import actions as events
from survey.mail.sender import Delivery
from survey.notice import actions
from survey.notice.kinds import Choice, Kind
from survey.people import actions as people
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.notice.conftest import Post

NIGHT = datetime(2026, 1, 20, 20, 30, tzinfo=UTC)
AddRound = Callable[..., str]


@pytest.fixture
def round_id(cohorts: Cohorts, add_round: AddRound) -> str:
    """A round of Ben's cohort that closes on 5 February."""
    return add_round(cohorts.bens)


def hand_in(app: Flask, engine: SqliteEngine, member: Member, round_id: str) -> None:
    engine.insert(
        "reflection",
        {
            "id": f"{round_id[:16]}{member.id[:16]}",
            "round_id": round_id,
            "person_id": member.id,
            "revision": 1,
            "open_line": None,
            "started_at": START.isoformat(),
            "saved_at": START.isoformat(),
            "submitted_at": START.isoformat(),
        },
    )


def test_all_that_is_due_goes_in_one_mail(post: Post, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    assert post.deliver() == Delivery(1, 0)
    (mail,) = post.mails
    assert mail["To"] == ana.email
    assert mail["Subject"] == "Nieuw in uw agenda: Werkplaats luisteren (en nog 1 bericht)"
    assert "Dag Ana,\n" in post.last
    assert "Uw reflectie staat open tot en met donderdag 5 februari\n" in post.last
    assert "dinsdag 3 februari, 11.00 tot 13.00 uur, De Kraanheide\n" in post.last
    assert "http://localhost/vandaag\n" in post.last


def test_what_someone_was_told_is_not_told_again(post: Post, ana: Member, round_id: str) -> None:
    assert post.tell(Kind.ROUND_OPEN, round_id, ana) == 1
    post.deliver()
    assert post.tell(Kind.ROUND_OPEN, round_id, ana) == 0
    post.clock.forward(days=8)
    assert post.deliver() == Delivery(0, 0)
    assert len(post.mails) == 1


def test_everyone_gets_their_own_mail(post: Post, ana: Member, bo: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana, bo)
    post.deliver()
    assert sorted(mail["To"] for mail in post.mails) == [ana.email, bo.email]


def test_the_mail_speaks_the_language_of_its_reader(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    access.choose_language(engine, person_id=ana.id, language="en")
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.deliver()
    assert post.subjects == ["Your reflection is open until Thursday 5 February"]
    assert post.last.startswith("Hello Ana,\n")


def test_nothing_of_the_words_waits_in_the_database(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    actions.bundle(engine, START)
    (row,) = engine.rows("SELECT subject, body, writer FROM outbox")
    assert row == {"subject": "", "body": "", "writer": "bundle"}


def test_who_handed_in_meanwhile_is_not_reminded(
    app: Flask, post: Post, engine: SqliteEngine, ana: Member, bo: Member, round_id: str
) -> None:
    post.tell(Kind.ROUND_REMINDER, round_id, ana, bo)
    actions.bundle(engine, START)
    hand_in(app, engine, ana, round_id)
    assert post.deliver() == Delivery(1, 0)
    assert [mail["To"] for mail in post.mails] == [bo.email]
    dropped = engine.rows("SELECT person_id FROM notice WHERE dropped_at IS NOT NULL")
    assert dropped == [{"person_id": ana.id}]
    assert post.deliver() == Delivery(0, 0)


def test_a_round_that_closed_is_no_news(post: Post, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.clock.forward(days=16)
    assert post.deliver() == Delivery(0, 0)


def test_a_round_that_was_withdrawn_is_no_news(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    engine.run("DELETE FROM round")
    assert post.deliver() == Delivery(0, 0)


def test_open_and_reminder_of_one_round_are_one_line(post: Post, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.tell(Kind.ROUND_REMINDER, round_id, ana)
    post.deliver()
    assert post.subjects == ["Uw reflectie: nog tot en met donderdag 5 februari"]
    assert post.last.count("reflectie") == 1


class TestWhen:
    def test_at_most_one_mail_a_week(self, post: Post, ana: Member, round_id: str) -> None:
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
    def test_only_between_eight_and_eight(
        self, post: Post, ana: Member, clock: Clock, at: str, leaves: bool
    ) -> None:
        clock.at = datetime.fromisoformat(at)
        post.tell(Kind.EVENT_INVITE, post.meet(), ana)
        assert post.deliver() == Delivery(int(leaves), 0)

    def test_what_failed_by_day_is_not_tried_by_night(
        self, post: Post, engine: SqliteEngine, ana: Member, clock: Clock
    ) -> None:
        post.tell(Kind.EVENT_INVITE, post.meet(), ana)
        post.broken = ConnectionRefusedError()
        assert post.deliver() == Delivery(0, 1)
        post.broken = None
        clock.at = NIGHT
        assert post.deliver() == Delivery(0, 0)
        clock.at = NIGHT.replace(day=21, hour=7, minute=0)
        assert post.deliver() == Delivery(1, 0)

    def test_who_signs_in_waits_for_no_bundle(self, post: Post, engine: SqliteEngine, ana: Member) -> None:
        post.tell(Kind.EVENT_INVITE, post.meet(), ana)
        actions.bundle(engine, START - timedelta(hours=1))
        access.ask_link(engine, email=ana.email, at=START)
        post.deliver()
        assert post.subjects[0].startswith("Uw link om in te loggen")


class TestWho:
    def test_who_stopped_hears_nothing_until_they_want_to(
        self, post: Post, engine: SqliteEngine, ana: Member, round_id: str
    ) -> None:
        actions.choose(engine, person_id=ana.id, choice=Choice.STOP, at=START)
        post.tell(Kind.ROUND_OPEN, round_id, ana)
        assert post.deliver() == Delivery(0, 0)
        actions.choose(engine, person_id=ana.id, choice=Choice.GO_ON, at=START)
        assert post.deliver() == Delivery(1, 0)

    def test_who_rests_hears_after_four_weeks_what_is_due_then(
        self, post: Post, engine: SqliteEngine, ana: Member, round_id: str
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
        self, post: Post, engine: SqliteEngine, ana: Member, round_id: str
    ) -> None:
        post.tell(Kind.ROUND_OPEN, round_id, ana)
        actions.bundle(engine, START)
        actions.choose(engine, person_id=ana.id, choice=Choice.STOP, at=START)
        assert post.deliver() == Delivery(0, 0)
        actions.choose(engine, person_id=ana.id, choice=Choice.GO_ON, at=START)
        assert post.deliver() == Delivery(1, 0), "nothing of it was lost"

    def test_who_left_gets_none(self, post: Post, engine: SqliteEngine, ana: Member, round_id: str) -> None:
        post.tell(Kind.ROUND_OPEN, round_id, ana)
        actions.bundle(engine, START)
        people.leave(engine, person_id=ana.id, at=START, by=None)
        assert post.deliver() == Delivery(0, 0)

    def test_a_meeting_of_another_cohort_is_told_to_nobody(self, post: Post, cleo: Member) -> None:
        post.tell(Kind.EVENT_INVITE, post.meet(), cleo)
        assert post.deliver() == Delivery(0, 0)

    def test_who_trains_is_told_too(self, post: Post, ben: Member) -> None:
        post.tell(Kind.EVENT_SOON, post.meet(2), ben)
        post.deliver()
        assert post.subjects == ["Binnenkort: Werkplaats luisteren"]


class TestChanges:
    def told(self, post: Post, member: Member, days: float) -> str:
        event_id = post.meet(days)
        post.tell(Kind.EVENT_INVITE, event_id, member)
        post.deliver()
        post.clock.forward(hours=1)
        return event_id

    def test_a_change_says_what_it_was(self, post: Post, ana: Member) -> None:
        event_id = self.told(post, ana, 30)
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
        self, post: Post, ana: Member, first: float, then: float, at_once: bool
    ) -> None:
        event_id = self.told(post, ana, first)
        post.move(event_id, START + timedelta(days=then))
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        assert post.deliver() == Delivery(int(at_once), 0)

    def test_each_change_is_told(self, post: Post, engine: SqliteEngine, ana: Member) -> None:
        event_id = self.told(post, ana, 2)
        for hour in (1, 2):
            post.move(event_id, START + timedelta(days=2, hours=hour))
            assert post.tell(Kind.EVENT_CHANGED, event_id, ana) == 1
            assert post.tell(Kind.EVENT_CHANGED, event_id, ana) == 0, "two ticks at once decide it once"
            assert post.deliver() == Delivery(1, 0)
            post.clock.forward(hours=2)

    def test_changes_close_together_go_in_one_mail_after_two_hours(self, post: Post, ana: Member) -> None:
        event_id = self.told(post, ana, 2)
        sent = []
        for step in range(1, 8):
            post.move(event_id, START + timedelta(days=2, minutes=step))
            post.tell(Kind.EVENT_CHANGED, event_id, ana)
            sent.append(post.deliver().sent)
            post.clock.forward(minutes=20)
        assert sent == [1, 0, 0, 0, 0, 0, 1]

    def test_a_change_after_any_other_mail_waits_for_nothing(self, post: Post, ana: Member) -> None:
        event_id = self.told(post, ana, 2)
        post.move(event_id, START + timedelta(days=2, hours=1))
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        assert post.deliver() == Delivery(1, 0)

    def test_a_change_before_anything_was_told_is_an_invitation(self, post: Post, ana: Member) -> None:
        event_id = post.meet(20)
        post.tell(Kind.EVENT_INVITE, event_id, ana)
        post.move(event_id, START + timedelta(days=21))
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        post.deliver()
        assert post.subjects == ["Nieuw in uw agenda: Werkplaats luisteren"]
        assert "dinsdag 10 februari, 11.00" in post.last

    def test_what_is_called_off_is_told_at_once_when_it_comes_soon(self, post: Post, ana: Member) -> None:
        event_id = self.told(post, ana, 2)
        post.call_off(event_id)
        post.tell(Kind.EVENT_CHANGED, event_id, ana)
        assert post.deliver() == Delivery(1, 0)
        assert post.subjects[1] == "Gaat niet door: Werkplaats luisteren"

    def test_that_it_goes_on_all_the_same_is_told_too(self, post: Post, ana: Member) -> None:
        event_id = self.told(post, ana, 2)
        for act, subject in ((events.cancel, "Gaat niet door"), (events.resume, "Gaat toch door")):
            post.clock.forward(minutes=130)
            act(post.engine, event_id=event_id, by=None, at=post.clock())
            post.tell(Kind.EVENT_CHANGED, event_id, ana)
            assert post.deliver() == Delivery(1, 0)
            assert post.subjects[-1] == f"{subject}: Werkplaats luisteren"

    def test_a_trainer_hears_of_a_change_as_such(self, post: Post, ben: Member) -> None:
        event_id = post.meet(2)
        post.move(event_id, post.clock() + timedelta(days=2.1))
        post.tell(Kind.EVENT_CHANGED, event_id, ben)
        assert post.deliver() == Delivery(1, 0)
        assert post.subjects == ["Gewijzigd: Werkplaats luisteren"]

    def test_what_has_begun_is_no_news(self, post: Post, ana: Member) -> None:
        post.tell(Kind.EVENT_SOON, post.meet(1), ana)
        post.clock.forward(days=1)
        assert post.deliver() == Delivery(0, 0)


def test_a_mail_that_waited_goes_to_the_address_of_now(
    post: Post, engine: SqliteEngine, ana: Member, round_id: str
) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    with engine.atomic():
        actions.bundle(engine, post.clock())
    engine.run("UPDATE person SET email = 'nieuw@example.org' WHERE id = :id", {"id": ana.id})
    assert post.deliver() == Delivery(1, 0)
    assert post.mails[0]["To"] == "nieuw@example.org"


def test_the_head_lets_a_mail_program_stop_it(post: Post, ana: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, ana)
    post.deliver()
    (mail,) = post.mails
    address = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Geen mail meer: {address}\n" in post.last
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in mail.as_bytes(), "in one piece on the wire"


def test_the_lead_who_has_no_rounds_gets_no_mail(post: Post, lea: Member, round_id: str) -> None:
    post.tell(Kind.ROUND_OPEN, round_id, lea)
    assert post.deliver() == Delivery(0, 0)
    assert scope_of(lea).person_id == lea.id
