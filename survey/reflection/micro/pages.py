"""What the page of a short round shows: its sentences, and last time's answers once it is answered."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import local_day
from survey.database import Engine
from survey.questionnaire.catalog import Catalog, UnknownQuestionnaire
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import screens
from survey.reflection.micro import store
from survey.reflection.micro.reading import Short


class Past(Struct, frozen=True):
    """One answer to an item, of a full or a short round; equal anchors, answers that compare."""

    item: str
    day: date
    answer: Answer
    anchor: str
    is_short: bool


class Line(Struct, frozen=True):
    """One focus item in words: the answer of now, and the last one before with its day."""

    label: str
    text: str
    now: str | None
    before: str | None
    before_day: date | None


def only(form: Questionnaire, items: Sequence[str]) -> Questionnaire:
    """The same form with these items alone, numbered from one."""
    return form.model_copy(update={"items": tuple(item for item in form.items if item.key in items)})


def form_of(short: Short, catalog: Catalog) -> Questionnaire:
    """The sentences of a short round, in the words in which their focus was chosen."""
    return only(catalog.get(short.form, short.version), short.items)


def past(engine: Engine, form: str, *, scope: Scope, catalog: Catalog) -> list[Past]:
    """Every answer of this coach on a form, of full and short rounds, oldest first."""
    return [
        Past(
            row["item"],
            local_day(row["opens_at"]),
            Answer(row["value"], row["code"]),
            anchor_of(catalog, form, row["item"], row["item_version"]),
            bool(row["short"]),
        )
        for row in store.answers_over_time(engine, form, scope=scope)
    ]


def lines(engine: Engine, short: Short, *, scope: Scope, catalog: Catalog, lang: str) -> list[Line]:
    """The focus items with what was answered now and the last time before."""
    form = form_of(short, catalog)
    earlier = [one for one in past(engine, short.form, scope=scope, catalog=catalog) if one.day < short.day]
    words = screens.labels(form, lang)
    found = []
    for item in form.items:
        now, last = short.answers.get(item.key), None
        for one in earlier:
            if one.item == item.key and one.anchor == catalog.anchor(short.form, short.version, item.key):
                last = one
        found.append(
            Line(
                screens.label_of(item, lang),
                item.text[lang],
                words[item.key][now.posted] if now else None,
                words[item.key][last.answer.posted] if last else None,
                last.day if last else None,
            )
        )
    return found


def anchor_of(catalog: Catalog, form: str, item: str, item_version: str) -> str:
    """Since which version answers to an item compare, from the version that brought in its words."""
    for version in catalog.versions(form):
        try:
            if catalog.item_version(form, version, item) == item_version:
                return catalog.anchor(form, version, item)
        except UnknownQuestionnaire:
            continue
    return item_version
