"""Acts on cohorts: making them, who is in, who trains, which rounds are held."""

from datetime import date, datetime

from survey.clock import stamp
from survey.cohort import store
from survey.database import Engine, new_key


def add_cohort(engine: Engine, *, name: str, profile: str, started_on: date) -> str:
    """A new cohort; raises Refused when the name is taken."""
    key = new_key()
    row = {"id": key, "name": name, "profile": profile, "started_on": started_on.isoformat()}
    store.insert_cohort(engine, row)
    return key


def join(engine: Engine, *, cohort_id: str, person_id: str, since: date) -> None:
    """Someone enters a cohort; raises Refused when already in."""
    store.insert_member(
        engine,
        {"cohort_id": cohort_id, "person_id": person_id, "since": since.isoformat(), "until": None},
    )


def leave_cohort(engine: Engine, *, cohort_id: str, person_id: str, until: date) -> None:
    """Someone leaves; rounds that open after this day no longer ask them."""
    store.end_membership(engine, cohort_id=cohort_id, person_id=person_id, until=until.isoformat())


def add_trainer(engine: Engine, *, cohort_id: str, person_id: str) -> None:
    """A trainer may see this cohort."""
    store.insert_trainer(engine, {"cohort_id": cohort_id, "person_id": person_id})


def add_round(
    engine: Engine, *, cohort_id: str, form: str, version: str, opens_at: datetime, closes_at: datetime
) -> str:
    """Plan a round; it opens and closes by the clock. Raises Refused when it would close before it opens."""
    key = new_key()
    store.insert_round(
        engine,
        {
            "id": key,
            "cohort_id": cohort_id,
            "form": form,
            "version": version,
            "opens_at": stamp(opens_at),
            "closes_at": stamp(closes_at),
        },
    )
    return key
