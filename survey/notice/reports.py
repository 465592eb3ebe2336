"""What people see of mail and calendars: what they chose, and what stands in their own agenda."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.clock import moment_or_none
from survey.current import settings
from survey.database import Engine, Row
from survey.event import reports as events
from survey.notice import calendars, links, store
from survey.notice.calendars import Entry
from survey.notice.kinds import Choice
from survey.reflection import reports as reflections


class Standing(Struct, frozen=True):
    """Whether mails come to someone, and from when again."""

    stopped: bool
    rests_until: datetime | None


def standing(engine: Engine, scope: Scope, at: datetime) -> Standing:
    """What this person chose about mail, as far as it still holds."""
    row = store.choice(engine, scope=scope) or {"stopped_at": None, "snoozed_until": None}
    until = moment_or_none(row["snoozed_until"])
    return Standing(row["stopped_at"] is not None, until if until and until > at else None)


def on_screen(engine: Engine, scope: Scope) -> tuple[tuple[str, str], ...]:
    """The window and form of each release that this person was to be told of and did not see yet."""
    return tuple((row["about"], row["change"]) for row in store.on_screen(engine, scope=scope))


def holder(engine: Engine, token: str, choice: Choice) -> Scope | None:
    """Who a link in a mail belongs to: it can make this choice about mails, and nothing else."""
    found = {row["id"]: row for row in store.holders(engine)}
    return _as_scope(found.get(links.person_of(token, choice, found) or ""))


def holder_of_feed(engine: Engine, token: str) -> Scope | None:
    """Whose private calendar has this token: it can read that calendar, and nothing else."""
    return _as_scope(store.holder_of_feed(engine, token_hash(token)))


def feed_address(engine: Engine, scope: Scope) -> str | None:
    """Where this person's private calendar is, if they made one that still works."""
    row = store.feed(engine, scope=scope)
    if row is None:
        return None
    token = links.feed_token(scope.person_id, row["made_at"])
    return links.feed(token) if token_hash(token) == row["token_hash"] else None


def own_calendar(engine: Engine, scope: Scope, at: datetime) -> bytes:
    """Every event of this person, and the last day of each round that still waits for them."""
    own = [*events.held(engine, scope, at), *events.upcoming(engine, scope, at)]
    rounds = reflections.to_come(engine, scope, at)
    return _file([*map(_of_event, own), *map(_of_round, rounds)], at)


def event_file(engine: Engine, scope: Scope, event_id: str, at: datetime) -> bytes | None:
    """One event this person may know of, as a calendar file."""
    found = events.event(engine, scope, event_id)
    return _file([_of_event(found)], at) if found else None


def round_file(engine: Engine, scope: Scope, round_id: str, at: datetime) -> bytes | None:
    """The last day of a round that waits for this person, as a calendar file."""
    found = next((one for one in reflections.to_come(engine, scope, at) if one.id == round_id), None)
    return _file([_of_round(found)], at) if found else None


def _file(entries: Iterable[Entry], at: datetime) -> bytes:
    host = urlsplit(settings().BASE_URL).hostname or "localhost"
    return calendars.file(f"Groeispiegel {settings().PROGRAMME}", entries, host=host, at=at)


def _of_event(event: events.Event) -> Entry:
    off = event.cancelled_at is not None
    return Entry(
        id=event.id,
        title=_("Gaat niet door: %(title)s", title=event.title) if off else event.title,
        starts=event.starts_at,
        ends=event.ends_at,
        url=f"{settings().BASE_URL}/agenda/{event.id}",
        place=event.place,
        changed_at=event.cancelled_at or event.changed_at,
        called_off=off,
    )


def _of_round(round: reflections.Round) -> Entry:
    return Entry(
        id=round.id,
        title=_("Laatste dag voor uw reflectie"),
        starts=round.last_day,
        ends=round.last_day + timedelta(days=1),
        url=f"{settings().BASE_URL}/reflectie/{round.id}",
    )


def _as_scope(row: Row | None) -> Scope | None:
    return Scope(row["id"], row["name"], frozenset(), row["language"]) if row else None
