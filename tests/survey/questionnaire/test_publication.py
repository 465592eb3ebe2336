"""Published files are frozen; only notes, comments and the sign-off of a language may change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from survey.questionnaire.catalog import load
from survey.questionnaire.files import read
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.publication import fingerprint, publish, unpublished

from .samples import Data, check_in, profile, reflection, said, toml, write

NAME = "talk-parent-1.0"
Edit = Callable[[Data], object]

FREE: list[Edit] = [
    lambda data: data["items"][0].update(note="Why we ask this."),
    lambda data: data["languages"]["en"].update(
        status="reviewed", reviewer="AB", reviewed_on=date(2026, 9, 1)
    ),
]
FROZEN: list[Edit] = [
    lambda data: data["items"][0].update(text=said("Is dit beter?")),
    lambda data: data["items"][0]["text"].update(en="Is this better?"),
    lambda data: data["items"].reverse(),
    lambda data: data["items"].pop(),
    lambda data: data["texts"].update(note=said("Een tekst die toevallig zo heet.")),
    lambda data: data["texts"].update(who_sees=said("Iedereen ziet dit.")),
    lambda data: data["scales"]["extent"][0].update(label=said("nooit")),
    lambda data: data["languages"]["en"].update(name="Engels"),
    lambda data: data.update(reading_level="B1"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, check_in())
    files = read(tmp_path)
    publish(tmp_path, files.definitions, files.companions)
    return tmp_path


def rewrite(folder: Path, edit: Edit) -> None:
    data = check_in()
    edit(data)
    write(folder, data)


def rules(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(folder)
    return [(error.file, error.rule) for error in broken.value.errors]


@pytest.mark.parametrize("edit", FREE)
def test_a_published_file_may_get_notes_and_reviewers(folder: Path, edit: Edit) -> None:
    rewrite(folder, edit)
    assert load(folder).get("talk-parent").version == "1.0"


@pytest.mark.parametrize("edit", FROZEN)
def test_any_other_change_asks_for_a_new_version(folder: Path, edit: Edit) -> None:
    rewrite(folder, edit)
    assert (f"{NAME}.toml", "published-changed") in rules(folder)
    with pytest.raises(BrokenQuestionnaires, match="make a new version in a new file"):
        load(folder)


def test_comments_and_layout_are_free(folder: Path) -> None:
    path = folder / f"{NAME}.toml"
    path.write_text("# A remark.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert load(folder).versions("talk-parent") == ("1.0",)


def test_a_published_file_may_not_disappear(folder: Path) -> None:
    (folder / f"{NAME}.toml").unlink()
    assert rules(folder) == [(f"{NAME}.toml", "published-gone")]


def test_a_new_version_beside_the_old_one_is_fine(folder: Path) -> None:
    items = [{**asked, "change": "changed", "text": said("Is dit beter?")} for asked in check_in()["items"]]
    write(folder, check_in(version="2.0", items=items))
    assert load(folder).versions("talk-parent") == ("1.0", "2.0")


def test_a_file_that_nobody_published_is_reported_as_such(folder: Path) -> None:
    write(folder, reflection(), profile())
    files = read(folder)
    found = [(finding.file, finding.rule) for finding in unpublished(files.definitions, {}, files.published)]
    assert found == [("profile-coach-1.0.toml", "unpublished"), ("reflection-1.0.toml", "unpublished")]


def test_a_list_of_fingerprints_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "published.toml").write_text("x", encoding="utf-8")
    assert rules(folder) == [("published.toml", "syntax")]


def test_the_order_of_fields_does_not_matter_and_the_order_of_items_does() -> None:
    data = check_in()
    assert fingerprint(data) == fingerprint(dict(reversed(data.items())))
    assert fingerprint(data) != fingerprint({**data, "items": data["items"][::-1]})


def test_writing_the_list_leaves_no_draft_behind(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["published.toml", f"{NAME}.toml"]
    assert toml({NAME: fingerprint(check_in())}) in (folder / "published.toml").read_text(encoding="utf-8")
