"""A case of Ana in which people answer."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.database import SqliteEngine
from tests.conftest import Clock, Member
from tests.survey.hint.answering import Answering, answering


@pytest.fixture
def case(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school_of: Callable[[Member], str]
) -> Answering:
    return answering(app, engine, clock, ana, school_of(ana))
