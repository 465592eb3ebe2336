"""The page behind a link: answered once, in any language, without script or cookie, and never by GET."""

import gzip
import re
from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient

from survey.current import catalog
from survey.database import Busy, SqliteEngine
from survey.evaluation.answering import actions as answering
from survey.evaluation.ballot import unpacked
from survey.evaluation.sealing import unseal
from survey.evaluation.store import sealed
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member
from tests.survey.evaluation.conftest import LINE, OTHER, Asked, about, posted

Card = Callable[..., Asked]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TEACHER, PARENT = "evaluation-teacher", "evaluation-parent"
FOREIGN = {"Sec-Fetch-Site": "cross-site"}


def send(
    client: HouseClient, engine: SqliteEngine, asked: Asked, changes: Mapping[str, str] = {}, nth: int = 0
) -> int:
    """The status of sending a whole answer about the nth coach by name."""
    node = about(engine, asked)[nth]
    return int(client.post(asked.path, data=posted(TEACHER, node, **changes)).status_code)


def ballots(engine: SqliteEngine, window: str) -> list[dict[str, object]]:
    opened = (unpacked(unseal(window, one)) for one in sealed(engine, window))
    return [{"form": one.form, "node": one.node_id, "line": one.line, **one.answers} for one in opened]


def test_a_link_opens_the_form_about_one_coach(client: HouseClient, asked: Asked) -> None:
    page = client.get(asked.path)
    assert page.status_code == 200
    text = words(parsed(page.text))
    assert "Hoe werkte u dit jaar met de coach?" in text
    assert "Dit gaat over coach Ana." in text
    assert "Niemand ziet wat u zelf kiest." in text
    assert len([*every(parsed(page.text), "fieldset")]) == 7
    assert "Set-Cookie" not in page.headers


def test_looking_at_a_link_changes_nothing(client: HouseClient, asked: Asked, dump: Dump) -> None:
    before = dump()
    for path in ("", "/nu-niet", "/geen-mail", "?taal=en", "?taal=xx"):
        client.get(f"{asked.path}{path}")
    assert dump() == before


def test_an_answer_is_taken_and_thanked_for(
    client: HouseClient, engine: SqliteEngine, window: str, asked: Asked
) -> None:
    assert send(client, engine, asked, {"lasts": "CANNOT_JUDGE", "regel": f"  {LINE}\r\n"}) == 303
    assert "Dank u wel" in words(parsed(client.get(asked.path).text))
    (ballot,) = ballots(engine, window)
    assert (ballot["line"], ballot["approachable"], ballot["lasts"]) == (
        LINE,
        (3, None),
        (None, "CANNOT_JUDGE"),
    )


def test_with_two_coaches_the_second_follows_the_first(
    client: HouseClient, engine: SqliteEngine, window: str, card: Card
) -> None:
    asked = card(school=OTHER)
    assert "Dit gaat over coach Ana." in words(parsed(client.get(asked.path).text))
    send(client, engine, asked)
    second = words(parsed(client.get(asked.path).text))
    assert "Uw antwoord is bewaard." in second
    assert "Dit gaat over coach Cleo." in second
    send(client, engine, asked, nth=1)
    assert "Dank u wel" in words(parsed(client.get(asked.path).text))
    assert {one["node"] for one in ballots(engine, window)} == {*about(engine, asked)}


def test_who_does_not_know_a_coach_is_not_asked_about_them(
    client: HouseClient, engine: SqliteEngine, card: Card
) -> None:
    asked = card(school=OTHER)
    ana, cleo = about(engine, asked)
    assert client.post(asked.path, data={"over": ana, "onbekend": "1"}).status_code == 303
    assert about(engine, asked) == [cleo]
    assert "onbekend" not in client.get(asked.path).text


def test_where_nobody_works_any_more_there_is_nothing_to_answer_or_to_thank_for(
    client: HouseClient, engine: SqliteEngine, asked: Asked
) -> None:
    engine.run("DELETE FROM evaluation_about")
    assert "Deze vragen zijn gesloten." in words(parsed(client.get(asked.path).text))
    assert client.post(asked.path, data=posted(TEACHER, "none")).status_code == 303


def test_nobody_can_know_none_of_the_coaches(client: HouseClient, engine: SqliteEngine, asked: Asked) -> None:
    (ana,) = about(engine, asked)
    assert client.post(asked.path, data={"over": ana, "onbekend": "1"}).status_code == 400
    assert about(engine, asked) == [ana]


@pytest.mark.parametrize("changes", [{}, {"approachable": "0"}], ids=["same", "other"])
def test_an_answer_after_an_answer_lands_on_thanks_and_is_not_stored(
    client: HouseClient, engine: SqliteEngine, window: str, asked: Asked, dump: Dump, changes: dict[str, str]
) -> None:
    send(client, engine, asked)
    before = dump()
    assert send(client, engine, asked, changes) == 303
    assert dump() == before


