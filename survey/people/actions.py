"""What happens when someone joins or leaves, each act in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from survey.access import accounts, audit
from survey.access import actions as access
from survey.access.permissions import Role, Scope
from survey.clock import local_day, stamp
from survey.cohort import actions as cohorts
from survey.current import settings
from survey.database import Engine, Refused, new_key
from survey.mail import address, letter, outbox
from survey.people import store

LONGEST_NAME = 200


class EmailTaken(Exception):
    """Someone else has this mail address already; `left` when they are gone, and keep it all the same."""

    def __init__(self, email: str, *, left: bool) -> None:
        super().__init__(email)
        self.left = left


class NoName(ValueError):
    """A name is empty, too long, or holds signs that cannot be read."""


class NotHere(LookupError):
    """There is no such person, or they left before."""


def add_person(
    engine: Engine,
    *,
    name: str,
    email: str,
    roles: Iterable[Role],
    by: str | None,
    at: datetime,
    status: str = "active",
    language: str = "nl",
) -> str:
    """Add a person and return the id. Raises EmailTaken, NoName or NoAddress, and then adds nothing."""
    key = new_key()
    person = {
        "id": key,
        "name": readable(name),
        "email": address.normal(email),
        "status": status,
        "language": language,
        "created_at": stamp(at),
    }
    with engine.atomic():
        # The address is all that can still be wrong; the database decides, as two leads may add one at once.
        try:
            store.add_person(engine, person)
        except Refused as refusal:
            holder = accounts.with_address(engine, person["email"])
            raise EmailTaken(person["email"], left=holder is not None and not holder.is_here) from refusal
        store.add_roles(engine, person_id=key, roles=roles, at=stamp(at))
        audit.note(engine, act="person-added", by=by, at=at, object=key)
    return key


def invite(
    engine: Engine,
    *,
    name: str,
    email: str,
    roles: frozenset[Role],
    status: str,
    language: str,
    cohort_id: str | None,
    by: Scope,
    at: datetime,
) -> str:
    """Add a person to the programme and a cohort, and mail them how to sign in; return the id."""
    with engine.atomic():
        key = add_person(
            engine,
            name=name,
            email=email,
            roles=roles,
            by=by.person_id,
            at=at,
            status=status,
            language=language,
        )
        if cohort_id and Role.COACH in roles:
            cohorts.join(engine, cohort_id=cohort_id, person_id=key, since=local_day(at))
        if cohort_id and Role.TRAINER in roles:
            cohorts.add_trainer(engine, cohort_id=cohort_id, person_id=key)
            audit.note(engine, act="trainer-added", by=by.person_id, at=at, object=f"{key} {cohort_id}")
        outbox.put(
            engine, recipient=address.normal(email), letter=_welcome(readable(name), language, by), at=at
        )
    return key


def leave(engine: Engine, *, person_id: str, at: datetime, by: str | None) -> None:
    """Someone leaves: every session, sign-in link and membership ends now. Raises NotHere."""
    with engine.atomic():
        if not store.mark_left(engine, person_id=person_id, at=stamp(at)):
            raise NotHere(person_id)
        access.end_access(engine, person_id=person_id, at=at)
        for cohort_id in store.memberships(engine, person_id):
            cohorts.leave_cohort(engine, cohort_id=cohort_id, person_id=person_id, until=local_day(at))
        audit.note(engine, act="person-left", by=by, at=at, object=person_id)


def readable(name: str) -> str:
    """The name as it is stored, with single spaces. Raises NoName."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise NoName(f"not a name: {tidy[:80]!r}")
    return tidy


def _welcome(name: str, language: str, by: Scope) -> letter.Letter:
    return letter.write(
        "welcome",
        language,
        name=name,
        by=by.name,
        programme=settings().PROGRAMME,
        contact=settings().CONTACT,
        url=f"{settings().BASE_URL}/inloggen",
    )
