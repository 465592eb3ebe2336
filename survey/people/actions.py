"""What happens when someone joins, changes, leaves or comes back, each act in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from survey.access import accounts, audit
from survey.access import actions as access
from survey.access.permissions import Role, Scope
from survey.clock import local_day, stamp
from survey.cohort import actions as cohorts
from survey.database import Engine, Refused, new_key
from survey.mail import address
from survey.people import letters, store
from survey.reflection import actions as reflections

LONGEST_NAME = 200


class EmailTaken(Exception):
    """Someone else has this mail address already; `left` when they are gone, and keep it all the same."""

    def __init__(self, email: str, *, left: bool, holder: str | None = None) -> None:
        super().__init__(email)
        self.left, self.holder = left, holder


class NoName(ValueError):
    """A name is empty, too long, or holds signs that cannot be read."""


class NotHere(LookupError):
    """There is no such person, or they left before."""


class NotGone(LookupError):
    """There is no such person, or they have not left."""


class Changed(Exception):
    """Someone else changed what is noted about a person since the page showed it."""


class LastLead(Exception):
    """Nobody else who is here leads the programme, so nobody could let anyone in; nothing was stored."""


class Newcomer(Struct, frozen=True):
    """Someone to invite: into a cohort from `since` on, or from today."""

    name: str
    email: str
    roles: frozenset[Role]
    status: str = "active"
    language: str = "nl"
    cohort_id: str | None = None
    since: date | None = None
    experience: str | None = None


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
    experience: str | None = None,
) -> str:
    """Add a person and return the id. Raises EmailTaken, NoName or NoAddress, and then adds nothing."""
    key, email = new_key(), address.normal(email)
    person = {
        "id": key,
        "name": readable(name),
        "email": email,
        "status": status,
        "language": language,
        "experience": experience,
        "created_at": stamp(at),
    }
    with engine.atomic():
        # The address is all that can still be wrong; the database decides, as two leads may add one at once.
        try:
            store.add_person(engine, person)
        except Refused as refusal:
            raise taken(engine, email) from refusal
        store.add_roles(engine, person_id=key, roles=roles, at=stamp(at))
        audit.note(engine, act="person-added", by=by, at=at, object=key)
    return key


def invite(engine: Engine, *, person: Newcomer, by: Scope, at: datetime) -> str:
    """Add a person to the programme and a cohort, and mail them how to sign in; return the id."""
    with engine.atomic():
        (key,) = invite_all(engine, people=[person], by=by, at=at)
    return key


def invite_all(engine: Engine, *, people: Sequence[Newcomer], by: Scope, at: datetime) -> list[str]:
    """Invite all of these or none, and return their ids. Raises what `add_person` raises, at the first."""
    with engine.atomic():
        keys = [_invite(engine, person, by, at) for person in people]
        changes = [
            letters.Change(key, person.name, person.roles) for key, person in zip(keys, people, strict=True)
        ]
        letters.roles_changed(engine, changes, by=by.person_id, at=at, are_new=True)
    return keys


def leave(
    engine: Engine, *, person_id: str, at: datetime, by: str | None, because: str | None = None
) -> None:
    """Someone leaves: sessions, sign-in links, memberships and trainings end now.

    Raises NotHere, or LastLead where nobody else leads.
    `because` is an entry of the list of reasons to leave.
    """
    with engine.atomic():
        refuse_last_lead(engine, person_id)
        lead = next((row for row in store.leads(engine) if row["id"] == person_id), None)
        if not store.mark_left(engine, person_id=person_id, because=because, at=stamp(at)):
            raise NotHere(person_id)
        access.end_access(engine, person_id=person_id, at=at)
        for cohort_id in store.memberships(engine, person_id):
            cohorts.leave_cohort(engine, cohort_id=cohort_id, person_id=person_id, until=local_day(at))
        for cohort_id in store.trainings(engine, person_id):
            cohorts.remove_trainer(engine, cohort_id=cohort_id, person_id=person_id)
        reflections.end_shares(engine, by=by, at=at)
        audit.note(engine, act="person-left", by=by, at=at, object=person_id)
        if lead is not None and by is not None:
            left = letters.Change(person_id, lead["name"], left=True)
            letters.roles_changed(engine, [left], by=by, at=at)


def come_back(engine: Engine, *, person_id: str, by: Scope, at: datetime) -> None:
    """Someone who left takes part again, with the same address and all they had filled in. Raises NotGone.

    They are in no cohort until someone puts them there again.
    """
    with engine.atomic():
        if not store.mark_back(engine, person_id=person_id):
            raise NotGone(person_id)
        audit.note(engine, act="person-back", by=by.person_id, at=at, object=person_id)
        back = store.person(engine, person_id, by)
        if back is not None:
            words = {key: back[key] for key in ("name", "email", "language")}
            letters.welcome(engine, **words, by=by.name, at=at)
            held = frozenset(map(Role, store.roles_of(engine, person_id, by)))
            again = letters.Change(person_id, back["name"], held)
            letters.roles_changed(engine, [again], by=by.person_id, at=at, are_new=True)


def enter(engine: Engine, *, cohort_id: str, person_id: str, since: date, by: Scope, at: datetime) -> None:
    """A coach who is here enters a cohort, or comes back to it. Raises NotHere, or cohorts.AlreadyIn."""
    with engine.atomic():
        _in_role(engine, person_id, Role.COACH, by)
        cohorts.enter(engine, cohort_id=cohort_id, person_id=person_id, since=since)
        audit.note(engine, act="cohort-joined", by=by.person_id, at=at, object=f"{person_id} {cohort_id}")


def move_start(
    engine: Engine,
    *,
    cohort_id: str,
    person_id: str,
    since: date,
    by: Scope,
    at: datetime,
    shown: str | None = None,
) -> None:
    """Correct someone's first day in a cohort; `shown` is the one that was seen.

    Raises Changed, cohorts.NotIn or cohorts.Reflected.
    """
    with engine.atomic():
        if shown not in {None, store.running_since(engine, person_id, by, cohort_id=cohort_id)}:
            raise Changed
        cohorts.move_start(engine, cohort_id=cohort_id, person_id=person_id, since=since)
        reflections.end_shares(engine, by=by.person_id, at=at)
        audit.note(engine, act="cohort-since", by=by.person_id, at=at, object=f"{person_id} {cohort_id}")


def step_out(engine: Engine, *, cohort_id: str, person_id: str, by: Scope, at: datetime) -> None:
    """Someone leaves one cohort and stays in the programme; a second time nothing changes."""
    with engine.atomic():
        cohorts.leave_cohort(engine, cohort_id=cohort_id, person_id=person_id, until=local_day(at))
        reflections.end_shares(engine, by=by.person_id, at=at)
        audit.note(engine, act="cohort-left", by=by.person_id, at=at, object=f"{person_id} {cohort_id}")


def appoint(engine: Engine, *, cohort_id: str, person_id: str, by: Scope, at: datetime) -> None:
    """A trainer who is here sees a cohort. Raises NotHere, or Refused where that stands already."""
    with engine.atomic():
        _in_role(engine, person_id, Role.TRAINER, by)
        cohorts.add_trainer(engine, cohort_id=cohort_id, person_id=person_id)
        audit.note(engine, act="trainer-added", by=by.person_id, at=at, object=f"{person_id} {cohort_id}")


def dismiss(engine: Engine, *, cohort_id: str, person_id: str, by: Scope, at: datetime) -> None:
    """A trainer sees a cohort no more; raises cohorts.NotIn."""
    with engine.atomic():
        cohorts.remove_trainer(engine, cohort_id=cohort_id, person_id=person_id)
        reflections.end_shares(engine, by=by.person_id, at=at)
        audit.note(engine, act="trainer-removed", by=by.person_id, at=at, object=f"{person_id} {cohort_id}")


def add_cohort(engine: Engine, *, name: str, profile: str, started_on: date, by: Scope, at: datetime) -> str:
    """A new cohort; raises NoName, or Refused when the name is taken."""
    with engine.atomic():
        key = cohorts.add_cohort(engine, name=readable(name), profile=profile, started_on=started_on)
        audit.note(engine, act="cohort-added", by=by.person_id, at=at, object=key)
    return key


def let_research(engine: Engine, *, by: Scope, yes: bool, at: datetime) -> None:
    """Someone lets research use their reflections, from now on, or no longer."""
    with engine.atomic():
        if store.set_research(engine, person_id=by.person_id, since=stamp(at) if yes else None):
            act = "research-allowed" if yes else "research-ended"
            audit.note(engine, act=act, by=by.person_id, at=at)


def readable(name: str) -> str:
    """The name as it is stored, with single spaces. Raises NoName."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise NoName(f"not a name: {tidy[:80]!r}")
    return tidy


