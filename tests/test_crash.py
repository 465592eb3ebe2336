"""Killing the server under load: every acknowledged answer is there afterwards, and none is half there."""

import asyncio
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from survey.access.tokens import token_hash
from survey.database import SqliteDatabase, SqliteEngine
from tests.bench.load import ANSWERS, Connection
from tests.bench.prepare import OpenRound, open_links, open_round
from tests.server import serving, start

LINKS, CLIENTS = 3000, 8


@dataclass
class Tally:
    """Tokens whose answer the server acknowledged."""

    acknowledged: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)


@dataclass
class Taps:
    """What one coach tapped: the value last acknowledged for each item, and the one under way."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    under_way: tuple[str, int] = ("", 0)

    def may_hold(self, item: str) -> set[int | None]:
        """What the database may hold of an item: the last acknowledged tap, or the one cut off after it."""
        cut_off = {self.under_way[1]} if self.under_way[0] == item else set()
        return {self.acknowledged.get(item)} | cut_off


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crash.db"


@pytest.fixture
def database(path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(path)
    yield database
    database.close()


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


def tap_everything(url: str, open_round: OpenRound, door: str, taps: Taps, enough: threading.Event) -> None:
    """Sign in as one coach and tap every item again and again, until the server is gone."""
    browser = build_opener(HTTPCookieProcessor())

    def post(address: str, **form: str) -> None:
        headers = {"Accept": "application/json", "Origin": url}
        browser.open(Request(url + address, urlencode(form).encode(), headers), timeout=10).close()

    def token_on(address: str) -> str:
        page = browser.open(url + address, timeout=10).read().decode()
        return str(re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1])

    post(f"/inloggen/{door}", csrf_token=token_on(f"/inloggen/{door}"))
    csrf_token = token_on(f"/reflectie/{open_round.id}/attitude")
    for value, item in ((value, item) for value in cycle("12345") for item in open_round.items):
        taps.under_way = item, int(value)
        try:
            post(f"/reflectie/{open_round.id}/antwoord", csrf_token=csrf_token, revision="1", **{item: value})
        except HTTPError:
            raise  # a refusal is no end of the server
        except (OSError, HTTPException):
            return
        taps.acknowledged[item] = int(value)
        if value == "3":
            enough.set()


def values_by_coach(engine: SqliteEngine) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in engine.rows(
        "SELECT person.name, item, value FROM reflection_answer "
        "JOIN reflection ON reflection.id = reflection_id JOIN person ON person.id = reflection.person_id"
    ):
        found.setdefault(row["name"], {})[row["item"]] = row["value"]
    return found


def test_kill_minus_nine_loses_no_acknowledged_tap_of_a_reflection(
    path: Path, database: SqliteDatabase
) -> None:
    opened, enough = open_round(path, CLIENTS), threading.Event()
    taps = [Taps() for _ in opened.doors]
    server = start(path)
    load = [
        threading.Thread(target=tap_everything, args=(server.url, opened, door, one, enough))
        for door, one in zip(opened.doors, taps, strict=True)
    ]
    for each in load:
        each.start()
    assert enough.wait(30), "the server took too few taps to say anything"
    server.kill()
    for each in load:
        each.join(30)
    with serving(path), database.session() as engine:
        stored = values_by_coach(engine)
        assert engine.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
    for number, one in enumerate(taps):
        assert one.acknowledged, "every coach was at work when the server was killed"
        held = stored[f"Coach {number}"]
        wrong = [item for item in opened.items if held.get(item) not in one.may_hold(item)]
        assert wrong == [], f"coach {number}: {held}, but {one}"


def test_kill_minus_nine_loses_no_acknowledged_answer(database: SqliteDatabase) -> None:
    tokens = open_links(database.path, LINKS)
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


def test_two_clients_on_one_link_store_one_answer(database: SqliteDatabase) -> None:
    tokens = open_links(database.path, 100)
    with serving(database.path) as server:
        tally = Tally()
        twice = [token for token in tokens for _ in range(2)]
        load = threading.Thread(target=answer_everything, args=(server.url, twice, tally))
        load.start()
        load.join(30)
    with database.session() as engine:
        assert answers_by_hash(engine) == {token_hash(token): 4 for token in tokens}
    assert len(tally.acknowledged) == 200, "the second tap lands on thanks too"
