"""What the lead sees of mail: numbers, what did not arrive, and never a word of it."""

import sys
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest

from survey.database import SqliteEngine
from survey.mail import commands, outbox
from survey.mail.letter import Letter
from survey.mail.outbox import ATTEMPTS
from survey.mail.sender import Delivery
from survey.notice.kinds import Kind
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Member
from tests.survey.notice.conftest import Post

Signed = Callable[[Member], HouseClient]
REFUSED = SMTPRecipientsRefused({"ana@example.org": (550, b"no such person")})
SECRET = "woorden die niemand hoort te zien"


def put(engine: SqliteEngine, **options: object) -> str:
    values = {"recipient": "ana@example.org", "letter": Letter(SECRET, SECRET), "at": START, **options}
    with engine.atomic():
        return outbox.put(engine, **values)  # type: ignore[arg-type]


def give_up(post: Post) -> None:
    """Try until nobody tries any more."""
    for _ in range(ATTEMPTS + 1):
        post.deliver()
        post.clock.forward(hours=6)


def again(post: Post, client: HouseClient, key: str) -> None:
    """Ask for another try, and wait until it is over."""
    reply = client.post(f"/mail/{key}/opnieuw")
    assert reply.status_code == 303
    reply.close()
    post.app.extensions["courier"].wait()


def test_when_all_is_well_there_is_nothing_to_do(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    put(engine)
    put(engine)
    post.deliver()
    page = as_(lea).get("/mail").text
    assert "In de laatste dertig dagen zijn 2 mails verstuurd." in page
    assert "Er wacht geen mail." in page
    assert "Alle mail is aangekomen" in page


def test_mails_to_people_without_an_account_are_not_counted(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    """Those of a reminder tell exactly how many did not answer."""
    put(engine)
    for number in range(3):
        put(engine, recipient=f"t{number}@school.example", forgets_recipient=True)
    page = as_(lea).get("/mail").text
    assert "1 mail wacht." in page
    assert "Er wacht ook mail aan mensen zonder account." in page
    post.deliver()
    page = as_(lea).get("/mail").text
    assert "In de laatste dertig dagen is 1 mail verstuurd." in page
    assert "Er wacht geen mail." in page
    assert "Er wacht ook mail" not in page


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (REFUSED, "Dit adres neemt geen mail aan. Klopt het?"),
        (ConnectionRefusedError(), "De mailserver nam niets aan."),
        (SMTPDataError(554, b"no"), "De mailserver nam deze mail niet aan."),
    ],
)
def test_what_failed_says_to_whom_and_why_and_never_what(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine, error: OSError, says: str
) -> None:
    put(engine)
    post.broken = error
    post.deliver()
    page = as_(lea).get("/mail").text
    assert "ana@example.org" in page
    assert says in page
    assert "Een nieuwe poging komt dinsdag 20 januari na 11.01 uur." in page
    assert "1 mail wacht." in page
    assert SECRET not in page


def test_who_has_no_account_stays_unknown(post: Post, as_: Signed, lea: Member, engine: SqliteEngine) -> None:
    put(engine, recipient="ouder@example.org", forgets_recipient=True)
    post.broken = REFUSED
    post.deliver()
    page = as_(lea).get("/mail").text
    assert "iemand zonder account" in page
    assert "ouder@example.org" not in page


def test_what_was_given_up_is_tried_again_when_asked(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    key = put(engine)
    post.broken = REFUSED
    give_up(post)
    post.broken = None
    client = as_(lea)
    assert "We proberen het niet meer vanzelf." in client.get("/mail").text
    again(post, client, key)
    assert post.subjects == [SECRET]
    again(post, client, key)
    assert post.deliver() == Delivery(0, 0), "what has left is left alone"


def test_a_mail_to_a_person_is_tried_again_at_the_address_they_have_now(
    post: Post, as_: Signed, lea: Member, ana: Member, engine: SqliteEngine
) -> None:
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    post.broken = REFUSED
    post.deliver()
    (row,) = engine.rows("SELECT id FROM outbox")
    engine.run("UPDATE person SET email = 'ana.vos@example.org' WHERE id = :id", {"id": ana.id})
    post.broken = None
    again(post, as_(lea), row["id"])
    assert [mail["To"] for mail in post.mails] == ["ana.vos@example.org"]


def test_what_has_ended_cannot_be_tried_again(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    key = put(engine, expires_at=START + timedelta(minutes=15))
    post.broken = REFUSED
    post.deliver()
    post.clock.forward(minutes=15)
    post.deliver()
    client = as_(lea)
    page = client.get("/mail").text
    assert "Deze mail is verlopen." in page
    assert "Probeer opnieuw" not in page
    again(post, client, key)
    assert engine.rows("SELECT attempts, body FROM outbox") == [{"attempts": 1, "body": ""}]


def test_a_mail_that_is_on_its_way_is_not_sent_beside_itself(
    post: Post, as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    """It failed once and a sender holds it now: to try it again would be to send it twice."""
    key = put(engine)
    post.broken = REFUSED
    post.deliver()
    post.broken = None
    post.clock.forward(minutes=1)
    client = as_(lea)

    class Meanwhile:
        def __enter__(self) -> None:
            assert "ana@example.org" not in client.get("/mail").text
            again(post, client, key)

        def __exit__(self, *_: object) -> None:
            """Then it is taken."""

    post.around = lambda _mail: Meanwhile()
    assert post.deliver() == Delivery(1, 0)
    assert len(post.mails) == 1


def test_a_rehearsal_says_who_would_get_what_and_changes_nothing(
    post: Post, ana: Member, bo: Member, dump: Callable[[], object], engine: SqliteEngine
) -> None:
    event_id = post.meet()
    post.tell(Kind.EVENT_INVITE, event_id, ana, bo)
    put(engine)
    before = dump()
    code, said = run(post.app, "send-mail", "--dry-run")
    assert code == 0
    assert "would send to bo@example.org: Nieuw in uw agenda: Werkplaats luisteren\n" in said
    assert said.endswith(
        "3 would be sent, 0 wait for their time, 0 have nothing to say any more; nothing was sent\n"
    )
    assert dump() == before
    assert post.mails == []
    assert post.deliver() == Delivery(3, 0)


def test_a_long_round_says_how_far_it_is(
    post: Post, engine: SqliteEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(commands.LONG):
        put(engine)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with post.app.app_context():
        commands.send_mail.main(args=[], standalone_mode=False)
    said = capsys.readouterr()
    assert said.err.split("\r")[1] == f"Mail 1 of {commands.LONG}"
    assert said.err.endswith(f"\rMail {commands.LONG} of {commands.LONG}\n")
    assert said.out == f"{commands.LONG} sent, 0 failed and waiting for another try\n"


def test_a_short_round_says_only_how_it_went(
    post: Post, engine: SqliteEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine)
    with post.app.app_context():
        commands.send_mail.main(args=[], standalone_mode=False)
    assert capsys.readouterr().err == ""


def test_today_tells_the_lead_of_mail_that_is_stuck(
    post: Post, as_: Signed, lea: Member, ana: Member, engine: SqliteEngine
) -> None:
    put(engine, expires_at=START + timedelta(minutes=15))
    put(engine)
    post.broken = REFUSED
    post.deliver()
    assert "komt niet aan" not in as_(lea).get("/vandaag").text, "it is tried again"
    give_up(post)
    assert "1 mail komt niet aan" in as_(lea).get("/vandaag").text
    assert "komt niet aan" not in as_(ana).get("/vandaag").text
