"""Acts on an advice: drafting, every change a person makes to a sentence, the choice, and signing it."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Permission, Scope
from survey.advice import reports, store
from survey.advice.checks import LONGEST as LONGEST
from survey.advice.checks import LONGEST_REASON as LONGEST_REASON
from survey.advice.checks import WITH_HOURS as WITH_HOURS
from survey.advice.checks import Changed as Changed
from survey.advice.checks import Chosen as Chosen
from survey.advice.checks import Frozen as Frozen
from survey.advice.checks import NoSuchLine as NoSuchLine
from survey.advice.checks import Unfinished as Unfinished
from survey.advice.checks import WrongWords as WrongWords
from survey.advice.checks import refuse_choice as refuse_choice
from survey.advice.checks import refuse_words as refuse_words
from survey.advice.document import Advice, Line, different, follows, missing, order
from survey.advice.drafting import Drafted
from survey.advice.sentences import WRITABLE, book
from survey.clock import local_day, stamp
from survey.database import Engine, new_key
from survey.evaluation.reports import Release


def draft(
    engine: Engine,
    *,
    school_id: str | None,
    school_year: str,
    by: Scope,
    at: datetime,
    releases: Sequence[Release] | None = None,
) -> str:
    """Draft the advice of a school or the programme; the id, also of one that was there. Raises NotYours."""
    with engine.atomic():
        _writer(by)
        known = store.of(engine, school_id, school_year, by)
        if known:
            return str(known["id"])
        key = new_key()
        row = {"id": key, "school_id": school_id, "school_year": school_year}
        store.insert(engine, {**row, "made_by": by.person_id, "made_at": stamp(at)})
        made = reports.drafted(
            engine,
            by,
            school_id=school_id,
            school_year=school_year,
            today=local_day(at),
            releases=releases,
        )
        _insert(engine, key, made)
        audit.note(engine, act="advice-drafted", by=by.person_id, at=at, object=key)
    return key


def draft_all(
    engine: Engine, *, school_ids: Iterable[str], school_year: str, by: Scope, at: datetime
) -> None:
    """Draft the advices of schools that have none, each in an act of its own. Raises NotYours."""
    releases = reports.released(engine, by)
    for school_id in school_ids:
        draft(engine, school_id=school_id, school_year=school_year, by=by, at=at, releases=releases)


def edit(
    engine: Engine, *, advice_id: str, line_id: str, words: str, shown: str | None, by: Scope, at: datetime
) -> None:
    """Other words for a sentence, marked as a person's. Raises Frozen, Changed, WrongWords or NoSuchLine."""
    refuse_words(words)
    with engine.atomic():
        advice, line = _line(engine, advice_id, line_id, by, shown)
        if words == line.words:
            return
        before = line.drafted if line.is_edited else line.words
        drafted = None if line.is_own else before
        _write(engine, advice, line, by, at, words=words, drafted=drafted)


def restore(
    engine: Engine, *, advice_id: str, line_id: str, shown: str | None, by: Scope, at: datetime
) -> None:
    """Take a person's words away again: the sentence reads as it was drafted. Raises as `edit`."""
    with engine.atomic():
        advice, line = _line(engine, advice_id, line_id, by, shown)
        if not line.is_edited or line.drafted is None:
            raise NoSuchLine(line_id)
        told = {"words": line.drafted, "drafted": None, "changed_by": None, "changed_at": None}
        store.update_line(engine, line.id, told)
        store.update(engine, advice.id, {})


def leave_out(
    engine: Engine, *, advice_id: str, line_id: str, out: bool, shown: str | None, by: Scope, at: datetime
) -> None:
    """Leave a sentence out, or put it back, with what says more about it. Raises as `edit`."""
    with engine.atomic():
        advice, line = _line(engine, advice_id, line_id, by, shown)
        for one in (line, *follows(advice.lines, line, book())):
            store.update_line(engine, one.id, {"left_out_at": stamp(at) if out else None})
        store.update(engine, advice.id, {})


def add(
    engine: Engine, *, advice_id: str, section: str, words: str, by: Scope, at: datetime, key: str
) -> None:
    """Add a sentence of a person to a section; one that is sent twice comes once. Raises as `edit`."""
    refuse_words(words)
    with engine.atomic():
        advice = _open(engine, advice_id, by)
        if section not in WRITABLE:
            raise NoSuchLine(section)
        if advice.line(key):
            return
        last = max((one.position for one in advice.lines), default=0)
        told = {"words": words, "changed_by": by.person_id, "changed_at": stamp(at)}
        row = {"id": key, "advice_id": advice.id, "section": section, "position": last + 1}
        store.insert_lines(engine, [{**row, **told}])
        store.update(engine, advice.id, {})


def keep(engine: Engine, *, advice_id: str, line_id: str, shown: str | None, by: Scope, at: datetime) -> None:
    """Let a person's words stand though what they were made of changed; of gone data they become own words.

    Raises as `edit`.
    """
    with engine.atomic():
        advice, line = _line(engine, advice_id, line_id, by, shown)
        flag = reports.standing(engine, by, advice, local_day(at)).flags.get(line.id)
        if not line.is_edited or flag is None:
            raise NoSuchLine(line_id)
        gone = {"key": None, "drafted": None, "fields": None}
        gone |= {"n": None, "period": None, "source": None}
        told = {**_made_of(flag.now), "drafted": flag.now.words} if flag.now else gone
        store.update_line(engine, line.id, told)
        store.update(engine, advice.id, {})


