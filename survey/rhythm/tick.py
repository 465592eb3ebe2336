"""What a tick does: announces rounds, notes those that closed, tells people what comes and what is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from survey.clock import local_day, stamp
from survey.database import Engine, Row
from survey.evaluation import actions as evaluation
from survey.notice import actions as notices
from survey.notice.actions import Kind as Notice
from survey.questionnaire.catalog import Catalog
from survey.rhythm import store
from survey.start_agreement import reports as agreements

REMINDED = timedelta(days=5)  # before a round closes
INVITED = timedelta(days=28)  # before a meeting begins
SOON = timedelta(days=2)  # before a meeting begins
EVALUATION = "evaluation"
TABLES = {"round": "round", "short": "micro_round"}


class Act(StrEnum):
    """One thing a tick does."""

    OPEN = "open"
    CLOSE = "close"
    TELL = "tell"


class Step(Struct, frozen=True):
    """One act on one round or meeting, and who is told what; of a day to look back `day` says which."""

    act: Act
    kind: str
    about: str
    words: str
    notice: Notice | None = None
    people: tuple[str, ...] = ()
    day: str = ""


def due(engine: Engine, at: datetime) -> tuple[Step, ...]:
    """Everything a tick would do now; nothing is written."""
    rounds = (*_rounds(engine, at), *_reminders(engine, at))
    return (*rounds, *_meetings(engine, at), *_evaluation(engine, at), *_reviews(engine, at))


def run(engine: Engine, *, catalog: Catalog, at: datetime) -> tuple[Step, ...]:
    """Do all that is due, each round and meeting in an act of its own; then bundle what people are told.

    Of two ticks at once one does each thing, and only that one returns it.
    """
    done = tuple(step for step in due(engine, at) if take(engine, step, catalog=catalog, at=at))
    notices.bundle(engine, at)
    with engine.atomic():
        store.note_tick(engine, at=stamp(at))
    return done


def _rounds(engine: Engine, at: datetime) -> Iterator[Step]:
    for row in store.to_open(engine, at=stamp(at)):
        notice = Notice.ROUND_OPEN if row["kind"] == "round" else Notice.MICRO_OPEN
        yield _step(Act.OPEN, row, notice, _asked(engine, row, notice))
    for row in store.to_close(engine, at=stamp(at)):
        yield _step(Act.CLOSE, row)


def _reminders(engine: Engine, at: datetime) -> Iterator[Step]:
    for row in store.to_remind(engine, at=stamp(at), soon=stamp(at + REMINDED)):
        if people := _asked(engine, row, Notice.ROUND_REMINDER):
            yield _step(Act.TELL, row, Notice.ROUND_REMINDER, people)


def _meetings(engine: Engine, at: datetime) -> Iterator[Step]:
    for row in store.coming_events(engine, at=stamp(at), before=stamp(at + INVITED)):
        for notice in _of_meeting(row, at):
            change = row["change"] if notice is Notice.EVENT_CHANGED else ""
            day = local_day(row["starts_at"]).isoformat()
            told = {"about": row["id"], "kind": notice, "change": change}
            people = store.invited(engine, day=day, **told)
            if change:
                people = sorted({*people, *store.trainers(engine, **told)})
            if people:
                words = f"{row['title']} on {day}"
                yield Step(Act.TELL, "event", row["id"], words, notice, tuple(people))


def _evaluation(engine: Engine, at: datetime) -> Iterator[Step]:
    for act, window in evaluation.due(engine, at):
        yield Step(Act(act), EVALUATION, window.id, f"the evaluation of {window.school_year}")


def _reviews(engine: Engine, at: datetime) -> Iterator[Step]:
    for due in agreements.to_remind(engine, local_day(at), Notice.REVIEW_DUE):
        words, day = f"looking back at {due.school}, agreed for {due.day}", due.day.isoformat()
        yield Step(Act.TELL, "review", due.agreement_id, words, Notice.REVIEW_DUE, due.person_ids, day)


def _of_meeting(row: Row, at: datetime) -> Iterator[Notice]:
    if row["change"]:
        yield Notice.EVENT_CHANGED
    if not row["cancelled_at"]:
        yield Notice.EVENT_INVITE
        if row["starts_at"] <= stamp(at + SOON):
            yield Notice.EVENT_SOON


def _asked(engine: Engine, row: Row, notice: Notice) -> tuple[str, ...]:
    day = local_day(row["opens_at"]).isoformat()
    return tuple(store.asked(engine, cohort_id=row["cohort_id"], day=day, about=row["id"], kind=notice))


def _step(act: Act, row: Row, notice: Notice | None = None, people: tuple[str, ...] = ()) -> Step:
    name = "round" if row["kind"] == "round" else "short round"
    words = f"the {name} of {row['name']} from {local_day(row['opens_at'])}"
    return Step(act, row["kind"], row["id"], words, notice, people)


def take(engine: Engine, step: Step, *, catalog: Catalog, at: datetime) -> bool:
    """Do one thing, unless another tick did it meanwhile."""
    if step.kind == EVALUATION:
        return evaluation.do(engine, step.act, window_id=step.about, at=at)
    with engine.atomic():
        if step.act is Act.CLOSE:
            return store.mark_closed(engine, TABLES[step.kind], key=step.about, at=stamp(at))
        if step.act is Act.OPEN:
            if not store.mark_opened(engine, TABLES[step.kind], key=step.about, at=stamp(at)):
                return False
            _ask_the_newest(engine, step, catalog)
        if step.notice is None:
            return True
        told = notices.announce(
            engine, kind=step.notice, about=step.about, person_ids=step.people, at=at, part=step.day
        )
        return step.act is Act.OPEN or told > 0


def _ask_the_newest(engine: Engine, step: Step, catalog: Catalog) -> None:
    """What was published since a round was planned is what it asks, where nobody began."""
    form = store.form_of(engine, step.about) if step.kind == "round" else None
    if form and (versions := catalog.versions(form)):
        store.ask_in(engine, round_id=step.about, version=versions[-1])
