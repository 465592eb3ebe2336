"""Acts on notices: deciding what people are told, bundling what waits, and choosing whether mails come."""

from collections.abc import Collection
from datetime import datetime

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.clock import stamp
from survey.database import Engine, new_key
from survey.mail import outbox
from survey.notice import links, store, window
from survey.notice.kinds import Choice
from survey.notice.kinds import Kind as Kind


def announce(
    engine: Engine, *, kind: Kind, about: str, person_ids: Collection[str], at: datetime, part: str = ""
) -> int:
    """Inside the caller's act: these people are to be told this, once; for how many that is new.

    `about` is the id of the round, short round, event, start agreement or window. Each change of an event is
    told by itself, and so is each `part`: a day to look back on an agreement, a form that was released.
    """
    change = store.change_of(engine, about) if kind is Kind.EVENT_CHANGED else part
    rows = [
        {
            "id": new_key(),
            "person_id": person_id,
            "kind": kind.value,
            "about": about,
            "change": change,
            "decided_at": stamp(at),
        }
        for person_id in sorted(person_ids)
    ]
    return store.insert_notices(engine, rows) if rows else 0


def bundle(engine: Engine, at: datetime) -> None:
    """Let one mail wait for everyone who has something to hear and may hear it now."""
    if window.is_open(at) and _to_be_mailed(engine, at):
        with engine.atomic():  # another sender may have mailed them since the look without a lock
            outbox.put_later(engine, writer=store.BUNDLE, recipients=_to_be_mailed(engine, at), at=at)


def seen(engine: Engine, *, about: str, part: str, by: Scope, at: datetime) -> None:
    """Somebody saw what was released: it is not told any more."""
    waits = {(row["about"], row["change"]) for row in store.on_screen(engine, scope=by)}
    if (about, part) in waits:
        with engine.atomic():
            store.seen(engine, person_id=by.person_id, about=about, change=part, at=stamp(at))


def choose(engine: Engine, *, person_id: str, choice: Choice, at: datetime) -> None:
    """Someone wants no mails for four weeks, none any more, or mails again with what is still due."""
    with engine.atomic():
        store.choose(
            engine,
            person_id,
            stopped_at=stamp(at) if choice is Choice.STOP else None,
            snoozed_until=stamp(at + window.REST) if choice is Choice.REST else None,
        )


def make_feed(engine: Engine, *, by: Scope, at: datetime) -> None:
    """A private calendar with a new address; the one before ends."""
    made_at = stamp(at)
    token = links.feed_token(by.person_id, made_at)
    with engine.atomic():
        store.put_feed(engine, by.person_id, token_hash=token_hash(token), made_at=made_at)


def end_feed(engine: Engine, *, by: Scope) -> None:
    """Nobody reads the private calendar any more."""
    with engine.atomic():
        store.end_feed(engine, by.person_id)


def _to_be_mailed(engine: Engine, at: datetime) -> dict[str, str]:
    found = store.to_be_mailed(
        engine,
        at=stamp(at),
        week_ago=stamp(at - window.BETWEEN_MAILS),
        just_now=stamp(at - window.BETWEEN_CHANGES),
        soon=stamp(at + window.CANNOT_WAIT),
    )
    return {row["id"]: row["email"] for row in found}