def renew(
    engine: Engine,
    *,
    advice_id: str,
    by: Scope,
    at: datetime,
    line_id: str | None = None,
    shown: str | None = None,
) -> None:
    """Make one sentence anew of what is known now, or all that no person changed. Raises as `edit`."""
    with engine.atomic():
        advice = _open(engine, advice_id, by)
        line = advice.line(line_id) if line_id else None
        if line and shown not in {None, line.fingerprint}:
            raise Changed
        made = _drafted(engine, advice, by, at)
        now = {(one.key, one.about): one for one in made}
        for line in advice.lines:
            if line.key is None or (line.id != line_id if line_id else line.is_edited):
                continue
            found = now.get((line.key, line.about))
            if found is None:
                store.delete_line(engine, line.id)
            elif line.is_edited or different(line, found):
                plain = {"drafted": None, "changed_by": None, "changed_at": None}
                store.update_line(engine, line.id, {**_made_of(found), "words": found.words, **plain})
        if line_id is None:
            _insert(engine, advice.id, missing(advice, made))
        _put_in_order(engine, advice.id, made, by)
        store.update(engine, advice.id, {})


def choose(
    engine: Engine, *, advice_id: str, chosen: Chosen, shown: str | None, by: Scope, at: datetime
) -> None:
    """Choose what is proposed, with the reason. Raises Frozen, Changed, WrongWords or ValueError."""
    refuse_words(chosen.reason, LONGEST_REASON)
    refuse_choice(chosen)
    with engine.atomic():
        advice = _open(engine, advice_id, by)
        if shown is not None and shown != advice.mark_of_choice:
            raise Changed
        told = {
            "choice": chosen.choice,
            "choice_hours": chosen.hours if chosen.choice in WITH_HOURS else None,
            "choice_on": chosen.before.isoformat()
            if chosen.before and chosen.choice == "other_role"
            else None,
            "choice_with": " ".join(chosen.partners) if chosen.choice == "analysis" else "",
            "find_coach": int(chosen.find_coach),
            "reason": chosen.reason,
            "chosen_by": by.person_id,
            "chosen_at": stamp(at),
        }
        store.update(engine, advice.id, told)
        for line in advice.in_section("proposal"):
            store.delete_line(engine, line.id)
        made = _drafted(engine, reports.known(engine, by, advice.id), by, at)
        _insert(engine, advice.id, [one for one in made if one.section == "proposal"])
        _put_in_order(engine, advice.id, made, by)


def sign(engine: Engine, *, advice_id: str, shown: int | None, by: Scope, at: datetime) -> None:
    """Sign an advice, which freezes it. Raises Frozen, Changed, or Unfinished."""
    with engine.atomic():
        advice = _open(engine, advice_id, by)
        if shown is not None and shown != advice.revision:
            raise Changed
        if advice.choice is None or not reports.standing(engine, by, advice, local_day(at)).is_current:
            raise Unfinished
        told = {"signed_by": by.person_id, "signed_as": by.name, "signed_at": stamp(at)}
        store.update(engine, advice.id, told)
        audit.note(engine, act="advice-signed", by=by.person_id, at=at, object=advice.id)


def note_export(engine: Engine, *, advice_id: str, by: Scope, at: datetime) -> None:
    """Note that someone took an advice along as a file."""
    with engine.atomic():
        audit.note(engine, act="advice-exported", by=by.person_id, at=at, object=advice_id)


def _writer(by: Scope) -> None:
    if not by.can(Permission.WRITE_ADVICE):
        raise NotYours


def _open(engine: Engine, advice_id: str, by: Scope) -> Advice:
    _writer(by)
    advice = reports.known(engine, by, advice_id)
    if advice.is_signed:
        raise Frozen
    return advice


def _line(engine: Engine, advice_id: str, line_id: str, by: Scope, shown: str | None) -> tuple[Advice, Line]:
    """A sentence that a person may change, as it was seen."""
    advice = _open(engine, advice_id, by)
    line = advice.line(line_id)
    if line is None or (line.key and book().sentence(line.key).fixed):
        raise NoSuchLine(line_id)
    if shown is not None and shown != line.fingerprint:
        raise Changed
    return advice, line


def _write(engine: Engine, advice: Advice, line: Line, by: Scope, at: datetime, **told: Any) -> None:
    store.update_line(engine, line.id, {**told, "changed_by": by.person_id, "changed_at": stamp(at)})
    store.update(engine, advice.id, {})


def _drafted(engine: Engine, advice: Advice, by: Scope, at: datetime) -> tuple[Drafted, ...]:
    return reports.drafted_now(engine, by, advice, local_day(at))


def _insert(engine: Engine, advice_id: str, made: Iterable[Drafted]) -> None:
    rows = [
        {"id": new_key(), "advice_id": advice_id, "section": one.section, "position": place, "key": one.key}
        | {"about": one.about, "words": one.words, **_made_of(one)}
        for place, one in enumerate(made)
    ]
    if rows:
        store.insert_lines(engine, rows)


def _made_of(one: Drafted) -> dict[str, Any]:
    return {"fields": json.dumps(dict(one.fields)), "n": one.n, "period": one.period, "source": one.source}


def _put_in_order(engine: Engine, advice_id: str, made: Iterable[Drafted], by: Scope) -> None:
    lines = reports.known(engine, by, advice_id).lines
    for key, place in order(lines, tuple(made)).items():
        store.update_line(engine, key, {"position": place})
