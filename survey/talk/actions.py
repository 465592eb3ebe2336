"""Acts on talks of a case and on the private lines of its coach. All write in open cases of `by` alone."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.clock import local_day, stamp
from survey.database import Engine, Row, new_key
from survey.fingerprint import fingerprint
from survey.talk import store

PLANNED, DONE, INCIDENT = "planned", "done", "incident"
MEETING = "meeting"


class Changed(Exception):
    """Other lines stand there than were seen; nothing was stored. `lines` are those, by their place."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self.lines = lines


def plan(
    engine: Engine,
    *,
    case_id: str,
    kind: str,
    with_: Collection[str],
    day: date,
    starts_at: time | None,
    by: str,
    at: datetime,
    key: str | None = None,
) -> str:
    """Plan a talk and return its id, `key` where it is given: twice the same is one talk.

    Raises NotYours.
    """
    row = _new(case_id, kind, PLANNED, at, key) | _when(day, starts_at)
    with engine.atomic():
        _insert(engine, row, with_, by)
    return str(row["id"])


def replan(
    engine: Engine,
    *,
    case_id: str,
    talk_id: str,
    kind: str,
    with_: Collection[str],
    day: date,
    starts_at: time | None,
    by: str,
) -> None:
    """A talk that was not held gets another kind, day or company; raises NotYours."""
    row = {"id": talk_id, "case_id": case_id, "kind": kind, "state": PLANNED} | _when(day, starts_at)
    with engine.atomic():
        _update(engine, row, with_, by)


def note_done(
    engine: Engine,
    *,
    case_id: str,
    kind: str,
    with_: Collection[str],
    day: date,
    agreed: Collection[str],
    line: str,
    next_day: date | None = None,
    next_time: time | None = None,
    by: str,
    at: datetime,
    key: str | None = None,
) -> str:
    """Note a talk that was held, plan the next one if there is a day for it, and return the talk's id.

    That is `key` where it is given: twice the same is one talk. Raises NotYours.
    """
    row = _new(case_id, kind, DONE, at, key) | _when(day, None)
    with engine.atomic():
        if _insert(engine, row, with_, by):
            store.replace_agreed(engine, row["id"], agreed)
            write_note(engine, case_id=case_id, place="talk", about=row["id"], line=line, by=by, at=at)
            _plan_next(engine, row, with_, (next_day, next_time), at, by)
    return str(row["id"])


def finish(
    engine: Engine,
    *,
    case_id: str,
    talk_id: str,
    kind: str,
    with_: Collection[str],
    day: date,
    agreed: Collection[str],
    line: str,
    next_day: date | None = None,
    next_time: time | None = None,
    by: str,
    at: datetime,
    shown: str | None = None,
) -> None:
    """A talk took place, also after it was called off, or what was noted is put right.

    `shown` is the fingerprint of the line that was seen. Raises NotYours, and Changed.
    """
    row = {"id": talk_id, "case_id": case_id, "kind": kind, "state": DONE} | _when(day, None)
    with engine.atomic():
        _update(engine, row, with_, by)
        store.replace_agreed(engine, talk_id, agreed)
        write_note(engine, case_id=case_id, place="talk", about=talk_id, line=line, shown=shown, by=by, at=at)
        _plan_next(engine, row, with_, (next_day, next_time), at, by)


def cancel(engine: Engine, *, talk_id: str, by: str) -> None:
    """A planned talk will not be; raises NotYours."""
    with engine.atomic():
        if not store.cancel(engine, talk_id, by=by):
            raise NotYours


def remove(engine: Engine, *, talk_id: str, by: str, at: datetime) -> None:
    """Drop a talk that was noted by mistake, with what was agreed and the private line; raises NotYours."""
    with engine.atomic():
        if not store.remove(engine, talk_id, by=by):
            raise NotYours
        audit.note(engine, act="talk-removed", by=by, at=at, object=talk_id)
        engine.wipe()


def note_incident(engine: Engine, *, case_id: str, day: date, by: str, at: datetime) -> str:
    """Something happened on this day; a second tap finds the same one. Raises NotYours."""
    with engine.atomic():
        known = store.incident_on(engine, case_id=case_id, day=day.isoformat(), by=by)
        if known is not None:
            return known
        row = _new(case_id, INCIDENT, DONE, at) | _when(day, None)
        _insert(engine, row, (), by)
    return str(row["id"])


