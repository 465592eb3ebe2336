"""Acts on hints: noting what was agreed about one, deciding about more or less help, new thresholds."""

from collections.abc import Collection, Iterable
from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.clock import stamp
from survey.database import Engine, new_key
from survey.hint import store, versions
from survey.hint.calibration import Calibration


def talk_about(
    engine: Engine,
    *,
    case_id: str,
    link_id: str,
    rules: Collection[str],
    agreed: Collection[str],
    by: str,
    at: datetime,
) -> None:
    """Note that coach and respondent talked about the hints on one check, and what they agreed.

    `agreed` holds keys of the list hint_action. Raises NotYours.
    """
    row = {"link_id": link_id, "case_id": case_id, "agreed": " ".join(agreed), "talked_at": stamp(at)}
    with engine.atomic():
        for rule in rules:
            if not store.put_talk(engine, {**row, "rule": str(rule)}, by=by):
                raise NotYours


def decide(
    engine: Engine,
    *,
    case_id: str,
    considered: str,
    decision: str,
    reason: str,
    by: str,
    at: datetime,
    key: str | None = None,
) -> None:
    """Note what a person decided about more or less help, and why; twice the same `key` is one decision.

    Raises NotYours.
    """
    row = {
        "id": key or new_key(),
        "case_id": case_id,
        "considered": considered,
        "decision": decision,
        "reason": reason,
        "decided_at": stamp(at),
    }
    with engine.atomic():
        if not store.insert_decision(engine, row, by=by):
            if store.has_decision(engine, row, by=by):
                return
            raise NotYours
        audit.note(engine, act="scale-decided", by=by, at=at, object=case_id)


def calibrate(engine: Engine, *, found: Iterable[Calibration], at: datetime) -> int:
    """Let the new versions found be in force from now; how many those were. Earlier answers keep theirs."""
    changed = [one for one in found if one.new is not None and one.differs]
    with engine.atomic():
        for one in changed:
            assert one.new is not None  # see above
            store.insert_threshold(engine, versions.as_row(one.new, one.respondent, one.family))
            named = f"{one.family}-{one.respondent}-{one.new.number}"
            audit.note(engine, act="hint-thresholds-renewed", by=None, at=at, object=named)
    return len(changed)
