"""Acts on "you said, we did": writing a point, taking one out, letting everybody read them."""

from collections.abc import Mapping
from datetime import datetime

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.database import Engine
from survey.evaluation.release import store as releases
from survey.evaluation.said_done import store
from survey.evaluation.said_done.points import LONGEST, MOST, Point, Words, made, mark_of_all
from survey.questionnaire.frozen import SOURCE_LANGUAGE


class NotReleased(Exception):
    """Nothing of this form was released, so nobody said anything yet that one can answer."""


class Changed(Exception):
    """Somebody else changed or removed this point meanwhile; nothing was stored."""


class TooMany(Exception):
    """More points than anybody reads."""


class NothingToPublish(Exception):
    """There is no point that is not published."""


def add(
    engine: Engine,
    *,
    window_id: str,
    form: str,
    words: Mapping[str, Words],
    key: str,
    by: Scope,
    at: datetime,
) -> None:
    """A new point, last in the order; twice the same `key` is one. Nobody else reads it yet.

    `words` by language, Dutch among them; empty or long ones are a ValueError. Raises NotReleased, TooMany.
    """
    _check(words)
    with engine.atomic():
        points = _points(engine, window_id, form, by)
        if key in {one.id for one in points}:
            return
        if len(points) >= MOST:
            raise TooMany
        last = store.last_position(engine, window_id, form)
        row = {"id": key, "window_id": window_id, "form": form, "position": last + 1, "made_by": by.person_id}
        store.insert(engine, row)
        store.replace_words(engine, key, _rows(key, words))
        audit.note(engine, act="said-done-written", by=by.person_id, at=at, object=window_id)


def change(
    engine: Engine,
    *,
    window_id: str,
    form: str,
    point_id: str,
    seen: str,
    words: Mapping[str, Words],
    by: Scope,
    at: datetime,
) -> None:
    """Other words for a point; nobody else reads it until it is published again.

    `seen` is the fingerprint of what was changed. Raises NotReleased, Changed, and ValueError as `add` does.
    """
    _check(words)
    with engine.atomic():
        point = _point(engine, window_id, form, point_id, by)
        if point.words == words:
            return
        if point.fingerprint != seen:
            raise Changed
        store.take_back(engine, point_id)
        store.replace_words(engine, point_id, _rows(point_id, words))
        audit.note(engine, act="said-done-written", by=by.person_id, at=at, object=window_id)


def remove(
    engine: Engine,
    *,
    window_id: str,
    form: str,
    point_id: str,
    by: Scope,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Take a point out, for everybody; `seen` is its fingerprint. Raises NotReleased and Changed."""
    with engine.atomic():
        if seen not in {None, _point(engine, window_id, form, point_id, by).fingerprint}:
            raise Changed
        store.delete(engine, point_id)
        audit.note(engine, act="said-done-removed", by=by.person_id, at=at, object=window_id)


def publish(
    engine: Engine, *, window_id: str, form: str, by: Scope, at: datetime, seen: str | None = None
) -> None:
    """Let everybody who was asked read every point; `seen` is the mark of all of them.

    Raises NotReleased, Changed and NothingToPublish.
    """
    with engine.atomic():
        if seen not in {None, mark_of_all(_points(engine, window_id, form, by))}:
            raise Changed
        if not store.publish(engine, window_id, form, at=stamp(at)):
            raise NothingToPublish
        audit.note(engine, act="said-done-published", by=by.person_id, at=at, object=window_id)


def _points(engine: Engine, window_id: str, form: str, by: Scope) -> tuple[Point, ...]:
    if not releases.is_released(engine, window_id, form):
        raise NotReleased
    return made(store.points(engine, window_id, form, scope=by))


def _point(engine: Engine, window_id: str, form: str, point_id: str, by: Scope) -> Point:
    for point in _points(engine, window_id, form, by):
        if point.id == point_id:
            return point
    raise Changed


def _check(words: Mapping[str, Words]) -> None:
    if SOURCE_LANGUAGE not in words:
        raise ValueError("a point is written in Dutch first")
    if not all(0 < len(text) <= LONGEST for both in words.values() for text in both):
        raise ValueError("both parts of a point are there and are short")


def _rows(point_id: str, words: Mapping[str, Words]) -> list[dict[str, str]]:
    return [
        {"said_done_id": point_id, "language": lang, "said": both.said, "done": both.done}
        for lang, both in words.items()
    ]
