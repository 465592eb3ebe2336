"""`flask check-questionnaires`: prints every finding, fails on any, publishes only what is fine."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import FlaskGroup

from app import create_app
from survey.questionnaire.commands import check_questionnaires
from survey.questionnaire.files import FOLDER, PLAIN_WORDS

from .samples import check_in, item, said, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(FOLDER / PLAIN_WORDS, tmp_path)
    return write(tmp_path, check_in())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check_questionnaires, [str(argument) for argument in arguments])


def published(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "published.toml").read_text(encoding="utf-8"))


def test_the_shipped_files_are_all_fine() -> None:
    result = run()
    no_questions = {"published", "plain-words", "advice-sentences"}
    count = len([path for path in FOLDER.glob("*.toml") if path.stem not in no_questions])
    assert (result.exit_code, result.output) == (0, f"{count} files, all fine\n")


def test_a_new_file_is_refused_until_it_is_published(folder: Path) -> None:
    assert run(folder).exit_code == 1
    assert "talk-parent-1.0.toml: this file is not published" in run(folder).output
    assert run(folder, "--publish").output == "1 published\n1 files, all fine\n"
    assert run(folder).output == "1 files, all fine\n"


def test_a_file_with_findings_is_not_published(folder: Path) -> None:
    write(folder, check_in(items=[item("w1", text=said("Hoe gaat het traject?"))]))
    result = run(folder, "--publish")
    assert result.exit_code == 1
    assert not (folder / "published.toml").exists()


def test_publishing_again_never_blesses_a_changed_file(folder: Path) -> None:
    run(folder, "--publish")
    before = published(folder)
    write(folder, check_in(items=[item("w1")]))
    result = run(folder, "--publish")
    assert result.exit_code == 1
    assert "this published file has changed" in result.output
    assert published(folder) == before


def test_publishing_keeps_the_fingerprints_there_are(folder: Path) -> None:
    run(folder, "--publish")
    before = published(folder)
    write(folder, check_in(form="talk-teacher", respondent="teacher"))
    run(folder, "--publish")
    assert published(folder).items() > before.items()


def test_broken_files_and_hard_words_are_printed_together(folder: Path) -> None:
    write(folder, check_in(reading_level="easy", items=[item("w1", text=said("Hoe gaat het traject?"))]))
    (folder / "odd-1.0.toml").write_text("=", encoding="utf-8")
    output = run(folder).output
    assert all(rule in output for rule in ("[literal-error]", "[banned-word]", "[syntax]"))


def test_a_missing_list_of_words_is_a_finding(folder: Path) -> None:
    (folder / PLAIN_WORDS).unlink()
    result = run(folder)
    assert result.exit_code == 1
    assert "plain-words.toml: there is no such file" in result.output


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere").exit_code == 2


def test_the_schema_for_editors_describes_both_kinds_of_file() -> None:
    schema = json.loads(run("--schema").output)
    assert {"Profile", "Questionnaire", "Item", "Competency"} <= set(schema["$defs"])
    assert len(schema["anyOf"]) == 2


@pytest.mark.parametrize("command", ["config", "check-questionnaires"])
def test_no_command_runs_on_broken_files_and_every_finding_is_said_without_a_traceback(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / FOLDER.name)
    write(tmp_path / FOLDER.name, check_in(reading_level="easy"))
    (tmp_path / FOLDER.name / "odd-1.0.toml").write_text("=", encoding="utf-8")
    monkeypatch.setattr("app.HERE", tmp_path)
    result = CliRunner().invoke(FlaskGroup(create_app=create_app), [command])
    assert result.exit_code == 1
    first, second = sorted(result.output.splitlines())
    assert first.startswith("odd-1.0.toml: ")
    assert first.endswith("[syntax] Correct the TOML.")
    assert second.startswith("talk-parent-1.0.toml: reading_level: ")
