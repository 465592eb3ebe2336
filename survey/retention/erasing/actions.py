"""The act of erasing one person on request; what belongs to others stays as it is."""

from collections import Counter
from datetime import datetime, timedelta

from survey.access import accounts, audit
from survey.access.accounts import Account, NobodyHas
from survey.clock import local_day, stamp
from survey.database import Engine
from survey.people import actions as people
from survey.retention import store as rules
from survey.retention.erasing import store

LONGEST_COUNT = timedelta(days=30)  # after closing; whoever asks to be erased has waited long enough then
# One, more, and what to do first.
_HELD = {
    "case": ("open case", "open cases", "have the cases closed or handed over"),
    "placement": ("placement", "placements", "end the placements"),
    "cohort": ("cohort as trainer", "cohorts as trainer", "give the cohorts another trainer"),
    "lead": ("role of lead that nobody else has", "", "let another lead in (`flask add-person --role lead`)"),
    "evaluation": (
        "evaluation that is not counted yet",
        "evaluations that are not counted yet",
        "wait until the evaluation is counted",
    ),
}


class StillHeld(Exception):
    """Others would miss something of theirs; the message says what, and what to do first."""


def erase_person(engine: Engine, *, email: str, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Erase whoever has this address; how many rows of each table went, or would go.

    Who is still here leaves in the same act. Raises NobodyHas or StillHeld, and then changes nothing.
    """
    if dry_run:
        gone = _count(engine, _who(engine, email, at).id)
    else:
        with engine.atomic():
            gone = _erase(engine, _who(engine, email, at), at)
            engine.wipe()
    gone["person.name"] = 1
    return {what: number for what, number in gone.items() if number}


def _who(engine: Engine, email: str, at: datetime) -> Account:
    account = accounts.with_address(engine, email)
    if account is None or store.is_erased(engine, account.id):
        raise NobodyHas(f"Nobody has the mail address {email}: it was never here, or it was erased.")
    today, month = local_day(at).isoformat(), stamp(at - LONGEST_COUNT)
    held = store.holding(engine, person_id=account.id, today=today, month=month)
    if held:
        has = ", ".join(f"{number} {_HELD[what][number > 1]}" for what, number in held.items())
        first = ", ".join(_HELD[what][2] for what in held)
        raise StillHeld(f"Nothing was erased. {email} still has {has}. First {first}.")
    return account


def _count(engine: Engine, person_id: str) -> Counter[str]:
    keys, gone = store.keys(engine, person_id), Counter[str]()
    for rule in store.RULES_OF_ONE:
        gone.update(rules.count(engine, rule, keys))
    return gone


def _erase(engine: Engine, account: Account, at: datetime) -> Counter[str]:
    if account.is_here:
        people.leave(engine, person_id=account.id, at=at, by=None)
    keys, gone = store.keys(engine, account.id), Counter[str]()
    for rule in store.RULES_OF_ONE:
        while (found := rules.delete_some(engine, rule, keys))[rule.what]:
            gone.update(found)
    store.forget(engine, keys)
    audit.note(engine, act="person-erased", by=None, at=at, object=account.id)
    return gone
