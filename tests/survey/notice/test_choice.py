"""Rest and stop in one tap, from the mail and from the account, and mail again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.mail.sender import Delivery
from survey.notice import links
from survey.notice.kinds import Choice, Kind
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.notice.conftest import Post

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


Token = Callable[[Choice], str]


@pytest.fixture
def token_for(app: Flask, ana: Member) -> Token:
    def made(choice: Choice) -> str:
        with app.app_context():
            return links.token_of(ana.id, choice)

    return made


@pytest.fixture
def token(token_for: Token) -> str:
    """What lets a mail to Ana stop mails to her."""
    return token_for(Choice.STOP)


def chosen(engine: SqliteEngine) -> list[tuple[bool, str | None]]:
    rows = engine.rows("SELECT stopped_at, snoozed_until FROM mail_choice")
    return [(row["stopped_at"] is not None, row["snoozed_until"]) for row in rows]


@pytest.mark.parametrize("choice", [Choice.REST, Choice.STOP])
def test_opening_the_link_changes_nothing_and_shows_one_button(
    client: HouseClient, token_for: Token, choice: Choice, dump: Dump
) -> None:
    before = dump()
    page = client.get(f"/post/{choice}/{token_for(choice)}")
    assert page.text.count("<button") == 1
    assert "Set-Cookie" not in page.headers
    assert dump() == before


@pytest.mark.parametrize(
    ("choice", "kept", "says"),
    [
        (Choice.REST, (False, "2026-02-17T10:00:00+00:00"), "Tot dinsdag 17 februari krijgt u geen mail."),
        (Choice.STOP, (True, None), "U krijgt geen mail meer"),
    ],
)
def test_one_tap_chooses_and_says_so(
    client: HouseClient,
    token_for: Token,
    engine: SqliteEngine,
    choice: Choice,
    kept: tuple[bool, str | None],
    says: str,
) -> None:
    token = token_for(choice)
    page = client.post(f"/post/{choice}/{token}")
    assert page.status_code == 200, "a mail program follows no redirect (RFC 8058)"
    assert says in page.text
    assert chosen(engine) == [kept]
    again = client.post(f"/post/{choice}/{token}")
    assert chosen(engine) == [kept], "twice is once"
    assert again.text == page.text


def test_an_older_link_to_rest_ends_no_stop(
    client: HouseClient, token_for: Token, engine: SqliteEngine
) -> None:
    client.post(f"/post/stop/{token_for(Choice.STOP)}")
    rest = f"/post/stil/{token_for(Choice.REST)}"
    for page in (client.get(rest), client.post(rest)):
        assert "U krijgt geen mail meer" in page.text
        assert "<button" not in page.text
        assert 'href="/post"' in page.text, "who wants mail again signs in for it"
    assert chosen(engine)[0][0] is True


@pytest.mark.parametrize(
    ("of", "at"), [(Choice.STOP, "stil"), (Choice.REST, "stop"), (Choice.STOP, "aan"), (Choice.GO_ON, "aan")]
)
def test_a_link_chooses_what_it_says_and_nothing_else(
    client: HouseClient, token_for: Token, dump: Dump, of: Choice, at: str
) -> None:
    before = dump()
    assert client.get(f"/post/{at}/{token_for(of)}").status_code == 404
    assert client.post(f"/post/{at}/{token_for(of)}").status_code == 404
    assert dump() == before


def test_a_link_says_to_nobody_whose_it_is(token_for: Token, ana: Member) -> None:
    rest, stop = token_for(Choice.REST), token_for(Choice.STOP)
    assert ana.id not in rest + stop
    assert rest.partition(".")[0] != stop.partition(".")[0], "nor that two are of one person"


@pytest.mark.parametrize(("days", "status"), [(26 * 7, 200), (26 * 7 + 1, 404)])
def test_a_link_of_half_a_year_ago_chooses_nothing_any_more(
    client: HouseClient, token: str, clock: Clock, days: int, status: int
) -> None:
    clock.forward(days=days)
    assert client.get(f"/post/stop/{token}").status_code == status
    assert client.post(f"/post/stop/{token}").status_code == status


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_button_of_a_mail_program_works(
    client: HouseClient, token: str, engine: SqliteEngine, kind: str
) -> None:
    word = {"List-Unsubscribe": "One-Click"}
    reply = client.post(f"/post/stop/{token}", data=word, content_type=kind)
    assert reply.status_code == 200
    assert chosen(engine) == [(True, None)]


def test_the_page_speaks_the_language_of_its_reader(
    client: HouseClient, token: str, engine: SqliteEngine, ana: Member
) -> None:
    engine.run("UPDATE person SET language = 'en' WHERE id = :id", {"id": ana.id})
    assert '<html lang="en"' in client.get(f"/post/stop/{token}").text


@pytest.mark.parametrize(
    "address",
    ["/post/stop/none", "/post/stop/{person}", "/post/stop/{token}x", "/post/weg/{token}", "/post/stop/x.y"],
)
def test_a_link_that_was_tampered_with_is_not_there(
    client: HouseClient, token: str, ana: Member, dump: Dump, address: str
) -> None:
    before = dump()
    path = address.format(token=token, person=ana.id)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert dump() == before


def test_nobody_chooses_for_another(
    app: Flask, client: HouseClient, token: str, cleo: Member, engine: SqliteEngine
) -> None:
    _, _, signature = token.partition(".")
    with app.app_context():
        hers, _, _ = links.token_of(cleo.id, Choice.STOP).partition(".")
    for forged in (f"{cleo.id}.{signature}", f"{hers}.{signature}"):
        assert client.post(f"/post/stop/{forged}").status_code == 404
    assert chosen(engine) == []


def test_another_site_cannot_send_the_form(client: HouseClient, token: str, engine: SqliteEngine) -> None:
    reply = client.post(f"/post/stop/{token}", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
    assert chosen(engine) == []


def test_who_is_signed_in_chooses_on_their_own_page(
    as_: Signed, ana: Member, engine: SqliteEngine, clock: Clock
) -> None:
    client = as_(ana)
    assert "hooguit één mail per week" in client.get("/post").text
    for choice, says in (
        ("stil", "Tot dinsdag 17 februari krijgt u geen mail."),
        ("stop", "U krijgt geen mail."),
        ("aan", "hooguit één mail per week"),
    ):
        assert client.post("/post", data={"choice": choice}).status_code == 303
        assert says in client.get("/post").text
    client.post("/post", data={"choice": "stil"})
    clock.forward(minutes=100)
    clock.at = START + timedelta(weeks=4)
    assert "hooguit één mail per week" in as_(ana).get("/post").text, "rest ends by itself"


def test_a_choice_nobody_offers_is_refused(as_: Signed, ana: Member, engine: SqliteEngine) -> None:
    assert as_(ana).post("/post", data={"choice": "altijd"}).status_code == 400
    assert chosen(engine) == []


def test_the_link_in_a_mail_that_arrived_works(
    post: Post, client: HouseClient, ana: Member, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    post.tell(Kind.ROUND_OPEN, add_round(cohorts.bens), ana)
    post.deliver()
    address = post.mails[0]["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
    assert client.post(address).status_code == 200
    post.tell(Kind.EVENT_INVITE, post.meet(), ana)
    post.clock.forward(days=8)
    assert post.deliver() == Delivery(0, 0)


def test_who_left_can_still_say_stop(
    client: HouseClient, token: str, ana: Member, engine: SqliteEngine
) -> None:
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert client.post(f"/post/stop/{token}").status_code == 200
