"""What a mail tells: the notices that wait for someone, looked at again, and each thing told once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import HOME, last_day, local_day, moment, moment_or_none
from survey.database import Engine, Row
from survey.event import reports as events
from survey.notice import store
from survey.notice.kinds import OF_EVENTS, Kind
from survey.reflection.reports import still_due
from survey.start_agreement import reports as agreements


class What(StrEnum):
    """What is said of a round or an event; what cannot wait comes first."""

    CALLED_OFF = "called_off"
    GOES_ON = "goes_on"
    CHANGED = "changed"
    ROUND = "round"
    REMINDER = "reminder"
    MICRO = "micro"
    SOON = "soon"
    INVITE = "invite"
    REVIEW = "review"


class Topic(Struct, frozen=True):
    """One thing to tell, with the notices it answers.

    `at` is when an event begins, until when a round takes answers, or the day to look back on what was
    agreed at `school`. `was` is when the event was to begin as its reader knows it, where that is another
    moment.
    """

    what: What
    notices: tuple[str, ...]
    at: datetime
    event: events.Event | None = None
    was: datetime | None = None
    school: str = ""

    @property
    def last_day(self) -> date:
        """The last day on which a round takes answers."""
        return last_day(self.at)

    @property
    def order(self) -> tuple[bool, datetime]:
        """What changed first, then what comes first."""
        return self.what not in {What.CALLED_OFF, What.GOES_ON, What.CHANGED}, self.at


def still_to_tell(engine: Engine, *, scope: Scope, at: datetime) -> tuple[list[Topic], list[str]]:
    """What this person is still to be told of all that waits, and which notices are not due any more."""
    by_subject: defaultdict[str, list[Row]] = defaultdict(list)
    for row in store.waiting(engine, scope=scope):
        by_subject[row["about"]].append(row)
    found = [_topic(engine, about, rows, scope=scope, at=at) for about, rows in by_subject.items()]
    topics = sorted((one for one in found if one), key=lambda one: one.order)
    told = {key for one in topics for key in one.notices}
    gone = [row["id"] for rows in by_subject.values() for row in rows if row["id"] not in told]
    return topics, gone


def _topic(engine: Engine, about: str, rows: Sequence[Row], *, scope: Scope, at: datetime) -> Topic | None:
    kinds, notices = {Kind(row["kind"]) for row in rows}, tuple(row["id"] for row in rows)
    if Kind.REVIEW_DUE in kinds:
        return _review(engine, about, notices, scope=scope, at=at)
    if kinds & OF_EVENTS:
        return _event(engine, about, kinds, notices, scope=scope, at=at)
    if not still_due(engine, person_id=scope.person_id, about=about, at=at):
        return None
    what = next(
        said
        for kind, said in (
            (Kind.MICRO_OPEN, What.MICRO),
            (Kind.ROUND_REMINDER, What.REMINDER),
            (Kind.ROUND_OPEN, What.ROUND),
        )
        if kind in kinds
    )
    return Topic(what, notices, moment(store.closes_at(engine, about)))


def _review(
    engine: Engine, about: str, notices: tuple[str, ...], *, scope: Scope, at: datetime
) -> Topic | None:
    due = agreements.reminder(engine, scope, about, local_day(at))
    if due is None:
        return None
    return Topic(What.REVIEW, notices, datetime.combine(due.day, time.min, HOME), school=due.school)


def _event(
    engine: Engine,
    about: str,
    kinds: set[Kind],
    notices: tuple[str, ...],
    *,
    scope: Scope,
    at: datetime,
) -> Topic | None:
    event = events.event(engine, scope, about)
    if event is None or event.has_begun(at):
        return None
    told = moment_or_none(store.told_of(engine, about, scope=scope))
    what = What.SOON if Kind.EVENT_SOON in kinds else What.INVITE
    if event.cancelled_at:
        what = What.CALLED_OFF
    elif Kind.EVENT_CHANGED in kinds and (told or event.trains):
        what = What.GOES_ON if event.resumed_at and event.resumed_at == event.changed_at else What.CHANGED
    return Topic(what, notices, event.starts_at, event, told if told != event.starts_at else None)
