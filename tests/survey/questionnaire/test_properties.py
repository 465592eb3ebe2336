"""For any valid definition and any answers; and for any damage to a file."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from survey.questionnaire.catalog import load
from survey.questionnaire.checking import problems
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.files import FOLDER, PLAIN_WORDS, read
from survey.questionnaire.form import foreign_keys, form_for, read_reply
from survey.questionnaire.publication import fingerprint
from survey.questionnaire.rules import ALWAYS_NEEDED, NEEDED_ON_A_LINK
from survey.questionnaire.wording import questions

from .samples import Data, check_in, profile, reflection, toml, write

TAKEN_BY_FORMS = ["data", "errors", "meta", "validate", "process", "prefix", "formdata", "items"]

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True) | st.sampled_from(TAKEN_BY_FORMS)
langs = st.from_regex(r"[a-z]{2,3}", fullmatch=True).filter(lambda lang: lang != "nl")
characters = st.characters(codec="utf-8", exclude_characters="{}", exclude_categories=("Cc", "Z"))
wordings = st.text(characters, min_size=1, max_size=9)


@st.composite
def definitions(draw: st.DrawFn) -> Data:
    """Any questionnaire that follows all rules."""
    languages = ["nl", *draw(st.lists(langs, max_size=3, unique=True))]
    said = st.fixed_dictionaries(dict.fromkeys(languages, wordings))
    language = {"dir": draw(st.sampled_from(["ltr", "rtl"])), "status": "source"}
    first = draw(st.integers(-2, 3))
    scales = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    scale, kind = st.sampled_from(scales), st.sampled_from(["scale5", "level", "own_estimate"])
    codes = draw(st.lists(st.sampled_from(["NOT_MET_YET", "NOT_HERE", "A1"]), max_size=2, unique=True))
    return check_in(
        languages={lang: {"name": draw(wordings), **language} for lang in languages},
        texts={key: draw(said) for key in ALWAYS_NEEDED + NEEDED_ON_A_LINK}
        | {"who_sees": {**draw(said), "nl": "Alleen de coach ziet dit."}},
        items=[
            {"key": key, "concept": key, "kind": draw(kind), "scale": draw(scale)}
            | {"change": "new", "text": draw(said)}
            for key in draw(st.lists(keys, min_size=1, max_size=6, unique=True))
        ],
        scales={name: [{"value": first + n, "label": draw(said)} for n in range(5)] for name in scales},
        non_scores=[{"key": one.lower(), "code": one, "effect": "", "label": draw(said)} for one in codes],
    )


def offered(questionnaire: Questionnaire, item: str) -> list[Answer]:
    return list(form_for(questionnaire, required=True)()[item].answers.values())


@settings(max_examples=25, deadline=None)
@given(definitions())
def test_any_valid_definition_survives_being_written_and_read(data: Data) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), data)
        questionnaire = load(Path(folder)).get("talk-parent")
        assert fingerprint(read(Path(folder)).definitions["talk-parent-1.0"]) == fingerprint(data)
    dumped = toml(questionnaire.model_dump(mode="json", exclude_none=True))
    assert Questionnaire.model_validate(tomllib.loads(dumped)) == questionnaire
    assert Questionnaire.model_validate_json(questionnaire.model_dump_json()) == questionnaire


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_valid_answers_survive_the_form(data: st.DataObject) -> None:
    questionnaire = Questionnaire.model_validate(data.draw(definitions()))
    answers = {
        item.key: data.draw(st.sampled_from(offered(questionnaire, item.key))) for item in questionnaire.items
    }
    posted = MultiDict([(key, answer.posted) for key, answer in reversed(answers.items())])
    assert foreign_keys(posted, questionnaire) == ()
    reply = read_reply(questionnaire, posted)
    assert (dict(reply.answers), dict(reply.errors)) == (answers, {})


@settings(max_examples=15, deadline=None)
@given(definitions())
def test_a_form_accepts_exactly_what_its_page_shows(data: Data) -> None:
    questionnaire = Questionnaire.model_validate(data)
    for question in questions(questionnaire, "nl"):
        shown = [option.value for option in (*question.levels, *question.others)]
        assert shown == [answer.posted for answer in offered(questionnaire, question.key)]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_reply_never_holds_an_answer_that_was_not_offered(data: st.DataObject) -> None:
    questionnaire = Questionnaire.model_validate(data.draw(definitions()))
    asked = {item.key for item in questionnaire.items}
    values = st.text(max_size=3) | st.integers(-3, 9).map(str) | st.sampled_from(["NOT_MET_YET", "A1"])
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(sorted(asked)) | keys, values), max_size=12))
    reply = read_reply(questionnaire, MultiDict(pairs), require_all=data.draw(st.booleans()))
    for key, answer in reply.answers.items():
        assert answer in offered(questionnaire, key)
        assert {value for name, value in pairs if name == key} == {answer.posted}
    assert not reply.answers.keys() & reply.errors.keys()
    assert asked & dict(pairs).keys() <= reply.answers.keys() | reply.errors.keys() <= asked


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in nested data that can be overwritten: its container, and its key or index there."""
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from places(data[key])


damage = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(max_size=4) | st.floats(-2, 2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_damage_anywhere_is_reported_and_never_crashes(data: st.DataObject) -> None:
    files = {"talk-parent-1.0": check_in(), "reflection-1.0": reflection(), "profile-coach-1.0": profile()}
    for _ in range(data.draw(st.integers(1, 3))):
        definition = files[data.draw(st.sampled_from(sorted(files)))]
        container, key = data.draw(st.sampled_from(list(places(definition))))
        container[key] = data.draw(damage)
    with TemporaryDirectory() as folder:
        for name, definition in files.items():
            (Path(folder) / f"{name}.toml").write_text(toml(definition), encoding="utf-8")
        shutil.copy(FOLDER / PLAIN_WORDS, folder)
        found = problems(Path(folder))
    assert all(finding.file and finding.rule and finding.text and finding.todo for finding in found)
