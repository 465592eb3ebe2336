"""What the tests of several rooms share: an act that has to wait for its turn to write."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.database import SqliteEngine
from tests.conftest import Clock


@pytest.fixture
def wait_in_the_queue(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """From now on it takes this long before an act has its turn to write."""
    take_turn = SqliteEngine._begin

    def wait(length: timedelta) -> None:
        def begin(engine: SqliteEngine, deadline: float) -> None:
            clock.at += length
            take_turn(engine, deadline)

        monkeypatch.setattr(SqliteEngine, "_begin", begin)

    return wait
