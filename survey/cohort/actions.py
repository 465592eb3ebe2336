"""Acts on cohorts: making them, who is in, who trains, which rounds are held."""

from datetime import date, datetime, time

from survey.access import accounts, audit
from survey.access.permissions import Role
from survey.clock import HOME, stamp
from survey.cohort import store
from survey.database import Engine, Refused, new_key


class AlreadyIn(Exception):
    """Someone is in this cohort."""


class NotIn(LookupError):
    """Someone is not, or no longer, in this cohort in that way."""


class Reflected(Exception):
    """Someone began a reflection in a round of this cohort before the day that was to be the first."""


class Overlap(Exception):
    """Another round of this cohort is open in these days."""


class NoRound(LookupError):
    """No round of this cohort opens at that moment."""


class Answered(Exception):
    """A round cannot be withdrawn: so many people began a reflection in it, so many submitted theirs."""

    def __init__(self, *, begun: int, submitted: int) -> None:
        super().__init__(begun, submitted)
        self.begun, self.submitted = begun, submitted


def add_cohort(engine: Engine, *, name: str, profile: str, started_on: date) -> str:
    """A new cohort; raises Refused when the name is taken."""
    key = new_key()
    row = {"id": key, "name": name, "profile": profile, "started_on": started_on.isoformat()}
    with engine.atomic():
        store.insert_cohort(engine, row)
    return key


def enrol(engine: Engine, *, cohort_id: str, email: str, since: date, at: datetime) -> None:
    """An operator puts a coach in a cohort; raises NobodyHas or AlreadyIn."""
    with engine.atomic():
        coach = accounts.in_role(engine, email, Role.COACH)
        enter(engine, cohort_id=cohort_id, person_id=coach.id, since=since)
        audit.note(engine, act="cohort-joined", by=None, at=at, object=coach.id)


def appoint(engine: Engine, *, cohort_id: str, email: str, at: datetime) -> None:
    """An operator lets a trainer see a cohort; raises NobodyHas, or Refused when that stands already."""
    with engine.atomic():
        trainer = accounts.in_role(engine, email, Role.TRAINER)
        add_trainer(engine, cohort_id=cohort_id, person_id=trainer.id)
        audit.note(engine, act="trainer-added", by=None, at=at, object=f"{trainer.id} {cohort_id}")


def join(engine: Engine, *, cohort_id: str, person_id: str, since: date) -> None:
    """Someone enters a cohort, inside the caller's act or as its own; raises Refused when in it before."""
    with engine.atomic():
        store.insert_member(
            engine,
            {"cohort_id": cohort_id, "person_id": person_id, "since": since.isoformat(), "until": None},
        )


def enter(engine: Engine, *, cohort_id: str, person_id: str, since: date) -> None:
    """Someone enters a cohort or comes back to it, inside the caller's act or as its own; raises AlreadyIn.

    Who comes back goes on in the same place: the first day stays what it was.
    """
    with engine.atomic():
        if store.reopen_membership(engine, cohort_id=cohort_id, person_id=person_id):
            return
        try:
            join(engine, cohort_id=cohort_id, person_id=person_id, since=since)
        except Refused as refusal:
            raise AlreadyIn from refusal


def move_start(engine: Engine, *, cohort_id: str, person_id: str, since: date) -> None:
    """Correct the first day in a cohort, inside the caller's act or as its own.

    Raises NotIn, or Reflected where a round someone reflected in would then no longer have asked them.
    """
    with engine.atomic():
        day = datetime.combine(since, time(0), HOME)
        if store.began_before(engine, cohort_id=cohort_id, person_id=person_id, moment=stamp(day)):
            raise Reflected
        if not store.move_start(engine, cohort_id=cohort_id, person_id=person_id, since=since.isoformat()):
            raise NotIn


def leave_cohort(engine: Engine, *, cohort_id: str, person_id: str, until: date) -> None:
    """Someone leaves: rounds that open after this day ask them no more, and what begins later never will."""
    day = until.isoformat()
    with engine.atomic():
        store.cancel_membership(engine, cohort_id=cohort_id, person_id=person_id, after=day)
        store.end_membership(engine, cohort_id=cohort_id, person_id=person_id, until=day)


def add_trainer(engine: Engine, *, cohort_id: str, person_id: str) -> None:
    """A trainer may see this cohort, inside the caller's act or as its own."""
    with engine.atomic():
        store.insert_trainer(engine, {"cohort_id": cohort_id, "person_id": person_id})


def remove_trainer(engine: Engine, *, cohort_id: str, person_id: str) -> None:
    """A trainer sees this cohort no more, inside the caller's act or as its own; raises NotIn."""
    with engine.atomic():
        if not store.delete_trainer(engine, cohort_id=cohort_id, person_id=person_id):
            raise NotIn


def add_round(
    engine: Engine,
    *,
    cohort_id: str,
    form: str,
    version: str,
    opens_at: datetime,
    closes_at: datetime,
    plan_id: str | None = None,
    lookback: bool = False,
) -> str:
    """Plan a round; it opens and closes by the clock. Raises Overlap, or Refused when it closes too early."""
    key, opens, closes = new_key(), stamp(opens_at), stamp(closes_at)
    row = {
        "id": key,
        "cohort_id": cohort_id,
        "form": form,
        "version": version,
        "opens_at": opens,
        "closes_at": closes,
        "plan_id": plan_id,
        "lookback": int(lookback),
    }
    with engine.atomic():
        if store.has_round_between(engine, cohort_id=cohort_id, opens_at=opens, closes_at=closes):
            raise Overlap
        store.insert_round(engine, row)
    return key


def withdraw_round(
    engine: Engine, *, cohort_id: str, opens_at: datetime, with_drafts: bool, at: datetime
) -> None:
    """An operator takes back a round; raises NoRound, or Answered when what people filled in would go too.

    What was submitted never goes; what was only begun goes `with_drafts`.
    """
    with engine.atomic():
        found = store.round_opening(engine, cohort_id=cohort_id, opens_at=stamp(opens_at))
        if found is None:
            raise NoRound
        if found["submitted"] or (found["begun"] and not with_drafts):
            raise Answered(begun=found["begun"], submitted=found["submitted"])
        store.delete_round(engine, found["id"])
        audit.note(engine, act="round-withdrawn", by=None, at=at, object=found["id"])
