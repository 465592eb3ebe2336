"""How far a form of a counted window is on its way out: its numbers, and its lines in own words."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import moment, moment_or_none
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import store as windows
from survey.evaluation.groups import ANONYMOUS
from survey.evaluation.release import store
from survey.evaluation.release.actions import FEWEST_LINES, mark_of, mark_of_all
from survey.questionnaire.definition import Questionnaire


class Line(Struct, frozen=True):
    """A line as it came in, and what a person made of it: waiting, kept or left_out."""

    id: str
    words: str
    state: str
    redacted: str | None

    @property
    def mark(self) -> str:
        """The mark of what was decided about it."""
        return mark_of({"state": self.state, "redacted": self.redacted})


class Lines(Struct, frozen=True):
    """The lines of a form for who redacts them; none where they are too few."""

    may_be_read: bool
    found: tuple[Line, ...]
    published_at: datetime | None

    @property
    def mark(self) -> str:
        """The mark of what was decided about all of them."""
        return mark_of_all(
            {"id": line.id, "state": line.state, "redacted": line.redacted} for line in self.found
        )

    @property
    def kept(self) -> int:
        """How many are kept."""
        return sum(line.state == "kept" for line in self.found)

    @property
    def waiting(self) -> int:
        """How many nobody decided on."""
        return sum(line.state == "waiting" for line in self.found)

    @property
    def may_be_published(self) -> bool:
        """Whether all are decided on and enough are kept."""
        return self.published_at is None and not self.waiting and self.kept >= FEWEST_LINES


class Stand(Struct, frozen=True):
    """Of one form: whether somebody answered, when it was released, and the same of its lines."""

    has_answers: bool
    released_at: datetime | None
    has_lines: bool
    lines_published_at: datetime | None


def asked(engine: Engine, window_id: str, form: str) -> Questionnaire:
    """A form as its window asked it; before that one opens, as it will."""
    return catalog().get(form, windows.versions(engine, window_id).get(form))


def stands(engine: Engine, scope: Scope, window_id: str) -> Mapping[str, Stand]:
    """By anonymous form how far it is; none before the window was counted."""
    versions = windows.versions(engine, window_id)
    return {
        form: _stand(engine, scope, window_id, catalog().get(form, versions[form]))
        for form in ANONYMOUS
        if form in versions
    }


def lines(engine: Engine, scope: Scope, window_id: str, form: Questionnaire) -> Lines:
    """The lines of a form, in the order of random keys."""
    out = store.published_lines(engine, window_id, form.form, scope=scope)
    if out:
        return Lines(True, (), moment(out["published_at"]))
    rows = store.lines(engine, window_id, form.form, scope=scope)
    persons = store.respondents(engine, window_id, form.form)
    if len(rows) < FEWEST_LINES or persons < (form.release_k or FEWEST_LINES):
        return Lines(False, (), None)
    return Lines(True, tuple(Line(**row) for row in rows), None)


def _stand(engine: Engine, scope: Scope, window_id: str, form: Questionnaire) -> Stand:
    released = store.find(engine, window_id, form.form, scope=scope)
    found = lines(engine, scope, window_id, form) if form.open_question else None
    return Stand(
        has_answers=store.has_answers(engine, window_id, form.form),
        released_at=moment_or_none(released["released_at"] if released else None),
        has_lines=bool(found and found.may_be_read),
        lines_published_at=found.published_at if found else None,
    )
