"""Acts on notices: deciding that people are told something, and bundling what waits in one mail each."""

from collections.abc import Collection
from datetime import datetime

from survey.clock import stamp
from survey.database import Engine, new_key
from survey.notice import store
from survey.notice.kinds import Kind as Kind


def announce(engine: Engine, *, kind: Kind, about: str, person_ids: Collection[str], at: datetime) -> int:
    """Inside the caller's act: these people are to be told this, once; for how many that is new.

    `about` is the id of the round, short round or event. Each change of an event is told by itself.
    """
    change = store.change_of(engine, about) if kind is Kind.EVENT_CHANGED else ""
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