def refuse_last_lead(engine: Engine, person_id: str) -> None:
    """Raise LastLead where this person leads, and nobody else who is here does."""
    if {row["id"] for row in store.leads(engine)} == {person_id}:
        raise LastLead(person_id)


def _in_role(engine: Engine, person_id: str, role: Role, by: Scope) -> None:
    found = store.person(engine, person_id, by)
    if found is None or found["status"] == "left" or role not in store.roles_of(engine, person_id, by):
        raise NotHere(person_id)


def taken(engine: Engine, email: str) -> EmailTaken:
    """Why an address cannot be given: whose it is."""
    holder = accounts.with_address(engine, email)
    if holder is None:
        return EmailTaken(email, left=False)
    return EmailTaken(email, left=not holder.is_here, holder=holder.id)


def _invite(engine: Engine, person: Newcomer, by: Scope, at: datetime) -> str:
    key = add_person(
        engine,
        name=person.name,
        email=person.email,
        roles=person.roles,
        by=by.person_id,
        at=at,
        status=person.status,
        language=person.language,
        experience=person.experience,
    )
    for role in sorted(letters.WEIGHTY & person.roles):
        audit.note(engine, act="role-added", by=by.person_id, at=at, object=f"{key} {role}")
    if person.cohort_id and Role.COACH in person.roles:
        since = person.since or local_day(at)
        cohorts.join(engine, cohort_id=person.cohort_id, person_id=key, since=since)
    if person.cohort_id and Role.TRAINER in person.roles:
        appoint(engine, cohort_id=person.cohort_id, person_id=key, by=by, at=at)
    letters.welcome(
        engine, name=readable(person.name), email=person.email, language=person.language, by=by.name, at=at
    )
    return key
