"""An answer that is refused: what is missing is asked for, and what was typed stays."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, parsed, words
from tests.conftest import Dump
from tests.survey.evaluation.conftest import LINE, OTHER, TEACHER, Asked, about, posted
from tests.survey.evaluation.sending import Card, send

FOREIGN = {"Sec-Fetch-Site": "cross-site"}


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
