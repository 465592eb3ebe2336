"""All of it or nothing, for its owner only, and never without a line in the log."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.export import actions
from survey.export.actions import Format
from survey.questionnaire.catalog import Catalog
from tests.commands import run
from tests.conftest import START, Member
from tests.survey.export.conftest import House

Research = Callable[..., Path]
Let = Callable[..., None]
pytestmark = pytest.mark.usefixtures("crowd_of_one")


def test_only_its_owner_reads_it(anas_folder: Path) -> None:
    assert stat.S_IMODE(anas_folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in anas_folder.iterdir()} == {0o600}


def test_each_export_is_in_the_log_without_content(
    engine: SqliteEngine,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    research: Research,
) -> None:
    let_research(ana)
    research()
    (line,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'research-exported'")
    assert line == {"person_id": None, "object": "1 coaches"}


def test_what_stands_there_is_never_overwritten(
    app: Flask, house_of_secrets: House, ana: Member, let_research: Let, tmp_path: Path
) -> None:
    let_research(ana)
    (tmp_path / "onderzoek").mkdir()
    (tmp_path / "onderzoek" / "kept.txt").write_text("kept")
    code, said = run(app, "export", "research", str(tmp_path / "onderzoek"))
    assert code == 1
    assert "exists already. Choose another name." in said
    assert [path.name for path in (tmp_path / "onderzoek").iterdir()] == ["kept.txt"]


def test_an_export_that_breaks_leaves_nothing_and_is_not_in_the_log(
    engine: SqliteEngine,
    catalog: Catalog,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_off(*_: object) -> None:
        raise OSError("the disk is full")

    let_research(ana)
    monkeypatch.setattr(actions, "write_sav", break_off)
    with pytest.raises(OSError, match="full"):
        actions.export_research(
            engine, folder=tmp_path / "onderzoek", formats=[*Format], at=START, catalog=catalog
        )
    assert not [path for path in tmp_path.iterdir() if "onderzoek" in path.name]
    assert not engine.rows("SELECT id FROM audit WHERE act = 'research-exported'")


def test_a_format_alone_brings_its_codebook(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    folder = research("--format", "sav")
    assert {path.name for path in folder.iterdir()} == {"kansencoach.sav", "codebook.md"}
