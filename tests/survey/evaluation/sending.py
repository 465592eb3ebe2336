"""Sending a whole answer as a browser does, and the ballots that came of it."""

from collections.abc import Callable, Mapping

from survey.database import SqliteEngine
from survey.evaluation.ballot import unpacked
from survey.evaluation.sealing import unseal
from survey.evaluation.store import sealed
from tests.client import HouseClient
from tests.survey.evaluation.conftest import TEACHER, Asked, about, posted

Card = Callable[..., Asked]


def send(
    client: HouseClient, engine: SqliteEngine, asked: Asked, changes: Mapping[str, str] = {}, nth: int = 0
) -> int:
    """The status of sending a whole answer about the nth coach by name."""
    node = about(engine, asked)[nth]
    return int(client.post(asked.path, data=posted(TEACHER, node, **changes)).status_code)


def ballots(engine: SqliteEngine, window: str) -> list[dict[str, object]]:
    """What was sealed in this window, opened."""
    opened = (unpacked(unseal(window, one)) for one in sealed(engine, window))
    return [{"form": one.form, "node": one.node_id, "line": one.line, **one.answers} for one in opened]
