"""The act of looking back: one act, one transaction, as long as the round is open."""

from collections.abc import Callable, Mapping
from datetime import datetime

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection import reading
from survey.reflection.actions import RoundClosed
from survey.reflection.lookback import reading as lookbacks
from survey.reflection.lookback import store


def save(
    engine: Engine,
    *,
    by: Scope,
    round_id: str,
    answers: Mapping[str, Answer | None],
    catalog: Catalog,
    clock: Callable[[], datetime],
) -> None:
    """Keep these look-backs beside the answers of then; None takes one back."""
    if not answers:
        return
    with engine.atomic():
        at = clock()
        standing = reading.standing(engine, round_id, scope=by, at=at)
        asked = standing and lookbacks.ask(engine, standing, scope=by, catalog=catalog, at=at)
        if not asked or not asked.is_open or not answers.keys() <= set(asked.items):
            raise RoundClosed
        round = asked.standing.round
        given = {item: answer for item, answer in answers.items() if answer is not None}
        rows = [
            {
                "reflection_id": asked.home,
                "item": item,
                "item_version": catalog.item_version(round.form, round.version, item),
                "about_round_id": asked.about.round.id,
                "value": answer.value,
                "answered_at": stamp(at),
            }
            for item, answer in given.items()
        ]
        store.put(engine, rows)
        store.remove(
            engine, [{"reflection_id": asked.home, "item": item} for item in answers.keys() - given.keys()]
        )
