"""`flask publish-questionnaire`: a draft becomes the next version, or nothing is written and all is said."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from survey.questionnaire.checking import problems
from survey.questionnaire.commands import check_questionnaires, publish_questionnaire
from survey.questionnaire.draft import checked, publish
from survey.questionnaire.files import FOLDER, PLAIN_WORDS

from .samples import Data, check_in, competency, item, profile, reflection, said, toml, write

Change = Callable[[Data], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two forms and a profile, published."""
    made = tmp_path / "questionnaires"
    made.mkdir()
    shutil.copy(FOLDER / PLAIN_WORDS, made)
    write(made, check_in(), reflection(), profile())
    assert CliRunner().invoke(check_questionnaires, [str(made), "--publish"]).exit_code == 0
    return made


def next_check(**changes: Any) -> Data:
    asked = [item("w1", change="same"), item("w2", change="changed", text=said("Is het nu goed?"))]
    return {"status": "draft", **check_in(version="1.1", items=asked), **changes}


def draft(folder: Path, data: Data, above: str = "") -> Path:
    path = folder.parent / "voorstel.toml"
    path.write_text(above + toml(data).replace('"status" =', "status ="), encoding="utf-8")
    return path


def run(path: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(publish_questionnaire, [str(path), str(folder), *options])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_sound_draft_is_written_frozen_and_told_in_words(folder: Path) -> None:
    result = run(draft(folder, next_check(), above="# Why we ask anew.\n"), folder)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "1 same: the line goes on",
        "1 changed: its line breaks",
        "  w2",
        "    - Is w2 goed?",
        "    + Is het nu goed?",
        "talk-parent-1.1 is published. A round asks it once nobody began that round.",
    ]
    written = (folder / "talk-parent-1.1.toml").read_text(encoding="utf-8")
    assert written.startswith("# Why we ask anew.")
    assert "status" not in tomllib.loads(written)
    assert problems(folder) == []
    assert "talk-parent-1.1" in tomllib.loads((folder / "published.toml").read_text(encoding="utf-8"))


def test_checking_says_the_same_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    result = run(draft(folder, next_check()), folder, "--check")
    assert result.exit_code == 0
    assert "1 changed: its line breaks" in result.output
    assert contents(folder) == before


BROKEN: dict[str, tuple[Change, str]] = {
    "no draft": (lambda data: data.pop("status"), "[no-draft]"),
    "published already": (lambda data: data.update(version="1.0"), "[not-next]"),
    "a version left out": (lambda data: data.update(version="1.2"), "[not-next]"),
    "two majors on": (lambda data: data.update(version="3.0"), "[not-next]"),
    "nameless": (lambda data: data.pop("form"), "[nameless]"),
    "a name that leads elsewhere": (
        lambda data: data.update(form="../elsewhere", version="1.0"),
        "[odd-name]",
    ),
    "an undeclared change": (lambda data: data["items"][1].update(change="same"), "[same-but-different]"),
    "silently dropped": (lambda data: data["items"].pop(), "[silently-dropped]"),
    "split off nothing": (
        lambda data: data["items"].append(item("w3", change="split", origin=["w9"])),
        "[false-origin]",
    ),
    "hard words": (lambda data: data["items"][1].update(text=said("Hoe gaat het traject?")), "[banned-word]"),
    "a language left out": (lambda data: data["items"][1]["text"].pop("en"), "[missing-language]"),
}


@pytest.mark.parametrize(("change", "rule"), BROKEN.values(), ids=BROKEN)
def test_a_draft_that_does_not_fit_leaves_the_folder_as_it_was(
    folder: Path, change: Change, rule: str
) -> None:
    data, before = next_check(), contents(folder)
    change(data)
    result = run(draft(folder, data), folder)
    assert result.exit_code == 1
    assert rule in result.output
    assert "voorstel.toml: " in result.output, "the finding names the file that was given"
    assert "Nothing was published." in result.output
    assert contents(folder) == before


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    data = next_check(reading_level="easy")
    data["items"] = [item("w1", change="same", text=said("Iets anders?")), item("w3", change="merged")]
    output = run(draft(folder, data), folder).output
    assert all(
        f"[{rule}]" in output
        for rule in ("literal-error", "same-but-different", "merged-from-one", "silently-dropped")
    )


def test_a_file_that_is_no_toml_is_said(folder: Path) -> None:
    path = folder.parent / "voorstel.toml"
    path.write_text("form = ", encoding="utf-8")
    assert "[syntax]" in run(path, folder).output


def test_a_form_of_its_own_begins_at_one(folder: Path) -> None:
    data = {"status": "draft", **check_in(form="talk-teacher", respondent="teacher")}
    assert run(draft(folder, data), folder).exit_code == 0
    assert run(draft(folder, data | {"form": "talk-pupil", "version": "1.1"}), folder).exit_code == 1


def test_a_file_of_someone_else_is_never_written_over(folder: Path) -> None:
    write(folder, check_in(version="1.1", items=[item("w1", change="same"), item("w2", change="same")]))
    before = contents(folder)
    assert "[in-the-way]" in run(draft(folder, next_check()), folder).output
    assert contents(folder) == before


def test_a_publication_that_was_broken_off_is_completed_by_doing_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft(folder, next_check())
    found = checked(path, folder)
    with monkeypatch.context() as patch:
        patch.setattr("survey.questionnaire.draft.publication.publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(found, folder)
    assert problems(folder) == [], "what is left behind loads"
    assert run(path, folder).exit_code == 0
    assert CliRunner().invoke(check_questionnaires, [str(folder)]).exit_code == 0


def test_a_sharpened_profile_tells_what_it_does_to_the_reflection(folder: Path) -> None:
    sharper = profile(
        version="1.1",
        competencies=[competency("listen", "S1", change="same"), competency("ask", "S2", change="changed")],
    )
    result = run(draft(folder, {"status": "draft", **sharper}), folder)
    assert result.exit_code == 0
    assert "1 changed: its line breaks\n  ask" in result.output


def test_reworded_levels_are_told_for_each_profile(folder: Path) -> None:
    newer = reflection(version="1.1", editorial_scales=["skill"])
    newer["scales"]["skill"][4]["label"] = said("top")
    result = run(draft(folder, {"status": "draft", **newer}), folder)
    assert result.exit_code == 0
    assert "reflection-coach 1.0-1.0 to 1.0-1.1\n2 editorial: other words, the line goes on" in result.output
    assert "scale skill: editorial" in result.output
