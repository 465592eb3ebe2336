"""Answering behind a link: one coach after the other, once, and thanked for."""

import pytest

from survey.database import SqliteEngine
from survey.evaluation.invitation import actions as invitations
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Dump
from tests.survey.evaluation.conftest import LINE, OTHER, PARENT, SCHOOL, TEACHER, Asked, about, posted
from tests.survey.evaluation.sending import Card, ballots, send


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


def test_not_now_says_until_when_and_the_form_stays_open(
    client: HouseClient, asked: Asked, dump: Dump
) -> None:
    before = dump()
    reply = client.post(asked.path, data={"nu_niet": "1"})
    assert reply.location == f"{asked.path}/nu-niet"
    assert "U kunt meedoen tot 10 februari 2026." in words(parsed(client.get(reply.location).text))
    assert dump() == before


def test_before_a_window_opens_its_day_is_told(
    client: HouseClient, engine: SqliteEngine, planned: str, clock: Clock
) -> None:
    made = invitations.make_cards(
        engine, window_id=planned, school_id=SCHOOL, form=PARENT, number=1, by=None, at=clock()
    )
    page = client.get(f"{Asked(made[0]).path}?taal=tr")
    assert "27 Ocak 2026 tarihinde" in page.text
    assert "27 januari 2026" in page.text
    assert client.post(Asked(made[0]).path, data={}).status_code == 409


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
