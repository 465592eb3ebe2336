"""The act of answering a short round: one act, one transaction, as long as the round is open."""

from collections.abc import Callable, Mapping
from datetime import datetime

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection.micro import reading, store
from survey.reflection.micro.reading import Short


class ShortClosed(Exception):
    """The short round takes no answers at this moment; nothing of this act was stored."""


def save(
    engine: Engine,
    *,
    by: Scope,
    short_id: str,
    answers: Mapping[str, Answer | None],
    catalog: Catalog,
    clock: Callable[[], datetime],
) -> None:
    """Keep these answers to focus items; None takes an answer back."""
    if not answers:
        return
    with engine.atomic():
        at = clock()
        short = reading.short(engine, short_id, scope=by, at=at)
        if short is None or not short.is_open(at) or not answers.keys() <= set(short.items):
            raise ShortClosed
        mine = {"micro_round_id": short.id, "person_id": by.person_id}
        given = {item: answer for item, answer in answers.items() if answer is not None}
        store.put_answers(engine, [{**mine, **_row(short, *one, catalog, at)} for one in given.items()])
        store.remove_answers(engine, [{**mine, "item": item} for item in answers.keys() - given.keys()])


def _row(short: Short, item: str, answer: Answer, catalog: Catalog, at: datetime) -> Row:
    return {
        "form": short.form,
        "item": item,
        "item_version": catalog.item_version(short.form, short.version, item),
        "value": answer.value,
        "code": answer.code,
        "answered_at": stamp(at),
    }
