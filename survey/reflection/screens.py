"""What the pages show in words: answers beside those of last time, focus with aims, what was just typed."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from survey.access.permissions import Scope
from survey.cohort.reports import Round
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.form import Posted
from survey.questionnaire.profile import Competency
from survey.questionnaire.wording import questions, words
from survey.reflection import closing, posted, reading, store
from survey.reflection.reading import Sheet, Standing


class Line(Struct, frozen=True):
    """One item in words: the answer of this time and of last time, None where there is none."""

    label: str
    text: str
    now: str | None
    before: str | None
    reworded: bool
    aim: str | None


class Result(Struct, frozen=True):
    """The answers of a round beside those of the round before, by block; only focus has an aim."""

    blocks: Mapping[str, tuple[Line, ...]]
    before: Round | None
    open_line: str | None

    @property
    def focus(self) -> list[Line]:
        return [line for lines in self.blocks.values() for line in lines if line.aim is not None]


@lru_cache(maxsize=64)
def labels(form: Questionnaire, lang: str) -> Mapping[str, Mapping[str, str]]:
    """By item: the words of every answer that can be posted."""
    return {
        question.key: {option.value: option.label.text for option in (*question.levels, *question.others)}
        for question in questions(form, lang)
    }


def result(
    engine: Engine, standing: Standing, *, catalog: Catalog, scope: Scope, lang: str, at: datetime
) -> Result:
    """The revision that counts, or what was saved of it, beside the last round the coach submitted before."""
    revision = standing.submitted or standing.latest
    earlier = reading.before(engine, standing.round, scope=scope, at=at)
    now = reading.sheet(engine, standing.round, revision, catalog=catalog, scope=scope)
    then = (
        reading.sheet(engine, earlier.round, earlier.submitted, catalog=catalog, scope=scope)
        if earlier
        else None
    )
    aims = focus(engine, revision["id"], scope=scope) if revision else {}
    blocks = {
        block.label[lang]: tuple(
            _line(item, now, then, aims.get(item.key), catalog, lang) for item in now.form.in_block(block.key)
        )
        for block in now.form.blocks
    }
    return Result(blocks, earlier.round if earlier else None, revision["open_line"] if revision else None)


def focus(engine: Engine, reflection_id: str, *, scope: Scope) -> dict[str, str]:
    """The aims of the chosen focus items; a focus without an aim has an empty one."""
    return {row["item"]: row["aim"] or "" for row in store.focus(engine, reflection_id, scope=scope)}


def attendance(form: Questionnaire, block: str, catalog: Catalog) -> tuple[Competency, ...]:
    """The competencies of this block that nobody rates: they come from meetings attended."""
    version = form.version.partition("-")[0]
    profile = catalog.profile(form.form.removeprefix("reflection-"), version)
    return tuple(one for one in profile.competencies if one.block == block and not one.is_rated)


def typed(form: Questionnaire, sent: Posted, lang: str) -> list[tuple[str, str]]:
    """What a refused page held, as pairs to read: question and answer, focus and aim, the private line."""
    answers = posted.read(form, sent, None, lang).chosen
    last = closing.read(form, sent, lang)
    pairs = [
        (item.text[lang], labels(form, lang)[item.key][answers[item.key].posted])
        for item in form.items
        if item.key in answers
    ]
    pairs += [(label_of(item, lang), last.focus[item.key]) for item in form.items if item.key in last.focus]
    if last.line:
        pairs.append((words(form, "open_line", lang).text, last.line))
    return pairs


def label_of(item: Item, lang: str) -> str:
    return (item.label or item.text)[lang]


def _line(item: Item, now: Sheet, then: Sheet | None, aim: str | None, catalog: Catalog, lang: str) -> Line:
    asked_then = then is not None and item.key in {other.key for other in then.form.items}
    return Line(
        label=label_of(item, lang),
        text=item.text[lang],
        now=_word(now, item.key, lang),
        before=_word(then, item.key, lang) if then else None,
        reworded=bool(
            then and asked_then and _anchor(then, item.key, catalog) != _anchor(now, item.key, catalog)
        ),
        aim=aim,
    )


def _word(sheet: Sheet, item: str, lang: str) -> str | None:
    answer = sheet.answers.get(item)
    return labels(sheet.form, lang)[item][answer.posted] if answer else None


def _anchor(sheet: Sheet, item: str, catalog: Catalog) -> str:
    return catalog.anchor(sheet.form.form, sheet.version_of(item), item)
