"""A window that was answered and counted."""

from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions
from tests.conftest import Clock
from tests.survey.evaluation.ballots import Ballots, cast


@pytest.fixture
def counted(engine: SqliteEngine, window: str, clock: Clock) -> Callable[[Sequence[Ballots]], str]:
    """The window with these answers, counted."""

    def count(ballots: Sequence[Ballots]) -> str:
        cast(engine, window, ballots, clock())
        clock.forward(days=21)
        assert actions.count(engine, window_id=window, at=clock())
        return window

    return count
