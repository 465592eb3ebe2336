"""Answering a short round, and what is kept of it."""

from typing import Any

from survey.database import SqliteEngine
from tests.client import HouseClient


def answer(client: HouseClient, short_id: str, **answers: str) -> Any:
    """Send answers on the page of a short round."""
    return client.post(f"/reflectie/kort/{short_id}", data={"revision": 1, **answers})


def kept(engine: SqliteEngine) -> dict[str, object]:
    """What is kept of every short round, by item."""
    rows = engine.rows("SELECT item, value, code FROM micro_answer")
    return {row["item"]: row["value"] or row["code"] for row in rows}
