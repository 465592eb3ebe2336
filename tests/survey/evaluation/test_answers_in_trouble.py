"""An answer while a window closes, the database is busy or the secret is another: nothing is lost."""

import pytest

from survey.database import Busy, SqliteEngine
from survey.evaluation.answering import actions as answering
from tests.client import HouseClient, parsed, words
from tests.conftest import Clock, Dump
from tests.survey.evaluation.conftest import LINE, TEACHER, Asked, about, posted
from tests.survey.evaluation.sending import send


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
