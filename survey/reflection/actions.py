"""Acts on a reflection: answering, closing off, submitting, correcting. One act, one transaction.

Each reads the clock once it is its turn to write: a round may close while an act waits for others.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort.reports import Round
from survey.database import Engine, Row, new_key
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection import prefill, reading, store
from survey.reflection.closing import FOCUS_MOST, Closing
from survey.reflection.sharing.actions import end_shares as end_shares


class RoundClosed(Exception):
    """The round is not open at this moment; nothing of this act was stored."""


class AlreadySubmitted(Exception):
    """This revision was submitted, here or in another tab; nothing of this act was stored."""


class NothingAnswered(Exception):
    """A reflection without a single answer is not submitted."""


def save(
    engine: Engine,
    *,
    by: Scope,
    round: Round,
    revision: int,
    answers: Mapping[str, Answer | None],
    catalog: Catalog,
    clock: Callable[[], datetime],
) -> None:
    """Keep these answers in the draft; None takes an answer back. The first answer starts the draft.

    With it comes what the coach's assignment says beforehand, to be corrected like any answer.
    """
    if not answers:
        return
    with engine.atomic():
        at = clock()
        reflection = _draft(engine, by, round, revision, at)
        if reflection is None:
            reflection = _start(engine, by, round, revision=1, at=at)
        else:
            store.touch(engine, reflection, saved_at=stamp(at))
        given = {item: answer for item, answer in answers.items() if answer is not None}
        if not store.answers(engine, reflection, scope=by):
            given = {**prefill.beforehand(engine, round, catalog=catalog, scope=by), **given}
        store.put_answers(engine, _rows(engine, by, reflection, given, round, catalog, at))
        taken_back = {item for item, answer in answers.items() if answer is None}
        store.remove_answers(engine, [{"reflection_id": reflection, "item": item} for item in taken_back])


def close(
    engine: Engine, *, by: Scope, round: Round, closing: Closing, clock: Callable[[], datetime], final: bool
) -> None:
    """Keep focus and the private line in the draft; when final, submit it, once.

    What was not answered stays unanswered.
    """
    if len(closing.focus) > FOCUS_MOST:
        raise ValueError(f"at most {FOCUS_MOST} focus points")
    with engine.atomic():
        at = clock()
        reflection = _draft(engine, by, round, closing.revision, at)
        if final and (reflection is None or not store.answers(engine, reflection, scope=by)):
            raise NothingAnswered
        if reflection is None:
            reflection = _start(engine, by, round, revision=1, at=at)
        store.replace_focus(engine, reflection, _focus_rows(reflection, closing))
        moment = stamp(at)
        store.close(
            engine,
            reflection,
            open_line=closing.line or None,
            saved_at=moment,
            submitted_at=moment if final else None,
        )


def correct(engine: Engine, *, by: Scope, round: Round, clock: Callable[[], datetime]) -> None:
    """Open a new revision beside the submitted one, which stays valid until the new one is submitted."""
    with engine.atomic():
        at = clock()
        latest = _latest(engine, by, round, at)
        if latest is None or latest["submitted_at"] is None:
            return
        source = latest["id"]
        target = _start(engine, by, round, latest["revision"] + 1, at, latest["open_line"])
        store.copy_answers(engine, source=source, target=target)
        store.copy_focus(engine, source=source, target=target)


def _focus_rows(reflection: str, closing: Closing) -> list[Row]:
    return [
        {"reflection_id": reflection, "item": item, "aim": aim or None} for item, aim in closing.focus.items()
    ]


def _rows(
    engine: Engine,
    by: Scope,
    reflection: str,
    given: Mapping[str, Answer],
    round: Round,
    catalog: Catalog,
    at: datetime,
) -> list[Row]:
    old = reading.old_wordings(engine, round, catalog=catalog, scope=by)
    return [
        {
            "reflection_id": reflection,
            "item": item,
            "item_version": catalog.item_version(round.form, old.get(item, round.version), item),
            "value": answer.value,
            "code": answer.code,
            "answered_at": stamp(at),
        }
        for item, answer in given.items()
    ]


def _latest(engine: Engine, by: Scope, round: Round, at: datetime) -> Row | None:
    if not round.is_open(at):
        raise RoundClosed
    revisions = store.revisions(engine, round.id, scope=by)
    return revisions[-1] if revisions else None


def _draft(engine: Engine, by: Scope, round: Round, revision: int, at: datetime) -> str | None:
    """The draft that this revision number means, or None when nothing was started yet."""
    latest = _latest(engine, by, round, at)
    if latest is None:
        return None
    if latest["submitted_at"] is not None or latest["revision"] != revision:
        raise AlreadySubmitted
    return str(latest["id"])


def _start(
    engine: Engine,
    by: Scope,
    round: Round,
    revision: int,
    at: datetime,
    open_line: str | None = None,
) -> str:
    key = new_key()
    store.insert_reflection(
        engine,
        {
            "id": key,
            "round_id": round.id,
            "person_id": by.person_id,
            "revision": revision,
            "open_line": open_line,
            "started_at": stamp(at),
            "saved_at": stamp(at),
            "submitted_at": None,
        },
    )
    return key
