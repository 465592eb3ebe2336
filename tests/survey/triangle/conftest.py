"""Ana at two schools, with an evaluation that was released and two reflections behind her."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.conftest import Clock, Cohorts, Member
from tests.survey.evaluation.conftest import _in_app, schools, window
from tests.survey.evaluation.outcome.conftest import release, released
from tests.survey.reflection.conftest import catalog, reflected

__all__ = ["_in_app", "catalog", "reflected", "release", "released", "schools", "window"]

PLACEMENT = "school-De Kraanheide-{}"


@pytest.fixture
def grown(
    engine: SqliteEngine,
    released: str,
    ana: Member,
    cohorts: Cohorts,
    clock: Clock,
    reflected: Callable[..., str],
) -> str:
    """The address of the triangle of Ana's placement at the first school."""
    reflected(ana, cohorts.bens, days=120, level=1)
    reflected(ana, cohorts.bens, days=30, level=3)
    return f"/mijn-inzet/{PLACEMENT.format(ana.id)}/driehoek"