def test_two_taps_about_the_first_coach_are_no_answer_about_the_second(
    client: HouseClient, engine: SqliteEngine, window: str, card: Card
) -> None:
    asked = card(school=OTHER)
    send(client, engine, asked)
    send(client, engine, asked)
    assert len(ballots(engine, window)) == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    client: HouseClient, engine: SqliteEngine, asked: Asked, dump: Dump
) -> None:
    before = dump()
    (node,) = about(engine, asked)
    data = posted(TEACHER, node, regel=LINE)
    del data["lasts"]
    page = client.post(asked.path, data=data)
    assert page.status_code == 422
    assert "Kies een antwoord." in words(parsed(page.text))
    assert LINE in page.text
    assert page.text.count(" checked") == 6
    assert dump() == before


def test_a_line_that_is_too_long_comes_back_whole(
    client: HouseClient, engine: SqliteEngine, asked: Asked
) -> None:
    (node,) = about(engine, asked)
    page = client.post(asked.path, data=posted(TEACHER, node, regel="x" * 201))
    assert page.status_code == 422
    assert "x" * 201 in page.text
    assert "Schrijf hooguit 200 tekens." in words(parsed(page.text))


@pytest.mark.parametrize(
    "changes",
    [{"approachable": "5"}, {"approachable": "-1"}, {"approachable": "DROP"}, {"approachable": ""}],
)
def test_what_the_form_does_not_offer_is_refused(
    client: HouseClient, engine: SqliteEngine, asked: Asked, dump: Dump, changes: dict[str, str]
) -> None:
    before = dump()
    assert send(client, engine, asked, changes) == 422
    assert dump() == before


@pytest.mark.parametrize("field", ["csrf", "respondent", "w1", "window_id"])
def test_a_field_the_page_does_not_have_is_refused(
    client: HouseClient, engine: SqliteEngine, asked: Asked, dump: Dump, field: str
) -> None:
    before = dump()
    assert send(client, engine, asked, {field: "1"}) == 400
    assert dump() == before


def test_nobody_answers_about_a_coach_they_were_not_asked_about(
    client: HouseClient, engine: SqliteEngine, card: Card, dump: Dump
) -> None:
    asked, other = card(), card(school=OTHER)
    cleo = about(engine, other)[1]
    before = dump()
    assert client.post(asked.path, data=posted(TEACHER, cleo)).status_code == 400
    assert client.post(asked.path, data=posted(TEACHER, "none")).status_code == 400
    assert dump() == before


def test_another_site_cannot_answer(
    client: HouseClient, engine: SqliteEngine, asked: Asked, dump: Dump
) -> None:
    before, (node,) = dump(), about(engine, asked)
    reply = client.post(asked.path, data=posted(TEACHER, node), headers=FOREIGN)
    assert reply.status_code == 403
    assert dump() == before


def test_a_token_nobody_made_opens_nothing_and_guessing_ends(client: HouseClient, window: str) -> None:
    got = [client.get(f"/e/guess{n}").status_code for n in range(102)]
    assert got == [404] * 100 + [429] * 2


def test_not_now_says_until_when_and_the_form_stays_open(
    client: HouseClient, asked: Asked, dump: Dump
) -> None:
    before = dump()
    reply = client.post(asked.path, data={"nu_niet": "1"})
    assert reply.location == f"{asked.path}/nu-niet"
    assert "U kunt meedoen tot 10 februari 2026." in words(parsed(client.get(reply.location).text))
    assert dump() == before


def test_a_window_that_closed_while_somebody_answered_takes_nothing(
    client: HouseClient, engine: SqliteEngine, asked: Asked, clock: Clock, dump: Dump
) -> None:
    before = dump()
    clock.forward(days=21)
    (node,) = about(engine, asked)
    page = client.post(asked.path, data=posted(TEACHER, node, regel=LINE))
    assert page.status_code == 409
    assert "Deze vragen zijn gesloten." in words(parsed(page.text))
    assert dump() == before
    assert client.get(asked.path).status_code == 200


def test_before_a_window_opens_its_day_is_told(
    client: HouseClient, engine: SqliteEngine, planned: str, clock: Clock
) -> None:
    from survey.evaluation.invitation import actions as invitations
    from tests.survey.evaluation.conftest import SCHOOL

    made = invitations.make_cards(
        engine, window_id=planned, school_id=SCHOOL, form=PARENT, number=1, by=None, at=clock()
    )
    page = client.get(f"{Asked(made[0]).path}?taal=tr")
    assert "27 Ocak 2026 tarihinde" in page.text
    assert "27 januari 2026" in page.text
    assert client.post(Asked(made[0]).path, data={}).status_code == 409


