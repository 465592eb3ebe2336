"""Letters about an account: how to sign in, and what a lead changed in who gets in and who sees what."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import force_locale
from msgspec import Struct

from survey.access.permissions import NotYours, Role
from survey.current import settings
from survey.database import Engine, Row
from survey.mail import address, letter, outbox
from survey.people import store

WEIGHTY = frozenset({Role.TRAINER, Role.LEAD})  # roles that let someone see more than their own


class Change(Struct, frozen=True):
    """What someone may do from now on, or no longer."""

    person_id: str
    name: str
    added: frozenset[Role] = frozenset()
    ended: frozenset[Role] = frozenset()
    left: bool = False


def welcome(engine: Engine, *, name: str, email: str, language: str, by: str | None, at: datetime) -> None:
    """Tell someone at this address how to sign in, inside the caller's act; `by` None is the operator."""
    _put(engine, "welcome", email, language, at, name=name, by=by, url=f"{settings().BASE_URL}/inloggen")


def address_changed(
    engine: Engine, *, name: str, before: str, language: str, by: str | None, at: datetime
) -> None:
    """Tell someone at the address of before that it no longer lets them in, inside the caller's act."""
    _put(engine, "address-changed", before, language, at, name=name, by=by)


def address_waits(engine: Engine, person: Row, *, token: str, by: str, until: datetime, at: datetime) -> None:
    """Tell someone at the address of now until when another one waits, and how to refuse it."""
    url = f"{settings().BASE_URL}/adres/{token}"
    told = {"name": person["name"], "by": by, "until": until, "url": url}
    _put(engine, "address-waits", person["email"], person["language"], at, **told)


def address_refused(engine: Engine, who: str, *, at: datetime) -> None:
    """Tell every lead that someone keeps the address of now."""
    for row in store.leads(engine):
        _put(engine, "address-refused", row["email"], row["language"], at, name=row["name"], who=who)


def roles_changed(
    engine: Engine, changes: Sequence[Change], *, by: str, at: datetime, are_new: bool = False
) -> None:
    """Tell every other lead, and whom it is about, who came to see more or lost that; in the caller's act.

    Who is new hears of it in the welcome. Nothing is told of what gives nobody a look at others. Raises
    NotYours where whoever did it leads no more.
    """
    weighty = [one for one in changes if one.left or WEIGHTY & (one.added | one.ended)]
    if not weighty:
        return
    about = {one.person_id for one in weighty}
    leads = store.leads(engine)
    told = {row["id"]: row for row in leads if row["id"] != by}
    for key in about:
        told.pop(key, None)
        if not are_new and (row := store.addressee(engine, key)):
            told[key] = row
    who = next((row["name"] for row in leads if row["id"] == by), None)
    if who is None:
        raise NotYours("somebody else ended that role meanwhile")
    for row in told.values():
        _put(
            engine,
            "roles-changed",
            row["email"],
            row["language"],
            at,
            name=row["name"],
            by=who,
            changes=weighty,
        )


def _put(engine: Engine, which: str, recipient: str, language: str, at: datetime, **values: object) -> None:
    with force_locale(language):
        text = letter.write(
            which, language, programme=settings().PROGRAMME, contact=settings().CONTACT, **values
        )
    outbox.put(engine, recipient=address.normal(recipient), letter=text, at=at)
