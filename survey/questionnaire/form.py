"""A questionnaire as a form: its class, built once per page, and the reply read from what was posted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

from msgspec import Struct
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import FIELDS, Answer


class Posted(Protocol):
    """What a browser posted, such as Flask's request.form."""

    def getlist(self, key: str, /) -> list[str]: ...

    def __contains__(self, key: object, /) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...


class AnswerForm(BaseForm):  # type: ignore[misc]  # WTForms ships no types
    """One field per item, by key. Fields are no attributes, so an item may be called `data` or `errors`."""

    questions: ClassVar[Mapping[str, UnboundField]]

    def __init__(self, formdata: Posted | None = None, answers: Mapping[str, Answer] | None = None) -> None:
        super().__init__(self.questions)
        self.process(formdata, data=answers)


class Reply(Struct, frozen=True):
    """What was answered and, by item, the key of the text that says what to do about the rest."""

    answers: Mapping[str, Answer]
    errors: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        """Nothing is wrong, and nothing that had to be answered is missing."""
        return not self.errors


@lru_cache(maxsize=256)
def form_for(questionnaire: Questionnaire, block: str | None = None, *, required: bool) -> type[AnswerForm]:
    """The form class of a questionnaire or of one block of it; `required` refuses an item without answer."""
    name = f"{questionnaire.form}-{questionnaire.version}-{block or 'all'}"
    questions = {
        item.key: FIELDS[item.kind](questionnaire, item, required and not item.optional)
        for item in questionnaire.in_block(block)
    }
    return type(name, (AnswerForm,), {"questions": MappingProxyType(questions)})


def read_reply(
    questionnaire: Questionnaire, formdata: Posted, block: str | None = None, require_all: bool = True
) -> Reply:
    """Reads a posted form; wrong or missing is in `errors`, all else in `answers`, as asked."""
    form: Any = form_for(questionnaire, block, required=require_all)(formdata)
    form.validate()
    answers = {key: answer for key, answer in form.data.items() if answer is not None}
    errors = {key: texts[0] for key, texts in form.errors.items()}
    return Reply(MappingProxyType(answers), MappingProxyType(errors))


def foreign_keys(
    formdata: Posted,
    questionnaire: Questionnaire,
    block: str | None = None,
    *,
    besides: Collection[str] = ("csrf_token",),
) -> tuple[str, ...]:
    """Posted names that are no item of this page; `besides` are the names the page itself posts."""
    known = {item.key for item in questionnaire.in_block(block)}.union(besides)
    return tuple(sorted(key for key in formdata if key not in known))
