"""Acts of publishing: the numbers of a form once and for good, and its lines as a person redacted them."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine, Row
from survey.evaluation import store as windows
from survey.evaluation.groups import ANONYMOUS, FORMS
from survey.evaluation.release import content, store
from survey.evaluation.release.computing import reports as computing
from survey.evaluation.release.content import Content
from survey.fingerprint import fingerprint
from survey.notice import actions as notices

FEWEST_LINES = 5


class NothingThere(LookupError):
    """There is no such window, or it has no such anonymous form."""


class NotCounted(Exception):
    """The answers of this window are not counted yet."""


class Done(Exception):
    """This was published before; what was published stays as it is."""


class NoAnswers(Exception):
    """Nobody answered this form, or the answers were erased after their time."""


class Changed(Exception):
    """Somebody else decided otherwise since these `lines`, by id, were shown; nothing was stored."""

    def __init__(self, lines: Collection[str] = ()) -> None:
        super().__init__(sorted(lines))
        self.lines = frozenset(lines)


class TooFewLines(Exception):
    """Fewer lines than five would be published, or one was not decided on yet."""


def release(engine: Engine, *, window_id: str, form: str, by: str, at: datetime) -> None:
    """Publish what the rule allows of a form, computed here and never again.

    Raises NothingThere, NotCounted, Done and NoAnswers; none of them changes anything.
    """
    with engine.atomic():
        version = _counted(engine, window_id, form)
        if store.is_released(engine, window_id, form):
            raise Done
        if not store.has_answers(engine, window_id, form):
            raise NoAnswers
        computed = computing.computed(engine, window_id, catalog().get(form, version))
        store.insert(
            engine,
            {
                "id": secrets.token_hex(16),
                "window_id": window_id,
                "form": form,
                "version": version,
                "released_at": stamp(at),
                "released_by": by,
                "content": content.to_json(computed),
            },
        )
        coaches = _asked_about(engine, window_id, form, computed)
        released = notices.Kind.RELEASED
        notices.announce(engine, kind=released, about=window_id, part=form, person_ids=coaches, at=at)
        audit.note(engine, act="evaluation-released", by=by, at=at, object=window_id)


def redact(
    engine: Engine,
    *,
    window_id: str,
    form: str,
    kept: Mapping[str, str | None],
    by: Scope,
    at: datetime,
    seen: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Keep lines in these words, or leave them out (None), by the id of the line.

    `seen` are the marks of lines as they were shown: what was not decided otherwise since then stays as
    another made it. Raises NothingThere, NotCounted, Changed, and Done once the lines were published.
    """
    with engine.atomic():
        _counted(engine, window_id, form)
        if store.published_lines(engine, window_id, form, scope=by) is not None:
            raise Done
        stand = {line["id"]: mark_of(line) for line in store.lines(engine, window_id, form, scope=by)}
        shown = {**stand, **seen}
        asked = {key: mark_of(decided(words)) for key, words in kept.items()}
        new = {key for key, mark in asked.items() if key in stand and mark not in {shown[key], stand[key]}}
        if taken := {key for key in new if shown[key] != stand[key]}:
            raise Changed(taken)
        store.redact(engine, window_id, form, {key: kept[key] for key in new})
        audit.note(engine, act="evaluation-lines-redacted", by=by.person_id, at=at, object=window_id)


def decided(words: str | None) -> Row:
    """A line that is kept in these words, or left out."""
    return {"state": "left_out" if words is None else "kept", "redacted": words}


def mark_of(line: Row) -> str:
    """The mark of what was decided about a line."""
    return fingerprint(line["state"], line["redacted"] or "")


def mark_of_all(lines: Iterable[Row]) -> str:
    """The mark of what was decided about these lines."""
    return fingerprint(*([line["id"], mark_of(line)] for line in lines))


def publish_lines(
    engine: Engine, *, window_id: str, form: str, by: Scope, at: datetime, seen: str | None = None
) -> None:
    """Publish every kept line of a form at once, shuffled, for the programme as a whole.

    `seen` is the mark of all lines as they were shown. Raises NothingThere, NotCounted, Done, Changed, and
    TooFewLines while fewer than five are kept or one waits.
    """
    with engine.atomic():
        _counted(engine, window_id, form)
        if store.published_lines(engine, window_id, form, scope=by) is not None:
            raise Done
        found = store.lines(engine, window_id, form, scope=by)
        if seen is not None and seen != mark_of_all(found):
            raise Changed
        kept = [line["redacted"] for line in found if line["state"] == "kept"]
        if len(kept) < FEWEST_LINES or any(line["state"] == "waiting" for line in found):
            raise TooFewLines
        secrets.SystemRandom().shuffle(kept)
        store.insert_lines(
            engine,
            {
                "window_id": window_id,
                "form": form,
                "published_at": stamp(at),
                "published_by": by.person_id,
                "content": json.dumps(kept, ensure_ascii=False),
            },
        )
        audit.note(engine, act="evaluation-lines-published", by=by.person_id, at=at, object=window_id)


def _counted(engine: Engine, window_id: str, form: str) -> str:
    """The version of a form whose window was counted."""
    window, versions = windows.window(engine, window_id), windows.versions(engine, window_id)
    if window is None or form not in ANONYMOUS:
        raise NothingThere
    if window["counted_at"] is None:
        raise NotCounted
    return versions[form]


def _asked_about(engine: Engine, window_id: str, form: str, computed: Content) -> set[str]:
    """The coaches about whom was asked, where something of it may be read; not who was erased since."""
    if FORMS[form].is_about_programme or not computed.groups:
        return set()
    return {
        node["person_id"] for node in windows.nodes(engine, window_id) if node["person_id"] and node["label"]
    }
