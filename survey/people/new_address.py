"""Another mail address for someone: for two days the old one still signs in, and can refuse it.

So nobody takes over an account unseen. Who never signed in holds nothing to take over: that goes at once.
"""

from datetime import datetime, timedelta

from survey.access import accounts, audit
from survey.access import actions as access
from survey.access.permissions import Scope
from survey.access.tokens import new_token, token_hash
from survey.clock import moment, stamp
from survey.database import Engine, Refused, Row
from survey.mail import address
from survey.people import letters, store
from survey.people.actions import Changed, NotHere, taken
from survey.people.reports import WAITS

KNOWN = timedelta(days=300)  # so long the audit log surely tells whether someone ever signed in


def ask(engine: Engine, *, person_id: str, email: str, by: Scope, at: datetime) -> None:
    """Let this address wait, and tell the old one how to refuse it; raises NotHere, EmailTaken, NoAddress."""
    email = address.normal(email)
    with engine.atomic():
        person = _here(engine, person_id)
        if accounts.with_address(engine, email) is not None:
            raise taken(engine, email)
        if not store.ever_signed_in(engine, person_id, known_since=stamp(at - KNOWN)):
            _move(engine, person, email, by=by.person_id, name=by.name, at=at)
            return
        token = new_token()
        row = {"person_id": person_id, "email": email, "asked_by": by.person_id, "asked_at": stamp(at)}
        store.put_address_change(engine, row | {"token_hash": token_hash(token)})
        audit.note(engine, act="address-asked", by=by.person_id, at=at, object=person_id)
        letters.address_waits(engine, person, token=token, by=by.name, until=at + WAITS, at=at)


def take_effect(engine: Engine, at: datetime) -> None:
    """Every address that waited long enough becomes the one to sign in with."""
    for row in store.address_changes_until(engine, asked_at=stamp(at - WAITS)):
        with engine.atomic():
            asked = store.take_address_change(engine, row["token_hash"])
            person = asked and store.addressee(engine, asked["person_id"])
            if asked and person and person["status"] != "left":
                by = store.addressee(engine, asked["asked_by"]) if asked["asked_by"] else None
                name = by["name"] if by else None
                _move(engine, person, asked["email"], by=asked["asked_by"], name=name, at=at)


def move_now(engine: Engine, *, email: str, to: str, at: datetime) -> None:
    """An operator changes an address at once; raises NobodyHas, EmailTaken or NoAddress."""
    to = address.normal(to)
    with engine.atomic():
        account = accounts.with_address(engine, email)
        if account is None or not account.is_here:
            raise accounts.NobodyHas(f"Nobody who is here has the mail address {email}.")
        if accounts.with_address(engine, to) is not None:
            raise taken(engine, to)
        store.end_address_change(engine, account.id)
        _move(engine, _here(engine, account.id), to, by=None, name=None, at=at)


def asked_with(engine: Engine, token: str, at: datetime) -> Row | None:
    """Whose new address this token refuses, while it waits."""
    row = store.address_change(engine, token_hash(token))
    return row if row and moment(row["asked_at"]) > at - WAITS else None


def refuse(engine: Engine, *, token: str, at: datetime) -> bool:
    """Keep the old address, and tell every lead; whether there was something to refuse."""
    with engine.atomic():
        row = asked_with(engine, token, at)
        if row is None:
            return False
        store.end_address_change(engine, row["person_id"])
        audit.note(engine, act="address-refused", by=row["person_id"], at=at, object=row["person_id"])
        letters.address_refused(engine, row["name"], at=at)
    return True


def withdraw(engine: Engine, *, person_id: str, by: Scope, at: datetime, shown: str | None = None) -> None:
    """A lead takes back an address that waits, the one that was `shown`; without one nothing changes.

    Raises Changed where it is another one by now, or none.
    """
    with engine.atomic():
        waits = store.address_that_waits(engine, person_id, by)
        if shown not in {None, waits and waits["email"]}:
            raise Changed
        if store.end_address_change(engine, person_id):
            audit.note(engine, act="address-withdrawn", by=by.person_id, at=at, object=person_id)


def _here(engine: Engine, person_id: str) -> Row:
    person = store.addressee(engine, person_id)
    if person is None or person["status"] == "left":
        raise NotHere(person_id)
    return person


def _move(engine: Engine, person: Row, email: str, *, by: str | None, name: str | None, at: datetime) -> None:
    """The address to sign in with from now on; both are told. One that someone else has by now is dropped."""
    try:
        with engine.atomic():
            store.set_email(engine, person["id"], email)
    except Refused:
        audit.note(engine, act="address-taken", by=by, at=at, object=person["id"])
        return
    access.end_access(engine, person_id=person["id"], at=at)
    audit.note(engine, act="address-changed", by=by, at=at, object=person["id"])
    told = {"name": person["name"], "language": person["language"], "by": name, "at": at}
    letters.welcome(engine, email=email, **told)
    letters.address_changed(engine, before=person["email"], **told)
