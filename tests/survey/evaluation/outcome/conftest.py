"""A window that was answered about Ana by twelve and about Cleo by six, counted and released."""

from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.release import actions as releasing
from tests.conftest import Clock, Member
from tests.survey.evaluation.ballots import Ballots, cast

FORM = "evaluation-teacher"
ANA, CLEO = Ballots("Ana", (4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 1, 1)), Ballots("Cleo", (3, 3, 3, 1, 1, 1))
Release = Callable[..., str]


@pytest.fixture
def release(engine: SqliteEngine, lea: Member, clock: Clock) -> Release:
    """Answer an open window, let it close, count it and release this form."""

    def now(window: str, ballots: Sequence[Ballots] = (ANA, CLEO), form: str = FORM) -> str:
        cast(engine, window, ballots, clock())
        clock.forward(days=21)
        assert actions.count(engine, window_id=window, at=clock())
        releasing.release(engine, window_id=window, form=form, by=lea.id, at=clock())
        return window

    return now


@pytest.fixture
def released(release: Release, window: str) -> str:
    return release(window)
