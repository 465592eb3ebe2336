"""Acts on named forms: every look is noted, and a coach notes when it was talked about."""

from datetime import date, datetime

from survey.access import audit
from survey.access.permissions import NotYours, Scope
from survey.database import Engine
from survey.evaluation.named import store


def look(engine: Engine, *, invitation_id: str, by: Scope, at: datetime) -> None:
    """Note who opened a named form, and never what it says."""
    with engine.atomic():
        audit.note(engine, act="named-form-read", by=by.person_id, at=at, object=invitation_id)


def note_talk(
    engine: Engine, *, invitation_id: str, node_id: str, day: date, by: Scope, at: datetime
) -> None:
    """The coach talked about it with whoever filled it in; raises NotYours for a form about another."""
    with engine.atomic():
        key = {"invitation_id": invitation_id, "node_id": node_id}
        if not store.note_talk(engine, **key, talked_on=day.isoformat(), by=by.person_id):
            raise NotYours
        audit.note(engine, act="named-form-talked-about", by=by.person_id, at=at, object=invitation_id)
