"""Lists, goals and texts of pages: checked with the forms, read-only, stored keys stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.catalog import Catalog, UnknownChoice, load
from survey.questionnaire.files import read
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.lint import lint
from survey.questionnaire.plain_words import load_plain_words
from survey.questionnaire.publication import publish, unpublished

from .samples import Data, check_in, languages, said, toml, write


def choice(key: str, **more: Any) -> Data:
    return {"key": key, "label": said(key), **more}


def lists(*keys: str) -> Data:
    return {"languages": languages(), "choices": {"colour": [choice(key) for key in keys]}}


def goals(**changes: Any) -> Data:
    one = choice("calm", respondents=["parent", "pupil"])
    return {"audience": "respondent", "languages": languages(), "goals": [one], **changes}


def pages(**changes: Any) -> Data:
    texts = {"both": {"sent": said("klaar")}, "formal": {"ask": said("u")}, "informal": {"ask": said("je")}}
    return {"audience": "respondent", "languages": languages(), **texts, **changes}


def beside(folder: Path, **files: Data) -> Path:
    for name, data in files.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(toml(data), encoding="utf-8")
    return write(folder, check_in())


def errors(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(folder)
    return [(error.file, error.path, error.rule) for error in broken.value.errors]


def test_a_list_keeps_its_order_and_gives_each_entry_by_key(tmp_path: Path) -> None:
    catalog = load(beside(tmp_path, lists=lists("red", "blue")))
    assert [one.key for one in catalog.choices("colour")] == ["red", "blue"]
    assert catalog.choice("colour", "blue").label["nl"] == "blue"


UNKNOWN: list[Callable[[Catalog], Any]] = [
    lambda catalog: catalog.choices("shape"),
    lambda catalog: catalog.choice("colour", "green"),
    lambda catalog: catalog.goal("loud"),
]


@pytest.mark.parametrize("ask", UNKNOWN)
def test_what_stands_in_no_list_is_not_found(tmp_path: Path, ask: Callable[[Catalog], Any]) -> None:
    with pytest.raises(UnknownChoice):
        ask(load(beside(tmp_path, lists=lists("red"), goals=goals())))


def test_goals_are_offered_to_whom_they_name(tmp_path: Path) -> None:
    grown_ups = choice("talking", respondents=["parent"])
    catalog = load(beside(tmp_path, goals=goals(goals=[*goals()["goals"], grown_ups])))
    offered = {
        who: [goal.key for goal in catalog.goals(who)] for who in ("parent", "pupil", "teacher", "coach")
    }
    assert offered == {"parent": ["calm", "talking"], "pupil": ["calm"], "teacher": [], "coach": []}


def test_a_page_speaks_to_grown_ups_and_to_children(tmp_path: Path) -> None:
    catalog = load(beside(tmp_path, respondent_pages=pages()))
    spoken = {
        register: {key: text["nl"] for key, text in catalog.page_texts(register).items()}
        for register in ("formal", "informal")
    }
    assert spoken == {"formal": {"sent": "klaar", "ask": "u"}, "informal": {"sent": "klaar", "ask": "je"}}


def test_a_folder_without_these_files_still_loads(tmp_path: Path) -> None:
    catalog = load(write(tmp_path, check_in()))
    assert catalog.goals("parent") == ()


BROKEN: list[tuple[dict[str, Data], tuple[str, str, str]]] = [
    ({"lists": lists("red", "red")}, ("lists.toml", "choices.colour.red", "duplicate-key")),
    (
        {"lists": {"languages": languages(), "choices": {"colour": [{"key": "red", "label": {"nl": "x"}}]}}},
        ("lists.toml", "choices.colour.red.label", "missing-language"),
    ),
    (
        {"lists": {**lists(), "choices": {"colour": [choice("red", direction="left")]}}},
        ("lists.toml", "choices.colour.red.direction", "literal-error"),
    ),
    (
        {"lists": {**lists(), "choices": {"colour": [choice("red", colour="x")]}}},
        ("lists.toml", "choices.colour.red.colour", "extra-forbidden"),
    ),
    (
        {"lists": {**lists(), "choices": {"colour": [{"key": "red", "label": said("rood {n}")}]}}},
        ("lists.toml", "choices.colour.red", "label-with-placeholder"),
    ),
    (
        {"lists": {"languages": {"en": languages()["en"]}, "choices": {}}},
        ("lists.toml", "languages", "source-language"),
    ),
    (
        {"goals": goals(goals=[choice("calm")])},
        ("goals.toml", "goals.calm.respondents", "goal-for-nobody"),
    ),
    (
        {"goals": goals(goals=[choice("calm", respondents=["uncle"])])},
        ("goals.toml", "goals.calm.respondents.#1", "enum"),
    ),
    ({"goals": goals(audience="staff")}, ("goals.toml", "audience", "literal-error")),
    ({"respondent_pages": pages(informal={})}, ("respondent-pages.toml", "", "one-register")),
    (
        {"respondent_pages": pages(both={"ask": said("x")})},
        ("respondent-pages.toml", "", "two-registers"),
    ),
]


@pytest.mark.parametrize(("files", "finding"), BROKEN)
def test_a_broken_companion_is_named(
    tmp_path: Path, files: dict[str, Data], finding: tuple[str, str, str]
) -> None:
    assert errors(beside(tmp_path, **files)) == [finding]


def test_every_broken_companion_is_named_at_once_with_the_forms(tmp_path: Path) -> None:
    folder = beside(tmp_path, lists=lists("red", "red"), goals=goals(audience="staff"))
    write(folder, check_in(reading_level="easy"))
    assert {file for file, _, _ in errors(folder)} == {"lists.toml", "goals.toml", "talk-parent-1.0.toml"}


def published(folder: Path) -> Path:
    files = read(folder)
    publish(folder, files.definitions, files.companions)
    return folder


def test_a_stored_key_may_not_disappear(tmp_path: Path) -> None:
    folder = published(beside(tmp_path, lists=lists("red", "blue"), goals=goals()))
    beside(folder, lists=lists("blue"))
    assert errors(folder) == [("lists.toml", "choices.colour.red", "published-gone")]
    (folder / "lists.toml").unlink()
    assert errors(folder) == [("lists.toml", "", "published-gone")]


def test_labels_may_improve_and_choices_may_be_added(tmp_path: Path) -> None:
    folder = published(beside(tmp_path, lists=lists("red")))
    better = {"key": "red", "label": said("vuurrood")}
    beside(folder, lists={**lists(), "choices": {"colour": [better, choice("blue")]}})
    assert load(folder).choice("colour", "red").label["nl"] == "vuurrood"
    files = read(folder)
    found = [*unpublished(files.definitions, files.companions, files.published)]
    assert [(one.file, one.text) for one in found] == [("lists.toml", "not published: choices.colour.blue")]


def test_texts_of_pages_are_never_stored_and_so_never_frozen(tmp_path: Path) -> None:
    folder = published(beside(tmp_path, respondent_pages=pages()))
    beside(folder, respondent_pages=pages(both={}))
    assert "sent" not in load(folder).page_texts("formal")


HARD = said("Begrijpt u het traject?")


@pytest.mark.parametrize(
    ("files", "path", "rule"),
    [
        ({"respondent_pages": pages(both={"ask_more": HARD})}, "both.ask_more", "banned-word"),
        (
            {
                "goals": goals(
                    goals=[{"key": "x", "respondents": ["parent"], "label": said("minder afstemming")}]
                )
            },
            "goals.x.label",
            "banned-word",
        ),
        (
            {"lists": {**lists(), "choices": {"c": [{"key": "x", "label": said("De ketenpartner")}]}}},
            "choices.c.x.label",
            "banned-word",
        ),
        (
            {
                "respondent_pages": pages(
                    both={"hard": said("Voorzieningen ondersteunen gezinnen gedurende moeilijke periodes.")}
                )
            },
            "both.hard",
            "reading-ease",
        ),
    ],
)
def test_companions_are_held_to_plain_words(
    tmp_path: Path, files: dict[str, Data], path: str, rule: str
) -> None:
    found = lint(read(beside(tmp_path, **files)), load_plain_words())
    assert (path, rule) in {(one.path, one.rule) for one in found}


def test_staff_may_read_in_a_list_what_respondents_may_not(tmp_path: Path) -> None:
    asks = {"key": "x", "label": said("Ik vraag het in de intervisie")}
    folder = beside(tmp_path, lists={**lists(), "choices": {"c": [asks]}})
    assert [*lint(read(folder), load_plain_words())] == []
