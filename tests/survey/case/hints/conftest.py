"""A case with answers, Ana at her device, and how the pages of hints are read."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member
from tests.survey.hint.answering import Answering, answering

As = Callable[[Member], HouseClient]
LOWER = "4433 3434 1223"


@pytest.fixture
def case(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school_of: Callable[[Member], str]
) -> Answering:
    """A case of Ana's in which people answer."""
    return answering(app, engine, clock, ana, school_of(ana))


@pytest.fixture
def coach(as_: As, ana: Member, case: Answering) -> Callable[[], HouseClient]:
    """Ana at her device, signed in by the clock as it stands then."""
    return lambda: as_(ana)


def settle(client: HouseClient, case: Answering, link_id: str, *agreed: str, **more: str) -> tuple[int, str]:
    """Note what was agreed about the hints of a check: the status and the page."""
    reply = client.post(f"{case.page}/aandachtspunt/{link_id}", data={"agreed": list(agreed), **more})
    return reply.status_code, reply.text


def blocks(page: str) -> list[str]:
    """The words of each hint on a page."""
    return [words(one) for one in every(parsed(page), "article") if "say" in (one.get("class") or "")]
