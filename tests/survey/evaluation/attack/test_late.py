"""Whoever opens every address sees nowhere that somebody answered late, with a link of an earlier window."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from survey.access import actions as access
from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.answering import actions as answering
from survey.evaluation.answering import links
from survey.evaluation.groups import ANONYMOUS
from survey.evaluation.invitation import actions as invitations
from tests.conftest import Clock, Member
from tests.survey.evaluation.attack.observer import NOT_FOUND, Observer
from tests.survey.evaluation.conftest import OTHER, SCHOOL, YEAR, Asked, Mail, all_of


class Everywhere(Observer):
    """Also looks where nothing is yet: that something is there now would tell as much."""

    def _try(self, name: str, path: str, rule: Rule, reads: Callable[[], bool]) -> None:
        reads()
        found = self._page(name, path)
        if reads():
            self.seen[name, path] = found

    def _page(self, name: str, path: str) -> str:
        found = super()._page(name, path)
        return NOT_FOUND if found.startswith(NOT_FOUND) else found


@pytest.fixture
def late(
    engine: SqliteEngine, window: str, mail: Mail, named: tuple[Asked, Asked], clock: Clock
) -> tuple[str, list[Asked]]:
    """A second window, and who was asked in the first without answering: by mail, with a card, the IB."""
    mail(window, ["noa@school.nl"])
    for form in ANONYMOUS[:2]:
        invitations.make_cards(
            engine, window_id=window, school_id=SCHOOL, form=form, number=1, by=None, at=clock()
        )
    clock.forward(days=21)
    assert actions.count(engine, window_id=window, at=clock())
    clock.forward(days=10)
    closes = clock() + timedelta(days=21)
    other = actions.plan(engine, school_year=YEAR, opens_at=clock(), closes_at=closes, by=None, at=clock())
    rows = engine.rows("SELECT id FROM evaluation_invitation WHERE name IS NULL ORDER BY id")
    return other, [Asked(row["id"]) for row in rows]


def test_no_address_tells_that_a_late_answer_came(
    app: Flask,
    engine: SqliteEngine,
    window: str,
    late: tuple[str, list[Asked]],
    ana: Member,
    lea: Member,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other, asked = late
    readers = {"Lea": lea, "Ana": ana}

    def sign_in(name: str) -> FlaskClient:
        client = FlaskClient(app)
        if name in readers:
            token = access.issue_link(engine, person_id=readers[name].id, at=clock())
            assert client.post(f"/inloggen/{token}").status_code in {302, 303}
        return client

    values = {"window_id": [window, other], "form": list(ANONYMOUS), "school_id": [SCHOOL, OTHER]}
    observer = Everywhere(app, sign_in, {"Lea": Role.LEAD, "Ana": Role.COACH}, values, {})
    before = observer.look_around(monkeypatch)
    assert ("Lea", f"/evaluatie/{other}/school/{SCHOOL}/kaarten/evaluation-teacher") in before
    assert len(asked) == 4
    for one in asked:
        link = links.find(engine, one.token, at=clock())
        assert link
        assert link.next
        node = link.next.node_id
        answering.submit(engine, token=one.token, node_id=node, answers=all_of(link.form), clock=clock)
    assert observer.changed(before) == {}
