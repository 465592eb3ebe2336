"""Acts of sharing: a coach lets an own trainer see the own growth, or no longer; a look is noted."""

from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours, Scope
from survey.clock import local_day, stamp
from survey.database import Engine, new_key
from survey.reflection.sharing import store


def share(engine: Engine, *, by: Scope, trainer_id: str, at: datetime) -> None:
    """Let this trainer see the own growth; raises NotYours for anyone who does not train this coach."""
    with engine.atomic():
        mine = {row["id"]: row for row in store.trainers(engine, scope=by, day=local_day(at).isoformat())}
        if trainer_id not in mine:
            raise NotYours
        if mine[trainer_id]["shared"]:
            return
        store.insert(
            engine,
            {
                "id": new_key(),
                "person_id": by.person_id,
                "trainer_id": trainer_id,
                "shared_at": stamp(at),
                "ended_at": None,
            },
        )
        audit.note(engine, act="growth-shared", by=by.person_id, at=at, object=trainer_id)


def stop_sharing(engine: Engine, *, by: Scope, trainer_id: str, at: datetime) -> None:
    """Show this trainer nothing any more, from this moment."""
    with engine.atomic():
        if store.end(engine, person_id=by.person_id, trainer_id=trainer_id, at=stamp(at)):
            audit.note(engine, act="growth-share-ended", by=by.person_id, at=at, object=trainer_id)


def end_shares(engine: Engine, *, by: str | None, at: datetime) -> None:
    """End what coaches share with who trains them no more, inside the caller's act or as its own.

    Who trains them again is shown nothing until they choose so again.
    """
    with engine.atomic():
        for row in store.over(engine, day=local_day(at).isoformat()):
            pair = {"person_id": row["person_id"], "trainer_id": row["trainer_id"]}
            store.end(engine, **pair, at=stamp(at))
            audit.note(engine, act="growth-share-ended", by=by, at=at, object=" ".join(pair.values()))


def note_look(engine: Engine, *, by: Scope, coach_id: str, at: datetime) -> None:
    """A trainer looked at the growth of someone who shares it."""
    with engine.atomic():
        audit.note(engine, act="shared-growth-seen", by=by.person_id, at=at, object=coach_id)
