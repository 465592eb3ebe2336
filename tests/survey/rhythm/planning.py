"""How the pages of a plan are read and filled in."""

from datetime import UTC, datetime
from typing import Any

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed

SUMMER = datetime(2026, 8, 20, 10, 0, tzinfo=UTC)
SEPTEMBER, JUNE = "round-2026-09-14", "round-2027-06-07"
OCTOBER, TRAINING = "short-2026-10-12", "event-2026-09-23"


def sent(page: str, **changes: str | None) -> dict[str, str]:
    """What the form of a proposal sends as it stands, with changes; None takes something out."""
    fields: dict[str, str] = {}
    for control in every(parsed(page), "input"):
        name, kind = control.get("name"), control.get("type")
        unticked = kind == "checkbox" and control.get("checked") is None
        if name and not unticked and name not in {"next", "language", "csrf_token"}:
            fields[name] = control.get("value", "y")
    for name, value in changes.items():
        if value is None:
            fields.pop(name)
        else:
            fields[name] = value
    return fields


def made(engine: SqliteEngine, table: str = "round") -> list[dict[str, Any]]:
    """What stands planned in this table, in order."""
    return engine.rows(f"SELECT * FROM {table} ORDER BY opens_at")


def text_of(client: HouseClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)
