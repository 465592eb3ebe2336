"""Correcting what is noted about someone who is here; whoever loses or gains by it is told."""

from datetime import datetime

from msgspec import Struct

from survey.access import audit
from survey.access.permissions import NotYours, Role, Scope
from survey.clock import stamp
from survey.cohort import actions as cohorts
from survey.database import Engine
from survey.mail import address
from survey.people import letters, new_address, reports, store
from survey.people.actions import Changed as Changed
from survey.people.actions import NotHere, readable, refuse_last_lead
from survey.reflection import actions as reflections

ENDS = frozenset({Role.TRAINER, Role.LEAD})  # the role of a coach ends with leaving: cases hang on it


class Details(Struct, frozen=True):
    """What can be changed about someone who is here; of `fewer_roles` only what is in ENDS ends."""

    name: str
    email: str
    status: str
    experience: str | None
    more_roles: frozenset[Role] = frozenset()
    fewer_roles: frozenset[Role] = frozenset()


def change(
    engine: Engine, *, person_id: str, details: Details, by: Scope, at: datetime, shown: str | None = None
) -> None:
    """Correct what is noted about someone who is here; `shown` is the fingerprint of what was seen.

    Another mail address counts once it waited, see `new_address`. Nobody changes their own roles.
    Raises NotHere, Changed, NotYours, LastLead, EmailTaken, NoName or NoAddress.
    """
    name, email = readable(details.name), address.normal(details.email)
    with engine.atomic():
        before = reports.person(engine, person_id, by)
        if before is None or not before.is_here:
            raise NotHere(person_id)
        if shown is not None and shown != before.fingerprint:
            raise Changed
        changed = {"name": name, "status": details.status, "experience": details.experience}
        store.change_person(engine, person_id, changed)
        audit.note(engine, act="person-changed", by=by.person_id, at=at, object=person_id)
        _change_roles(engine, before, details, by, at)
        if email != before.email:
            new_address.ask(engine, person_id=person_id, email=email, by=by, at=at)


def _change_roles(engine: Engine, before: reports.Person, details: Details, by: Scope, at: datetime) -> None:
    held = frozenset(before.roles)
    added, ended = details.more_roles - held, details.fewer_roles & held & ENDS
    if not (added or ended):
        return
    if before.id == by.person_id:
        raise NotYours("roles are changed by another lead")
    if Role.LEAD in ended:
        refuse_last_lead(engine, before.id)
    store.add_roles(engine, person_id=before.id, roles=added, at=stamp(at))
    store.end_roles(engine, person_id=before.id, roles=ended)
    if Role.TRAINER in ended:
        for cohort_id in store.trainings(engine, before.id):
            cohorts.remove_trainer(engine, cohort_id=cohort_id, person_id=before.id)
        reflections.end_shares(engine, by=by.person_id, at=at)
    for act, roles in (("role-added", added), ("role-ended", ended)):
        for role in sorted(roles):
            audit.note(engine, act=act, by=by.person_id, at=at, object=f"{before.id} {role}")
    change = letters.Change(before.id, details.name, added, ended)
    letters.roles_changed(engine, [change], by=by.person_id, at=at)
