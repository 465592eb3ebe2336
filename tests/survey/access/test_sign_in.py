"""Signing in by a link in a mail."""

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from survey.access import actions as access
from survey.access import views
from survey.database import Busy, Full, SqliteEngine
from survey.people import actions as people
from survey.web import limits
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import Clock, Member

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Signed = Callable[[Member], HouseClient]


def _ask(client: HouseClient, mail: str, **more: str) -> Any:
    return client.post("/inloggen", data={"mail": mail, **more})


Post = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def post(app: Flask, engine: SqliteEngine, clock: Clock) -> Post:
    """The mails that wait once every request is answered, the oldest first."""

    def waiting() -> list[dict[str, Any]]:
        with app.app_context():
            access.answer_requests(engine, clock())
        return engine.rows("SELECT recipient, subject, body, expires_at FROM outbox ORDER BY id")

    return waiting


def _link_in(mail: dict[str, Any]) -> str:
    found = re.search(r"http://localhost(/inloggen/\S+)", mail["body"])
    assert found, mail["body"]
    return found[1]


@pytest.fixture
def link(engine: SqliteEngine, ana: Member, clock: Clock, app: Flask) -> str:
    return "/inloggen/" + access.issue_link(engine, person_id=ana.id, at=clock())


def test_ana_asks_for_a_link_opens_it_and_is_in(client: HouseClient, post: Post, ana: Member) -> None:
    asked = _ask(client, ana.email)
    assert (asked.status_code, asked.location) == (303, "/inloggen/verstuurd")
    path = _link_in(*post())
    page = client.get(path)
    assert page.status_code == 200
    assert "U logt in als Ana." in page.get_data(as_text=True)
    used = client.post(path)
    assert (used.status_code, used.location) == (303, "/")
    assert client.get("/inloggen").location == "/"


def test_the_mail_is_addressed_and_says_how_long_the_link_works(
    client: HouseClient, post: Post, ana: Member
) -> None:
    _ask(client, ana.email)
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
    _ask(client, "eve@example.org")
    (mail,) = post()
    assert mail["subject"] == "Your link to sign in to Groeispiegel"
    assert "The link works for 15 minutes, and once." in mail["body"]


def test_capitals_and_spaces_in_the_address_do_not_matter(
    client: HouseClient, post: Post, ana: Member
) -> None:
    _ask(client, "  ANA@Example.org ")
    assert _link_in(*post())


def test_an_unknown_address_gets_the_very_same_answer(
    client: HouseClient, post: Post, engine: SqliteEngine, ana: Member
) -> None:
    known, unknown = _ask(client, ana.email), _ask(client, "vreemd@example.org")
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

    _ask(client, "eerste@example.org")  # the first of a window also clears old counts
    monkeypatch.setattr(SqliteEngine, "_execute", noted)
    _ask(client, ana.email)
    known, done = done, []
    _ask(client, "vreemd@example.org")
    assert known == done
    assert not [sql for sql, _ in known if "person" in sql], "nobody is looked up before the answer"


def test_someone_who_left_gets_the_same_answer_and_no_mail(
    client: HouseClient, post: Post, engine: SqliteEngine, app: Flask, ana: Member, clock: Clock
) -> None:
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert _ask(client, ana.email).location == "/inloggen/verstuurd"
    assert post() == []
    assert engine.rows("SELECT token_hash FROM signin_link") == []


def test_a_request_that_waited_too_long_is_not_answered(
    client: HouseClient, post: Post, ana: Member, clock: Clock
) -> None:
    _ask(client, ana.email)
    clock.forward(minutes=15)
    assert post() == []
    clock.forward(minutes=-1)
    assert post() == [], "and it is not kept for later"


def test_four_at_once_answer_each_request_once(
    client: HouseClient, app: Flask, post: Post, ana: Member, ben: Member, clock: Clock
) -> None:
    for member in (ana, ben, ana, ben):
        _ask(client, member.email)

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
    reply = _ask(client, typed)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    assert "<script>@" not in page
    if typed.strip() and "<" not in typed and "\n" not in typed:
        assert f'value="{typed}"' in page
    assert dump() == before


