"""One mail with everything that is still due: what it says, in whose language, and what is no news."""

from flask import Flask

from survey.access import actions as access
from survey.database import SqliteEngine
from survey.mail.sender import Delivery
from survey.notice import actions
from survey.notice.kinds import Kind
from tests.conftest import START, Member
from tests.survey.notice.conftest import Post


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
