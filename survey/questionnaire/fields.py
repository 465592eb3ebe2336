"""The one place that knows how a kind of item is answered: its field, and what the posted words stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from wtforms import RadioField
from wtforms.fields.core import UnboundField
from wtforms.validators import ValidationError

from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.vocabulary import Kind

ERROR_CHOOSE = "error_choose"


class Answer(NamedTuple):
    """A level of the scale, or the code of an answer that is not a level; always one of the two."""

    value: int | None
    code: str | None = None

    @property
    def posted(self) -> str:
        """The word that stands for this answer in a posted form."""
        return str(self.value) if self.code is None else self.code


class OneAnswer(RadioField):  # type: ignore[misc]  # WTForms ships no types
    """One choice, exactly as offered. Its data is an Answer, its only error the key of the text to show."""

    def __init__(self, offered: Mapping[Answer, str], required: bool, **bound: Any) -> None:
        self.answers = {answer.posted: answer for answer in offered}
        self.must_answer = required
        choices = {answer.posted: label for answer, label in offered.items()}
        super().__init__(coerce=self._answer, choices=choices, **bound)

    def _answer(self, posted: str | Answer) -> Answer | None:
        return posted if isinstance(posted, Answer) else self.answers.get(posted)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self._answer(valuelist[0]) if len(set(valuelist)) == 1 else None

    def pre_validate(self, form: Any) -> None:
        if self.data is None and (self.must_answer or self.raw_data):
            raise ValidationError(ERROR_CHOOSE)


def _one_of(questionnaire: Questionnaire, item: Item, required: bool) -> UnboundField:
    """The levels of the item's scale, then the answers of the form that are no level."""
    levels = {Answer(level.value): level.label for level in questionnaire.levels(item)}
    others = {Answer(None, other.code): other.label for other in questionnaire.non_scores}
    offered = {answer: label[SOURCE_LANGUAGE] for answer, label in (levels | others).items()}
    return UnboundField(OneAnswer, offered, required)


FIELDS: Mapping[Kind, Callable[[Questionnaire, Item, bool], UnboundField]] = {
    Kind.SCALE5: _one_of,
    Kind.LEVEL: _one_of,
    Kind.OWN_ESTIMATE: _one_of,
    Kind.LADDER: _one_of,
}
