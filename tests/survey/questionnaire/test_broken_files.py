"""A broken folder refuses to load and says everything that is wrong, file by file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.catalog import load
from survey.questionnaire.finding import BrokenQuestionnaires

from .samples import Data, check_in, competency, item, levels, profile, reflection, said, toml, write

Break = Callable[[Data], Any]


def errors(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(folder)
    return [(error.file, error.path, error.rule) for error in broken.value.errors]


def without(key: str) -> Break:
    return lambda data: data.pop(key)


def put(*path: str | int, value: Any) -> Break:
    def change(data: Data) -> None:
        target: Any = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    return change


IN_A_CHECK: list[tuple[Break, str, str]] = [
    (without("reading_level"), "reading_level", "missing"),
    (lambda data: data["items"][1].pop("text"), "items.w2.text", "missing"),
    (put("items", 0, "tekst", value="x"), "items.w1.tekst", "extra-forbidden"),
    (lambda data: data["items"][1].pop("key"), "items.#2.key", "missing"),
    (put("min_age", value="8"), "min_age", "int-type"),
    (put("items", 0, "key", value="W 1"), "items.W 1.key", "string-pattern-mismatch"),
    (put("visibility", value="secret"), "visibility", "enum"),
    (put("items", 0, "kind", value="slider"), "items.w1.kind", "enum"),
    (put("items", 0, "change", value="better"), "items.w1.change", "enum"),
    (put("items", 0, "change", value="dropped"), "items.w1.change", "dropped-item"),
    (put("languages", "en", "dir", value="up"), "languages.en.dir", "literal-error"),
    (lambda data: data["items"][0]["text"].pop("en"), "items.w1.text", "missing-language"),
    (put("scales", "extent", 3, "label", value={"en": "yes"}), "scales.extent.3.label", "missing-language"),
    (put("texts", "title", "fr", value="x"), "texts.title", "unknown-language"),
    (put("texts", "title", "en", value=" "), "texts.title.en", "string-pattern-mismatch"),
    (
        put("texts", "progress", value={"nl": "{n} van {total}", "en": "{n}"}),
        "texts.progress",
        "placeholders",
    ),
    (put("texts", "intro", value=said("vier {vragen")), "texts.intro", "stray-brace"),
    (lambda data: data["languages"].pop("nl"), "languages", "source-language"),
    (put("languages", "en", "status", value="reviewed"), "languages.en", "reviewed-without-reviewer"),
    (
        lambda data: data["languages"]["en"].update(reviewer="AB", reviewed_on=profile()["date"]),
        "languages.en",
        "reviewed-without-reviewer",
    ),
    (lambda data: data["items"].append(item("w1")), "items.w1", "duplicate-key"),
    (put("items", 0, "scale", value="mood"), "items.w1.scale", "unknown-reference"),
    (put("items", 0, "block", value="mood"), "items.w1.block", "unknown-reference"),
    (put("scales", "extent", 4, "value", value=9), "scales.extent", "scale-values"),
    (put("scales", "extent", 4, "value", value=3), "scales.extent", "scale-values"),
    (put("scales", "spare", value=[]), "scales.spare", "scale-values"),
    (put("scales", "spare", value=levels()[:4]), "scales.spare", "scale-values"),
    (put("version", value="01.0"), "version", "string-pattern-mismatch"),
    (put("items", value=[]), "items", "items"),
    (put("items_from", value="profile"), "items", "items"),
    (lambda data: data["texts"].pop("who_sees"), "texts.who_sees", "needed-text"),
    (lambda data: data["texts"].pop("not_now"), "texts.not_now", "needed-text"),
    (put("languages", "en", "status", value="draft"), "texts.draft_mark", "needed-text"),
    (put("items", 1, "change", value="same"), "items.w2.change", "change-without-origin"),
    (put("dropped", value=["w9"]), "dropped.w9", "false-drop"),
]


@pytest.mark.parametrize(("change", "path", "rule"), IN_A_CHECK)
def test_a_broken_check_says_where_and_which_rule(
    tmp_path: Path, change: Break, path: str, rule: str
) -> None:
    data = check_in()
    change(data)
    (tmp_path / "talk-parent-1.0.toml").write_text(toml(data), encoding="utf-8")
    assert ("talk-parent-1.0.toml", path, rule) in errors(tmp_path)


IN_A_PROFILE: list[tuple[Break, str, str]] = [
    (put("competencies", 1, "code", value="S1"), "competencies.S1", "duplicate-code"),
    (put("competencies", 1, "key", value="listen"), "competencies.listen", "duplicate-key"),
    (lambda data: data["tasks"].append(data["tasks"][0]), "tasks.helps", "duplicate-key"),
    (put("competencies", 0, "block", value="art"), "competencies.listen.block", "unknown-reference"),
    (put("tasks", 0, "roles", value=["king"]), "tasks.helps.roles", "unknown-reference"),
    (put("tasks", 0, "related", value=["Z9"]), "tasks.helps.related", "unknown-reference"),
    (lambda data: data["competencies"][0].pop("scale"), "competencies.listen", "scale-and-measurement"),
    (
        put("competencies", 0, "measurement", value="attendance"),
        "competencies.listen",
        "scale-and-measurement",
    ),
    (put("competencies", 0, "scale", value="art"), "competencies.listen.scale", "unknown-reference"),
    (put("competencies", 0, "example", value={"nl": "x"}), "competencies.listen.example", "missing-language"),
    (put("date", value="gisteren"), "date", "date-type"),
]


@pytest.mark.parametrize(("change", "path", "rule"), IN_A_PROFILE)
def test_a_broken_profile_says_where_and_which_rule(
    tmp_path: Path, change: Break, path: str, rule: str
) -> None:
    data = profile()
    change(data)
    assert ("profile-coach-1.0.toml", path, rule) in errors(write(tmp_path, data, reflection()))


def test_all_errors_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    check, other = check_in(), profile()
    for change, _, _ in IN_A_CHECK[2:8]:
        change(check)
    other["competencies"] += [competency("listen", "S2", block="art")]
    write(tmp_path, check, other, reflection(form="reflection", texts={}))
    (tmp_path / "odd-1.0.toml").write_text("form = ", encoding="utf-8")
    found = errors(tmp_path)
    assert {file for file, _, _ in found} == {
        "odd-1.0.toml",
        "profile-coach-1.0.toml",
        "reflection-1.0.toml",
        "talk-parent-1.0.toml",
    }
    assert {rule for _, _, rule in found} >= {
        *("syntax", "duplicate-key", "duplicate-code", "unknown-reference", "needed-text"),
        *("extra-forbidden", "missing", "int-type", "enum", "string-pattern-mismatch"),
    }


def test_rules_between_entries_are_checked_in_a_file_that_does_not_parse(tmp_path: Path) -> None:
    data = check_in(reading_level="easy", items=[item("w1"), item("w1", scale="mood")])
    found = {(path, rule) for _, path, rule in errors(write(tmp_path, data))}
    assert found >= {
        ("reading_level", "literal-error"),
        ("items.w1", "duplicate-key"),
        ("items.w1.scale", "unknown-reference"),
    }


def test_one_text_names_all_its_missing_languages(tmp_path: Path) -> None:
    data = check_in()
    data["languages"] |= dict.fromkeys(("uk", "pl"), data["languages"]["en"])
    with pytest.raises(BrokenQuestionnaires, match="no text in uk, pl"):
        load(write(tmp_path, data))


def test_a_syntax_error_gives_the_line(tmp_path: Path) -> None:
    (tmp_path / "talk-1.0.toml").write_text('form = "talk"\nversion = 1.0.0\n', encoding="utf-8")
    with pytest.raises(BrokenQuestionnaires, match="line 2") as broken:
        load(tmp_path)
    assert [error.rule for error in broken.value.errors] == ["syntax"]


def test_a_key_written_twice_in_one_table_is_a_syntax_error(tmp_path: Path) -> None:
    text = toml(check_in()) + 'form = "again"\n'
    (tmp_path / "talk-parent-1.0.toml").write_text(text, encoding="utf-8")
    assert errors(tmp_path) == [("talk-parent-1.0.toml", "", "syntax")]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "talk-1.0.toml").write_bytes(b'form = "\xff"')
    assert errors(tmp_path) == [("talk-1.0.toml", "byte 8", "encoding")]


@pytest.mark.parametrize("name", ["talk-parent-2.0", "talk-1.0", "talk-parent", "profile-talk-1.0"])
def test_a_file_under_another_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.toml").write_text(toml(check_in()), encoding="utf-8")
    assert (f"{name}.toml", "", "file-name") in errors(tmp_path)


@pytest.mark.parametrize(
    ("changes", "path", "rule"),
    [
        ({"min_age": 7, "needs_recorded_agreement": True}, "min_age", "pupil-age"),
        ({"needs_recorded_agreement": True}, "min_age", "pupil-age"),
        ({"min_age": 8}, "needs_recorded_agreement", "pupil-agreement"),
    ],
)
def test_a_form_for_pupils_needs_age_and_agreement(
    tmp_path: Path, changes: Data, path: str, rule: str
) -> None:
    data = check_in(form="talk-pupil", respondent="pupil", **changes)
    assert errors(write(tmp_path, data)) == [("talk-pupil-1.0.toml", path, rule)]


W1, W2 = item("w1", change="same"), item("w2", change="same")
SECOND: list[tuple[Data, str, str]] = [
    ({"items": [{**W1, "text": said("Is het beter?")}, W2]}, "items.w1.change", "same-but-different"),
    ({"items": [{**W1, "kind": "level"}, W2]}, "items.w1.change", "same-but-different"),
    ({"items": [item("w1"), W2]}, "items.w1.change", "new-but-known"),
    ({"items": [W1, W2, item("w3", change="editorial")]}, "items.w3.change", "change-without-origin"),
    ({"items": [W1]}, "items.w2", "silently-dropped"),
    ({"items": [W1, W2], "dropped": ["w2"]}, "dropped.w2", "false-drop"),
    (
        {
            "items": [W1, W2],
            "visibility": "own",
            "texts": {**check_in()["texts"], "who_sees": said("Alleen u ziet dit.")},
        },
        "visibility",
        "visibility-converted",
    ),
]


@pytest.mark.parametrize(("changes", "path", "rule"), SECOND)
def test_a_second_version_must_declare_truly(tmp_path: Path, changes: Data, path: str, rule: str) -> None:
    folder = write(tmp_path, check_in(), check_in(version="2.0", **changes))
    assert errors(folder) == [("talk-parent-2.0.toml", path, rule)]


def test_an_item_is_not_the_same_when_its_scale_reads_otherwise(tmp_path: Path) -> None:
    reworded = {"extent": [*levels()[:4], {"value": 4, "label": said("helemaal")}]}
    second = check_in(version="2.0", items=[W1, {**W2, "change": "changed"}], scales=reworded)
    found = errors(write(tmp_path, check_in(), second))
    assert found == [("talk-parent-2.0.toml", "items.w1.change", "same-but-different")]


def test_every_error_says_what_to_do(tmp_path: Path) -> None:
    data = check_in()
    for change, _, _ in IN_A_CHECK[2:12]:
        change(data)
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(write(tmp_path, data))
    assert all(error.text and error.todo.endswith(".") for error in broken.value.errors)
    assert str(broken.value).count("\n") == len(broken.value.errors) - 1


def test_a_folder_that_is_not_there_is_no_empty_catalog(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere")