@pytest.mark.parametrize("lang", ["nl", "en", "ar", "uk", "pl", "tr", "ti"])
def test_every_language_asks_parents_the_same_with_dutch_beside_it(
    client: HouseClient, engine: SqliteEngine, card: Card, lang: str
) -> None:
    asked = card(form=PARENT)
    page = client.get(f"{asked.path}?taal={lang}").text
    form = catalog().get(PARENT)
    assert all(item.text[lang] in page and item.text["nl"] in page for item in form.items)
    assert ('dir="rtl"' in page.split("<head>")[0]) == (lang == "ar")
    names = {name for item in form.items for name in (item.key,)}
    assert all(f'name="{name}"' in page for name in names)
    assert "textarea" not in page


def test_with_another_secret_nobody_is_let_answer_in_vain(
    client: HouseClient,
    engine: SqliteEngine,
    asked: Asked,
    dump: Dump,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, (node,) = dump(), about(engine, asked)
    monkeypatch.setattr("survey.evaluation.sealing._key", lambda _window: b"another key of just 32 bytes....")
    assert client.get(asked.path).status_code == 503
    page = client.post(asked.path, data=posted(TEACHER, node, regel=LINE))
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert LINE in page.text
    assert "Uw keuze is nog niet bewaard." in words(parsed(page.text))
    assert dump() == before


def test_a_busy_database_gives_the_form_back_as_it_was(
    client: HouseClient, engine: SqliteEngine, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy

    (node,) = about(engine, asked)
    monkeypatch.setattr(answering, "submit", busy)
    page = client.post(asked.path, data=posted(TEACHER, node, regel=LINE))
    assert page.status_code == 503
    assert page.text.count(" checked") == 7
    assert LINE in page.text


def test_the_answer_and_who_gave_it_are_noted_together_or_not_at_all(
    client: HouseClient, engine: SqliteEngine, asked: Asked, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump()

    def broken(*_: object) -> None:
        raise Busy

    monkeypatch.setattr("survey.evaluation.store.insert_sealed", broken)
    assert send(client, engine, asked) == 503
    assert dump() == before


def test_nothing_beside_an_answer_tells_when_it_came(
    client: HouseClient, engine: SqliteEngine, asked: Asked, clock: Clock, dump: Dump
) -> None:
    clock.forward(hours=5)
    send(client, engine, asked)
    told = [
        table for table, rows in dump().items() if any(clock().isoformat()[:16] in str(row) for row in rows)
    ]
    assert told == []


def test_an_answer_with_a_name_is_kept_with_that_name(
    client: HouseClient, engine: SqliteEngine, named: tuple[Asked, Asked]
) -> None:
    own, _programme = named
    page = words(parsed(client.get(own.path).text))
    assert "Uw naam staat erbij." in page
    assert "Joris" in page
    (node,) = about(engine, own)
    assert client.post(own.path, data=posted("evaluation-ib-named", node, regel=LINE)).status_code == 303
    rows = engine.rows("SELECT * FROM named_answer WHERE invitation_id = :id", {"id": own.id})
    assert {row["value"] for row in rows} == {3}
    assert engine.rows("SELECT words FROM named_line") == [{"words": LINE}]
    assert engine.rows("SELECT * FROM sealed_ballot") == []


def test_about_the_programme_nobody_is_named(
    client: HouseClient, engine: SqliteEngine, window: str, named: tuple[Asked, Asked]
) -> None:
    _own, programme = named
    page = client.get(programme.path).text
    assert "Joris" not in page
    assert "Ana" not in page
    (node,) = about(engine, programme)
    assert client.post(programme.path, data=posted("evaluation-ib-programme", node)).status_code == 303
    assert len(ballots(engine, window)) == 1
    assert engine.rows("SELECT * FROM named_answer") == []


@pytest.mark.parametrize("lang", ["nl", "ar", "ti"])
def test_the_page_is_light(plain: FlaskClient, card: Card, lang: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = plain.get(f"{card(form=PARENT).path}?taal={lang}", headers=packed)
    html = gzip.decompress(page.data).decode()
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    sizes = [len(page.data), *(len(plain.get(address, headers=packed).data) for address in addresses)]
    assert "<script" not in html
    assert (len(sizes), sum(sizes) <= 14 * 1024) == (2, True)


def test_a_coach_who_reads_along_is_nobody_here(
    as_: Callable[[Member], HouseClient], ana: Member, asked: Asked
) -> None:
    assert "Ana</a>" not in as_(ana).get(asked.path).text
