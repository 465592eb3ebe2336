"""Meetings and rounds people are told about, the mails that went out, and a mail server that keeps them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions as events
from survey.mail import courier
from survey.mail.sender import Delivery
from survey.notice import actions
from survey.notice.kinds import Kind
from survey.people import actions as people
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.mail.conftest import server as server
from tests.survey.mail.conftest import smtp as smtp

AddRound = Callable[..., str]


@dataclass
class Post:
    """The mail of an application: what was sent, and a server that can be out of order."""

    app: Flask
    engine: SqliteEngine
    clock: Clock
    cohort: str
    mails: list[EmailMessage] = field(default_factory=list)
    broken: OSError | None = None
    around: Callable[[EmailMessage], AbstractContextManager[None]] = lambda _mail: nullcontext()

    def send(self, message: EmailMessage) -> None:
        """The transport: keep a mail, or refuse it."""
        if self.broken:
            raise self.broken
        with self.around(message):
            self.mails.append(message)

    def deliver(self) -> Delivery:
        """One round of sending, as `flask send-mail` does it."""
        return courier.deliver_now(self.app)

    def tell(self, kind: Kind, about: str, *people: Member) -> int:
        """Decide that these people are told this."""
        with self.engine.atomic():
            return actions.announce(
                self.engine,
                kind=kind,
                about=about,
                person_ids=[one.id for one in people],
                at=self.clock(),
            )

    def meet(self, days: float = 14, title: str = "Werkplaats luisteren") -> str:
        """A meeting of Ben's cohort, so many days from now."""
        starts = self.clock() + timedelta(days=days)
        return events.add_event(
            self.engine,
            kind="workshop",
            title=title,
            place="De Kraanheide",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            cohort_ids=[self.cohort],
            themes=[],
            by=None,
            at=self.clock(),
        )

    def move(self, event_id: str, to: datetime, title: str = "Werkplaats luisteren") -> None:
        """Another moment for a meeting."""
        events.change(
            self.engine,
            event_id=event_id,
            kind="workshop",
            title=title,
            place="De Kraanheide",
            starts_at=to,
            ends_at=to + timedelta(hours=2),
            cohort_ids=[self.cohort],
            themes=[],
            by=None,
            at=self.clock(),
        )

    def call_off(self, event_id: str) -> None:
        """A meeting that will not be."""
        events.cancel(self.engine, event_id=event_id, by=None, at=self.clock())

    @property
    def subjects(self) -> list[str]:
        return [mail["Subject"] for mail in self.mails]

    @property
    def last(self) -> str:
        """What the last mail says."""
        text: str = self.mails[-1].get_content()
        return text


@pytest.fixture
def post(
    app: Flask,
    engine: SqliteEngine,
    clock: Clock,
    cohorts: Cohorts,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Post]:
    post = Post(app, engine, clock, cohorts.bens)
    monkeypatch.setattr(courier, "transport_for", lambda _settings: post)
    with app.app_context():
        yield post


@pytest.fixture
def bo(engine: SqliteEngine, cohorts: Cohorts) -> Member:
    """A second coach in Ben's cohort."""
    key = people.add_person(engine, name="Bo", email="bo@example.org", roles={Role.COACH}, by=None, at=START)
    bo = Member(key, "Bo", "bo@example.org")
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=bo.id, since=date(2025, 9, 1))
    return bo


@pytest.fixture
def round_id(cohorts: Cohorts, add_round: AddRound) -> str:
    """A round of Ben's cohort that closes on 5 February."""
    return add_round(cohorts.bens)
