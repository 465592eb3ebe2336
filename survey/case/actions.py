"""Acts on cases: opening and describing one, noting the agreement and its end, asking someone for a check."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Scope
from survey.case import asking, informants, store
from survey.case.agreement.rules import Given
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.checkin.reports import Dose
from survey.clock import local_day, stamp
from survey.current import catalog
from survey.database import Engine, Refused, new_key
from survey.questionnaire.vocabulary import Family

# No vowels, so that no code is a word, and nothing that looks like another: B8 D0 I1 L1 O0 S5 U V Z2.
LETTERS = "CFGHJKMNPQRTVWXY"
SIGNS = LETTERS + "3479"
ATTEMPTS = 20


PROFILE = "kansencoach"  # of a coach who is in no cohort yet


class NotPlaced(Exception):
    """The coach does not work at this school now."""


class NotOffered(Exception):
    """This goal is not in the list for this person."""


class Changed(Exception):
    """The agreement is no longer as it was seen; nothing was stored."""


class TooSoon(Exception):
    """This person answered a short while ago, or something happened; the dose says from when on it fits."""

    def __init__(self, dose: Dose) -> None:
        super().__init__(dose)
        self.dose = dose


def open_case(
    engine: Engine,
    *,
    school_id: str,
    kind: str = "pupil",
    signalled_by: str = "teacher",
    signalled_on: date | None = None,
    theme: str | None = None,
    by: str,
    at: datetime,
    key: str | None = None,
) -> str:
    """Open a case at a school where the coach works and return its code; raises NotPlaced.

    Without a day the signal came today. Twice the same `key` is one case.
    """
    row = {
        "id": key or new_key(),
        "school_id": school_id,
        "coach_id": by,
        "profile": PROFILE,
        "kind": kind,
        "signalled_by": signalled_by,
        "signalled_on": (signalled_on or local_day(at)).isoformat(),
        "theme": theme,
        "opened_at": stamp(at),
    }
    for _attempt in range(ATTEMPTS):
        if code := _open_as(engine, new_code(), row, by=by, at=at):
            return code
    raise Refused("no free code found")


def describe(
    engine: Engine,
    *,
    case_id: str,
    kind: str,
    signalled_by: str,
    signalled_on: date,
    theme: str | None,
    by: str,
    at: datetime,
) -> None:
    """Put right what a case is about; raises NotYours, also for another kind once a pupil is in it."""
    row = {
        "id": case_id,
        "kind": kind,
        "signalled_by": signalled_by,
        "signalled_on": signalled_on.isoformat(),
        "theme": theme,
        "by": by,
    }
    with engine.atomic():
        if not store.describe_case(engine, row):
            raise NotYours
        audit.note(engine, act="case-described", by=by, at=at, object=case_id)


def new_code() -> str:
    """A random code such as KV-7Q4M: nothing about the pupil, easy to read aloud."""
    head = "".join(secrets.choice(LETTERS) for _ in range(2))
    tail = "".join(secrets.choice(SIGNS) for _ in range(4))
    return f"{head}-{tail}"


def note_agreement(
    engine: Engine, *, case_id: str, given: Given, by: str, at: datetime, seen: str | None = None
) -> None:
    """Note who agreed that the pupil is asked; what was noted before ends. Raises NotYours, and Changed.

    `seen` is the id of the agreement that was seen in force, empty for none: another one is not ended
    unseen, and none that was taken back comes back. The same again changes nothing, unless the day is put
    right. Open questions to the pupil end where the answers no longer allow them.
    """
    answers = _answers(given)
    with engine.atomic():
        if store.is_in_force(engine, case_id=case_id, answers=answers, today=local_day(at).isoformat()):
            return
        in_force = store.in_force(engine, case_id, by=by)
        if in_force is None:
            raise NotYours
        if seen is not None and seen != in_force:
            raise Changed
        store.end_agreement(engine, case_id=case_id, because="noted_again", by=by, at=stamp(at))
        row = {"id": new_key(), "case_id": case_id, "noted_by": by, "noted_at": stamp(at), **answers}
        if not store.insert_agreement(engine, row):
            raise NotYours
        if not given.allows:
            checkins.revoke_pupils(engine, case_id=case_id, at=at)
        audit.note(engine, act="agreement-noted", by=by, at=at, object=case_id)


def withdraw_agreement(engine: Engine, *, case_id: str, by: str, at: datetime) -> None:
    """The parents no longer agree: open questions to the pupil end now, also if they agree again later."""
    with engine.atomic():
        if store.end_agreement(engine, case_id=case_id, because="withdrawn", by=by, at=stamp(at)):
            checkins.revoke_pupils(engine, case_id=case_id, at=at)
            audit.note(engine, act="agreement-withdrawn", by=by, at=at, object=case_id)


def add_informant(engine: Engine, *, case_id: str, who: Who) -> str:
    """The id of a person in a case, added when new."""
    with engine.atomic():
        return store.informant(
            engine, {"id": new_key(), "case_id": case_id, "kind": who.kind, "number": who.number}
        )


def start_check(
    engine: Engine,
    *,
    case_id: str,
    who: Who,
    family: Family,
    by: Scope,
    at: datetime,
    talk_id: str | None = None,
    dose_reason: str | None = None,
) -> str:
    """Ask someone for a check and return the link's id; an unanswered earlier link of theirs ends.

    Raises TooSoon where the dose asks for a reason and none was chosen, and checkin.actions.MayNotAsk. Then
    nobody was added and no link ended. The wellbeing check asks for the goal that was chosen for this person.
    """
    form = catalog().get(family.form_for(who.kind))
    with engine.atomic():
        if who.kind not in informants.offered(store.kind(engine, case_id, scope=by)):
            raise checkins.MayNotAsk
        informant_id = add_informant(engine, case_id=case_id, who=who)
        dose = asking.doses(engine, by, case_id, at=at).of(informant_id, family)
        if not dose.free and dose_reason is None:
            raise TooSoon(dose)
        checkins.revoke_all_of(engine, informant_id=informant_id, at=at)
        link_id, _token = checkins.ask(
            engine,
            informant_id=informant_id,
            form=form.form,
            version=form.version,
            by=by.person_id,
            at=at,
            goal=asking.goal_of(engine, by, case_id, who) if form.ladder else None,
            talk_id=talk_id,
            dose_reason=None if dose.free else dose_reason,
        )
    return link_id


def make_card(engine: Engine, *, case_id: str, who: Who, again: bool, by: Scope, at: datetime) -> None:
    """See to it that someone has a card; with `again` a new one, which ends the one before.

    Raises checkin.actions.MayNotAsk.
    """
    with engine.atomic():
        if who.kind not in informants.offered(store.kind(engine, case_id, scope=by)):
            raise checkins.MayNotAsk
        informant_id = add_informant(engine, case_id=case_id, who=who)
        if again or checks.card_of(engine, by, informant_id) is None:
            checkins.make_card(engine, informant_id=informant_id, by=by.person_id, at=at)


def resume(engine: Engine, *, case_id: str, who: Who, by: Scope, at: datetime) -> None:
    """Someone who wanted no more questions said that they may be asked again."""
    with engine.atomic():
        informant_id = asking.informant_id(engine, by, case_id, who)
        if informant_id is not None:
            checkins.resume(engine, informant_id=informant_id, by=by.person_id, at=at)


def choose_goal(engine: Engine, *, case_id: str, who: Who, goal: str | None, by: str, at: datetime) -> None:
    """From the next wellbeing check on this person is asked about this goal, or about none.

    Raises NotOffered for a goal that is not in their list, and NotYours.
    """
    if goal is not None and goal not in {offered.key for offered in catalog().goals(who.kind)}:
        raise NotOffered
    with engine.atomic():
        informant_id = add_informant(engine, case_id=case_id, who=who)
        if not store.set_goal(engine, informant_id=informant_id, goal=goal, by=by):
            raise NotYours
        audit.note(engine, act="goal-chosen", by=by, at=at, object=informant_id)


def _open_as(engine: Engine, code: str, row: Mapping[str, Any], *, by: str, at: datetime) -> str | None:
    """The code of the case; None where it is taken, for only the database knows every code."""
    with engine.atomic():
        if store.insert_case(engine, {"code": code, **row}, today=local_day(at).isoformat()):
            audit.note(engine, act="case-opened", by=by, at=at, object=row["id"])
            return code
        known = store.code(engine, row["id"], by=by)
        if known is None and not store.is_taken(engine, code):
            raise NotPlaced
    return known


def _answers(given: Given) -> dict[str, str | None]:
    return {**asdict(given), "agreed_on": given.agreed_on.isoformat()}