def test_opening_the_link_changes_nothing(client: HouseClient, link: str, dump: Dump) -> None:
    before = dump()
    for _ in range(3):  # mail scanners and previews open it first
        assert client.get(link).status_code == 200
        assert Client(client.application).head(link).status_code == 200
    assert dump() == before
    assert client.post(link).status_code == 303


def test_the_link_works_once(client: HouseClient, app: Flask, link: str) -> None:
    assert client.post(link).status_code == 303
    other = app.test_client()
    assert other.get(link).status_code == 404
    assert other.post(link).status_code == 404
    assert other.get("/inloggen").status_code == 200, "the second use signed nobody in"


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15, 404), (60, 404)])
def test_the_link_works_a_quarter_of_an_hour(
    minutes: float, status: int, client: HouseClient, link: str, clock: Clock
) -> None:
    clock.forward(minutes=minutes)
    assert client.post(link).status_code == status


def test_using_one_link_ends_the_others(
    client: HouseClient, app: Flask, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    first, second = (access.issue_link(engine, person_id=ana.id, at=clock()) for _ in range(2))
    assert client.post(f"/inloggen/{second}").status_code == 303
    assert app.test_client().post(f"/inloggen/{first}").status_code == 404


UNKNOWN = "AAECAwQFBgcICQoLDA0ODw"  # 128 bits nobody was given


@pytest.mark.parametrize(
    "token",
    ["x", UNKNOWN, UNKNOWN * 20, "%00", "é", "%ED%A0%80", "' OR 1=1 --", "verstuurd2"],
)
def test_an_unknown_link_says_what_to_do(token: str, client: HouseClient, dump: Dump) -> None:
    before = dump()
    for reply in (client.get(f"/inloggen/{token}"), client.post(f"/inloggen/{token}")):
        assert reply.status_code == 404
        assert "Vraag een nieuwe link" in reply.get_data(as_text=True)
    assert dump() == before


def test_unknown_used_and_expired_links_look_alike(
    client: HouseClient, app: Flask, link: str, clock: Clock
) -> None:
    client.post(link)
    used, unknown = app.test_client().get(link), app.test_client().get("/inloggen/x")
    clock.forward(hours=1)
    expired = app.test_client().get(link)
    pages = {
        re.sub(r'(csrf_token" value=)"[^"]+"', r"\1", reply.get_data(as_text=True))
        for reply in (used, unknown, expired)
    }
    assert len(pages) == 1


def test_the_link_of_someone_who_left_is_dead(
    client: HouseClient, engine: SqliteEngine, ana: Member, link: str, clock: Clock
) -> None:
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


def test_the_link_of_someone_who_left_is_dead_even_if_it_was_never_used_up(
    client: HouseClient, engine: SqliteEngine, ana: Member, link: str
) -> None:
    engine.run("UPDATE person SET status = 'left', left_at = created_at WHERE id = :id", {"id": ana.id})
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert engine.rows("SELECT 1 FROM session") == []


def test_only_the_hash_of_the_link_is_stored(engine: SqliteEngine, link: str) -> None:
    token = link.removeprefix("/inloggen/")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    (row,) = engine.rows("SELECT * FROM signin_link")
    assert row["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(row)


def test_after_signing_in_you_are_where_you_wanted_to_be(
    client: HouseClient, post: Post, ana: Member
) -> None:
    page = client.get("/inloggen?next=/groei?ronde%3D3").get_data(as_text=True)
    assert 'name="next" type="hidden" value="/groei?ronde=3"' in page
    _ask(client, ana.email, next="/groei?ronde=3")
    assert client.post(_link_in(*post())).location == "/groei?ronde=3"


def test_a_place_elsewhere_is_forgotten(client: HouseClient, post: Post, ana: Member) -> None:
    page = client.get("/inloggen?next=//elders.example").get_data(as_text=True)
    assert "elders" not in page
    _ask(client, ana.email, next="https://elders.example/")
    assert client.post(_link_in(*post())).location == "/"


def test_signed_in_already_the_sign_in_page_leads_on(as_: Signed, ana: Member) -> None:
    assert as_(ana).get("/inloggen?next=/groei").location == "/groei"
    assert as_(ana).get("/inloggen?next=//elders.example").location == "/"


def test_signing_in_is_in_the_audit_log_without_the_link(
    engine: SqliteEngine, client: HouseClient, ana: Member, link: str
) -> None:
    client.post(link)
    rows = engine.rows("SELECT person_id, act, object FROM audit WHERE act = 'signed-in'")
    assert rows == [{"person_id": ana.id, "act": "signed-in", "object": None}]


def test_one_address_gets_a_few_mails_in_a_quarter_of_an_hour(
    client: HouseClient, post: Post, ana: Member, clock: Clock
) -> None:
    for _ in range(views.LINKS_PER_MAIL):
        assert _ask(client, ana.email).status_code == 303
    refused = _ask(client, ana.email)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "Kijk in uw mail" in refused.get_data(as_text=True)
    assert len(post()) == views.LINKS_PER_MAIL
    clock.forward(minutes=15)
    assert _ask(client, ana.email).status_code == 303


def test_the_limit_is_the_same_for_an_address_nobody_has(client: HouseClient, ana: Member) -> None:
    statuses = [
        [_ask(client, mail).status_code for _ in range(7)] for mail in (ana.email, "vreemd@example.org")
    ]
    assert statuses[0] == statuses[1]


def test_thirty_coaches_at_one_meeting_all_get_in(client: HouseClient) -> None:
    for number in range(30):
        for _ in range(3):
            assert _ask(client, f"coach{number}@example.org").status_code == 303


def test_one_place_cannot_go_on_asking(client: HouseClient, app: Flask) -> None:
    for number in range(views.LINKS_PER_PLACE):
        assert _ask(client, f"n{number}@example.org").status_code == 303
    assert _ask(client, "nog-een@example.org").status_code == 429
    elsewhere = client.post(
        "/inloggen", data={"mail": "nog-een@example.org"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert elsewhere.status_code == 303


def test_a_place_that_asks_too_often_leaves_no_trace_of_addresses(
    client: HouseClient, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LINKS_PER_PLACE", 2)
    for number in range(9):
        _ask(client, f"n{number}@example.org")
    assert len(engine.rows("SELECT subject FROM rate_limit")) == 3, "one place and two addresses"


@pytest.mark.parametrize("trouble", [Full("disk is full"), Busy("locked")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_dead_link_says_so_when_it_cannot_be_counted(
    trouble: Exception, method: str, client: HouseClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> bool:
        raise trouble

    monkeypatch.setattr(limits, "hit", refuse)
    monkeypatch.setattr(access, "sign_in", lambda *_args, **_named: None)
    reply = getattr(client, method)("/inloggen/x")
    assert reply.status_code == 404
    assert "Deze link werkt niet meer" in reply.text


def test_guessing_links_ends_and_good_links_still_work(client: HouseClient, app: Flask, link: str) -> None:
    for _ in range(views.DEAD_LINKS_PER_PLACE):
        assert client.get("/inloggen/x").status_code == 404
    assert client.get("/inloggen/x").status_code == 429
    assert client.post(link).status_code == 303


def test_two_devices_use_one_link_at_the_same_moment_and_one_gets_in(app: Flask, link: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: app.test_client().post(link).status_code, range(4)))
    assert sorted(statuses) == [303, 404, 404, 404]


def test_an_operator_can_print_a_link(
    app: Flask, client: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    code, printed = run(app, "signin-link", "Ana@example.org")
    assert code == 0
    path = printed.strip().removeprefix("http://localhost")
    assert client.post(path).status_code == 303
    assert engine.one("SELECT act FROM audit WHERE act = 'sign-in-link-printed'")


@pytest.mark.parametrize(
    ("address", "says"), [("vreemd@example.org", "Nobody who can sign in"), ("vreemd", "not a mail address")]
)
def test_an_operator_is_told_that_nobody_has_the_address(address: str, says: str, app: Flask) -> None:
    code, printed = run(app, "signin-link", address)
    assert code == 1
    assert says in printed
