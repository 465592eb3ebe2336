"""Acts of publishing: the numbers of a form once and for good, and its lines as a person redacted them."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import store as windows
from survey.evaluation.groups import ANONYMOUS, FORMS
from survey.evaluation.release import content, store
from survey.evaluation.release.computing import reports as computing
from survey.evaluation.release.content import Content
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
    engine: Engine, *, window_id: str, form: str, kept: Mapping[str, str | None], by: Scope, at: datetime
) -> None:
    """Keep lines in these words, or leave them out (None), by the id of the line.

    Raises NothingThere, NotCounted, and Done once the lines were published.
    """
    with engine.atomic():
        _counted(engine, window_id, form)
        if store.published_lines(engine, window_id, form, scope=by) is not None:
            raise Done
        store.redact(engine, window_id, form, kept)
        audit.note(engine, act="evaluation-lines-redacted", by=by.person_id, at=at, object=window_id)


def publish_lines(engine: Engine, *, window_id: str, form: str, by: Scope, at: datetime) -> None:
    """Publish every kept line of a form at once, shuffled, for the programme as a whole.

    Raises NothingThere, NotCounted, Done, and TooFewLines while fewer than five are kept or one waits.
    """
    with engine.atomic():
        _counted(engine, window_id, form)
        if store.published_lines(engine, window_id, form, scope=by) is not None:
            raise Done
        found = store.lines(engine, window_id, form, scope=by)
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
    """The coaches about whom was asked, where something of it may be read."""
    if FORMS[form].is_about_programme or not computed.groups:
        return set()
    return {node["person_id"] for node in windows.nodes(engine, window_id) if node["person_id"]}
