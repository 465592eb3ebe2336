"""What is read of "you said, we did": by the lead all of it, by everybody else what was published."""

from survey.access.permissions import Scope
from survey.database import Engine
from survey.evaluation.said_done import store
from survey.evaluation.said_done.points import Point as Point
from survey.evaluation.said_done.points import Words as Words
from survey.evaluation.said_done.points import made
from survey.questionnaire.frozen import SOURCE_LANGUAGE


def points(engine: Engine, scope: Scope, window_id: str, form: str) -> tuple[Point, ...]:
    """Every point of a form in order, for the lead."""
    return made(store.points(engine, window_id, form, scope=scope))


def published(engine: Engine, window_id: str, form: str) -> tuple[Point, ...]:
    """The points everybody may read.

    Who filled in a form with their name reads those of the form without one: it asks the same people.
    """
    return made(store.published(engine, window_id, form.replace("-named", "-programme")))


def in_language(points: tuple[Point, ...], lang: str) -> tuple[tuple[str, Words, Words | None], ...]:
    """Each point as a respondent reads it: its language, its words, and Dutch beside them if they are not.

    A point that was not written in this language stands in Dutch.
    """
    return tuple(
        (lang, one.words[lang], None if lang == SOURCE_LANGUAGE else one.dutch)
        if lang in one.words
        else (SOURCE_LANGUAGE, one.dutch, None)
        for one in points
    )
