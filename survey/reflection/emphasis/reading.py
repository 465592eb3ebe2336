"""What a coach is asked about where the hours went, and what was said before."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from msgspec import Struct

from survey.access.permissions import Scope
from survey.assignment import reports as assignments
from survey.clock import school_year
from survey.database import Engine
from survey.labelled import Labelled
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.profile import Task
from survey.reflection import prefill
from survey.reflection.emphasis import store
from survey.reflection.reading import Standing


class Emphasis(Labelled):
    """How much of the hours went to a task."""

    MUCH = "much", _("veel")
    SOME = "some", _("enkele")
    NONE = "none", _("geen")


class Ask(Struct, frozen=True):
    """The tasks to ask about in a round, and what is said of them."""

    standing: Standing
    tasks: tuple[Task, ...]
    given: Mapping[str, Emphasis]

    @property
    def home(self) -> str:
        """The revision that holds it: the first, so that correcting answers never touches it."""
        return str(self.standing.revisions[0]["id"])

    @property
    def is_open(self) -> bool:
        return self.standing.is_open

    def said(self, emphasis: Emphasis) -> tuple[Task, ...]:
        """The tasks that got this much."""
        return tuple(task for task in self.tasks if self.given.get(task.key) == emphasis)


def ask(engine: Engine, standing: Standing, *, scope: Scope, catalog: Catalog) -> Ask | None:
    """Where the hours went, once a round is handed in; None without tasks to ask about.

    The tasks are those of the assignments of that school year, each once, and those that were said before.
    """
    if standing.submitted is None:
        return None
    profile = prefill.profile_of(standing.round, catalog)
    rows = store.given(engine, standing.revisions[0]["id"], scope=scope)
    given = {row["task"]: Emphasis(row["emphasis"]) for row in rows}
    held = {task.key for task in assignments.tasks(engine, scope, school_year(standing.round.day), profile)}
    tasks = tuple(task for task in profile.tasks if task.key in held or task.key in given)
    return Ask(standing, tasks, given) if tasks else None
