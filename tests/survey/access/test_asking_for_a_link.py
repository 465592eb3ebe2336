"""Asking for a link to sign in: the mail that comes, and an answer that tells nothing of who is here."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from survey.access import actions as access
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import Clock, Dump, Member
from tests.survey.access.asking import Post, ask, link_in


def test_ana_asks_for_a_link_opens_it_and_is_in(client: HouseClient, post: Post, ana: Member) -> None:
    asked = ask(client, ana.email)
    assert (asked.status_code, asked.location) == (303, "/inloggen/verstuurd")
    path = link_in(*post())
    page = client.get(path)
    assert page.status_code == 200
    assert "U logt in als Ana." in page.get_data(as_text=True)
    used = client.post(path)
    assert (used.status_code, used.location) == (303, "/")
    assert client.get("/inloggen").location == "/"


def test_the_mail_is_addressed_and_says_how_long_the_link_works(
    client: HouseClient, post: Post, ana: Member
) -> None:
    ask(client, ana.email)
    (mail,) = post()
    assert mail["recipient"] == "ana@example.org"
    assert mail["subject"] == "Uw link om in te loggen bij Groeispiegel"
    assert mail["body"].startswith("Dag Ana,\n\nMet deze link")
    assert "15 minuten en één keer" in mail["body"]
    assert mail["expires_at"] == "2026-01-20T10:15:00+00:00"


def test_the_mail_is_in_the_language_of_its_reader(
    client: HouseClient, post: Post, engine: SqliteEngine, app: Flask, clock: Clock
) -> None:
    people.add_person(
        engine, name="Eve", email="eve@example.org", roles=(), by=None, at=clock(), language="en"
    )
    ask(client, "eve@example.org")
    (mail,) = post()
    assert mail["subject"] == "Your link to sign in to Groeispiegel"
    assert "The link works for 15 minutes, and once." in mail["body"]


def test_capitals_and_spaces_in_the_address_do_not_matter(
    client: HouseClient, post: Post, ana: Member
) -> None:
    ask(client, "  ANA@Example.org ")
    assert link_in(*post())


def test_an_unknown_address_gets_the_very_same_answer(
    client: HouseClient, post: Post, engine: SqliteEngine, ana: Member
) -> None:
    known, unknown = ask(client, ana.email), ask(client, "vreemd@example.org")
    assert known.status == unknown.status
    assert known.data == unknown.data
    assert sorted(known.headers) == sorted(unknown.headers)
    assert [mail["recipient"] for mail in post()] == [ana.email]
    assert engine.rows("SELECT id FROM signin_request") == []


def test_an_unknown_address_takes_the_very_same_work(
    client: HouseClient, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, list[str]]] = []
    execute = SqliteEngine._execute

    def noted(self: SqliteEngine, sql: str, params: Any) -> Any:
        done.append((sql, sorted(params or ())))
        return execute(self, sql, params)

    ask(client, "eerste@example.org")  # the first of a window also clears old counts
    monkeypatch.setattr(SqliteEngine, "_execute", noted)
    ask(client, ana.email)
    known, done = done, []
    ask(client, "vreemd@example.org")
    assert known == done
    assert not [sql for sql, _ in known if "person" in sql], "nobody is looked up before the answer"


def test_someone_who_left_gets_the_same_answer_and_no_mail(
    client: HouseClient, post: Post, engine: SqliteEngine, app: Flask, ana: Member, clock: Clock
) -> None:
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert ask(client, ana.email).location == "/inloggen/verstuurd"
    assert post() == []
    assert engine.rows("SELECT token_hash FROM signin_link") == []


def test_a_request_that_waited_too_long_is_not_answered(
    client: HouseClient, post: Post, ana: Member, clock: Clock
) -> None:
    ask(client, ana.email)
    clock.forward(minutes=15)
    assert post() == []
    clock.forward(minutes=-1)
    assert post() == [], "and it is not kept for later"


def test_four_at_once_answer_each_request_once(
    client: HouseClient, app: Flask, post: Post, ana: Member, ben: Member, clock: Clock
) -> None:
    for member in (ana, ben, ana, ben):
        ask(client, member.email)

    def answer(_: int) -> None:
        with app.app_context(), app.extensions["database"].session() as engine:
            access.answer_requests(engine, clock())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, range(4)))
    assert sorted(mail["recipient"] for mail in post()) == [ana.email] * 2 + [ben.email] * 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Vul een mailadres in."),
        ("   ", "Vul een mailadres in."),
        ("ana", "Dit is geen mailadres."),
        ("ana@school", "Dit is geen mailadres."),
        ("ana@example.org, ben@example.org", "Dit is geen mailadres."),
        ("ana@example.org\nBcc: ben@example.org", "Dit is geen mailadres."),
        ("a" * 250 + "@example.org", "Dit is geen mailadres."),
        ("<script>@example.org", "Dit is geen mailadres."),
    ],
)
def test_what_is_no_address_is_said_and_kept(typed: str, says: str, client: HouseClient, dump: Dump) -> None:
    before = dump()
    reply = ask(client, typed)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    assert "<script>@" not in page
    if typed.strip() and "<" not in typed and "\n" not in typed:
        assert f'value="{typed}"' in page
    assert dump() == before
