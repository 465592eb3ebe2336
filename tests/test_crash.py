"""Killing the server under load: every acknowledged answer is there afterwards, and none is half there."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app
from survey.access.permissions import Role
from survey.access.tokens import token_hash
from survey.checkin import actions as checkin
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.database.migrate import migrate
from survey.people import actions as people
from tests.bench.load import ANSWERS, Connection
from tests.server import SECRET, serving, start

LINKS, CLIENTS = 3000, 8


@dataclass
class Tally:
    """Tokens whose answer the server acknowledged."""

    acknowledged: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def database(tmp_path: Path, template_database: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "crash.db")
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def tokens(database: SqliteDatabase) -> list[str]:
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings})
    at = datetime.now(UTC)
    with app.app_context(), database.session() as engine:
        coach = people.add_person(
            engine, name="Ana", email="ana@example.org", roles=[Role.COACH], by=None, at=at
        )
        engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
        case = {
            "id": "c",
            "code": "KV-7Q4M",
            "coach_id": coach,
            "school_id": "s",
            "opened_at": at.isoformat(),
        }
        engine.insert("case", case)
        engine.insert("informant", {"id": "i", "case_id": "c", "kind": "parent", "number": 1})
        made = checkin.ask_many(
            engine, informant_ids=["i"] * LINKS, form="relationship-parent", version="1.0", by=coach, at=at
        )
    app.extensions["database"].close()
    return [token for _, token in made]


def answer_everything(url: str, tokens: list[str], tally: Tally) -> None:
    """Answer one link after the other with several clients, until the server is gone."""
    host, port = url.removeprefix("http://").split(":")
    waiting = iter(tokens)

    async def client() -> None:
        async with Connection(host, int(port)) as connection:
            for token in waiting:
                reply = await connection.ask("POST", f"/c/{token}", ANSWERS)
                if reply.status == 303:
                    tally.acknowledged.append(token)
                if len(tally.acknowledged) >= 150:
                    tally.enough.set()

    async def everyone() -> None:
        await asyncio.gather(*(client() for _ in range(CLIENTS)), return_exceptions=True)

    asyncio.run(everyone())


def answers_by_hash(engine: SqliteEngine) -> dict[str, int]:
    rows = engine.rows(
        "SELECT checkin_link.token_hash, count(checkin_answer.item) AS n FROM checkin "
        "JOIN checkin_link ON checkin_link.id = checkin.link_id "
        "LEFT JOIN checkin_answer ON checkin_answer.checkin_id = checkin.id "
        "GROUP BY checkin_link.token_hash"
    )
    return {row["token_hash"]: row["n"] for row in rows}


def test_kill_minus_nine_loses_no_acknowledged_answer(database: SqliteDatabase, tokens: list[str]) -> None:
    server, tally = start(database.path), Tally()
    load = threading.Thread(target=answer_everything, args=(server.url, tokens, tally))
    load.start()
    assert tally.enough.wait(30), "the server answered too little to say anything"
    server.kill()
    load.join(30)
    with serving(database.path), database.session() as engine:
        stored = answers_by_hash(engine)
        assert engine.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
    missing = [token for token in tally.acknowledged if token_hash(token) not in stored]
    assert missing == []
    assert set(stored.values()) == {4}, "an answer is stored whole or not at all"
    assert len(stored) < len(tokens), "the server was killed before the load was done"


def test_two_clients_on_one_link_store_one_answer(database: SqliteDatabase, tokens: list[str]) -> None:
    with serving(database.path) as server:
        tally = Tally()
        twice = [token for token in tokens[:100] for _ in range(2)]
        load = threading.Thread(target=answer_everything, args=(server.url, twice, tally))
        load.start()
        load.join(30)
    with database.session() as engine:
        assert answers_by_hash(engine) == {token_hash(token): 4 for token in tokens[:100]}
    assert len(tally.acknowledged) == 200, "the second tap lands on thanks too"