def agree(
    engine: Engine,
    *,
    case_id: str,
    talk_id: str | None,
    with_: str,
    agreed: Collection[str],
    line: str,
    about: str | None = None,
    by: str,
    at: datetime,
) -> str:
    """Note what was agreed after a check and return the id of the talk it stands on; raises NotYours.

    That is the given talk unless it was before today, else one of today with this person, else a new talk of
    today. Choices are added to those that stand there; a line never takes the place of another one: it then
    gets a talk of its own. `about`: the check, which from then on knows its talk.
    """
    today = local_day(at)
    day = today.isoformat()
    sought = {"case_id": case_id, "talk_id": talk_id, "who": with_, "day": day, "line": line}
    with engine.atomic():
        key = store.talk_to_agree_on(engine, sought, by=by)
        if key is None:
            row = _new(case_id, MEETING, DONE, at) | _when(today, None)
            _insert(engine, row, {with_}, by)
            key = str(row["id"])
        store.mark_done(engine, key, today=day)
        store.add_agreed(engine, key, agreed)
        if line:
            write_note(engine, case_id=case_id, place="talk", about=key, line=line, by=by, at=at)
        if about is not None:
            store.put_check(engine, key, about)
    return key


def write_note(
    engine: Engine,
    *,
    case_id: str,
    place: str,
    about: str = "",
    line: str,
    by: str,
    at: datetime,
    shown: str | None = None,
) -> None:
    """Keep a private line, in the place of the one this coach wrote there before; an empty line erases it.

    `place` is talk, hint, closing, question, own_share or new_behaviour; `about` names which talk or hint.
    `shown` is the fingerprint of the line that was seen there. Raises NotYours, and Changed.
    """
    row = {"id": new_key(), "case_id": case_id, "place": place, "about": about, "line": line}
    with engine.atomic():
        stood = store.line(engine, row, by=by)
        if line == stood:
            return
        if shown is not None and shown != fingerprint(stood):
            raise Changed({place: stood})
        if stood:
            engine.wipe()
        if not line:
            store.remove_note(engine, row, by=by)
        elif not store.put_note(engine, {**row, "by": by, "written_at": stamp(at)}):
            raise NotYours


def write_lines(
    engine: Engine, *, case_id: str, lines: Mapping[str, str], shown: Mapping[str, str], by: str, at: datetime
) -> None:
    """Keep private lines by their place, all or none, as `write_note` keeps one."""
    changed: dict[str, str] = {}
    with engine.atomic():
        for place, line in lines.items():
            try:
                write_note(
                    engine, case_id=case_id, place=place, line=line, by=by, at=at, shown=shown.get(place)
                )
            except Changed as found:
                changed |= found.lines
        if changed:
            raise Changed(changed)


def cancel_planned(engine: Engine, *, case_id: str, by: str) -> None:
    """The case ends: no planned talk of it will be."""
    with engine.atomic():
        store.cancel_planned(engine, case_id=case_id, by=by)


def forget_notes(engine: Engine, *, case_id: str) -> None:
    """The case changes hands: no private line of it goes along."""
    with engine.atomic():
        store.remove_notes(engine, case_id=case_id)
        engine.wipe()


def _new(case_id: str, kind: str, state: str, at: datetime, key: str | None = None) -> Row:
    return {"id": key or new_key(), "case_id": case_id, "kind": kind, "state": state, "noted_at": stamp(at)}


def _when(day: date, starts_at: time | None) -> Row:
    return {"day": day.isoformat(), "starts_at": f"{starts_at:%H:%M}" if starts_at else None}


def _insert(engine: Engine, row: Row, with_: Collection[str], by: str) -> bool:
    """Add a talk; False where it stands there already."""
    if store.insert_talk(engine, row, by=by):
        store.replace_with(engine, row["id"], with_)
        return True
    if not store.has_talk(engine, row, by=by):
        raise NotYours
    return False


def _update(engine: Engine, row: Row, with_: Collection[str], by: str) -> None:
    if not store.update_talk(engine, row, by=by):
        raise NotYours
    store.replace_with(engine, row["id"], with_)


def _plan_next(
    engine: Engine,
    row: Row,
    with_: Collection[str],
    next_: tuple[date | None, time | None],
    at: datetime,
    by: str,
) -> None:
    day, starts_at = next_
    if day is not None:
        key = hashlib.sha256(f"next:{row['id']}".encode()).hexdigest()[: len(row["id"])]
        following = _new(row["case_id"], row["kind"], PLANNED, at, key) | _when(day, starts_at)
        _insert(engine, following, with_, by)
