"""The research export: who is in it, what of theirs, and that every format opens in its own reader."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyreadstat
import pytest
from flask import Flask
from openpyxl import load_workbook

from survey.database import SqliteEngine
from survey.export import commands
from survey.export.research.study import Study
from survey.export.research.tables import tables
from survey.questionnaire.catalog import Catalog
from tests.commands import run
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.export.conftest import ITEM, House, rows

Research = Callable[..., Path]
Let = Callable[..., None]
pytestmark = pytest.mark.usefixtures("crowd_of_one")


def test_nobody_is_in_it_who_did_not_choose_so(
    app: Flask, house_of_secrets: House, tmp_path: Path, dump: Callable[[], object]
) -> None:
    before = dump()
    code, said = run(app, "export", "research", str(tmp_path / "onderzoek"))
    assert (code, dump()) == (1, before)
    assert "No coach lets research use reflections" in said
    assert not (tmp_path / "onderzoek").exists()


def test_only_who_chose_so_is_in_it(anas_folder: Path) -> None:
    assert len(rows(anas_folder, "coaches")) == 1
    assert [row["value"] for row in rows(anas_folder, "answers") if row["item"] == ITEM] == ["2", "4"]
    assert {row["coach"] for row in rows(anas_folder, "answers")} == {
        row["coach"] for row in rows(anas_folder, "coaches")
    }


def test_who_takes_it_back_is_in_no_export_any_more(
    app: Flask, house_of_secrets: House, ana: Member, cleo: Member, let_research: Let, research: Research
) -> None:
    let_research(ana, cleo)
    assert len(rows(research(), "coaches")) == 2
    let_research(ana, yes=False)
    assert len(rows(research(name="later"), "coaches")) == 1


def test_an_open_round_and_a_draft_are_not_in_it(
    engine: SqliteEngine, house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    first, second, *_ = house_of_secrets.rounds
    engine.run("UPDATE round SET closes_at = '2026-02-01T00:00:00+00:00' WHERE id = :id", {"id": second})
    assert len(rows(research(), "reflections")) == 1
    engine.run("UPDATE reflection SET submitted_at = NULL WHERE round_id = :id", {"id": first})
    engine.run("UPDATE round SET closes_at = '2026-01-02T00:00:00+00:00' WHERE id = :id", {"id": second})
    later = research(name="later")
    assert len(rows(later, "reflections")) == 1
    assert {row["value"] for row in rows(later, "answers")} == {"4", ""}


def test_codes_are_new_each_time_and_rows_stand_in_their_order(
    house_of_secrets: House, ana: Member, cleo: Member, let_research: Let, research: Research
) -> None:
    let_research(ana, cleo)
    first, second = (rows(research(name=name), "coaches") for name in ("een", "twee"))
    codes = [row["coach"] for row in first]
    assert codes == sorted(codes), "the order says nothing about who came first"
    assert not {*codes} & {row["coach"] for row in second}


def test_an_answer_that_is_no_level_has_its_code(anas_folder: Path) -> None:
    outside = [row for row in rows(anas_folder, "answers") if row["item"] == "flexible_hours"]
    assert [(row["value"], row["code"]) for row in outside] == [("", "NOT_IN_ASSIGNMENT")] * 2
    kept, _ = pyreadstat.read_sav(str(anas_folder / "kansencoach.sav"))
    shown, _ = pyreadstat.read_sav(str(anas_folder / "kansencoach.sav"), user_missing=True)
    assert kept["flexible_hours"].isna().all(), "no mean counts it"
    assert shown["flexible_hours"].tolist() == [8, 8]


def test_spss_reads_the_words_of_every_level(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    frame, about = pyreadstat.read_sav(str(research() / "kansencoach.sav"))
    assert frame[ITEM].tolist() == [2, 4]
    assert frame["round"].tolist() == [1, 2]
    words = about.variable_value_labels[ITEM]
    assert (words[1], words[9]) == ("Ik verken dit", "Nog niet meegemaakt")
    assert "Ik breng een gesprek van wat misgaat" in str(about.column_names_to_labels[ITEM])
    assert about.variable_measure[ITEM] == "ordinal"


def test_a_workbook_has_a_sheet_for_each_table(anas_folder: Path) -> None:
    book = load_workbook(anas_folder / "groeispiegel.xlsx", read_only=True)
    with closing(book):
        assert {*book.sheetnames} == {path.stem for path in anas_folder.glob("*.csv")}
        assert len([*book["answers"].iter_rows()]) == len(rows(anas_folder, "answers")) + 1


def test_beside_the_answers_stand_focus_lookback_tasks_and_short_rounds(
    engine: SqliteEngine,
    cohorts: Cohorts,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    research: Research,
) -> None:
    let_research(ana)
    first, second, *_ = house_of_secrets.rounds
    (reflection,) = engine.rows(
        "SELECT id FROM reflection WHERE person_id = :person AND round_id = :round",
        {"person": ana.id, "round": second},
    )
    at, version = "2025-12-15T10:00:00+00:00", "2.0-1.0"
    engine.insert(
        "lookback",
        {"reflection_id": reflection["id"], "item": ITEM, "item_version": version, "about_round_id": first}
        | {"value": 1, "answered_at": at},
    )
    engine.insert(
        "task_emphasis", {"reflection_id": reflection["id"], "task": "writes_plan", "emphasis": "much"}
    )
    engine.insert(
        "micro_round",
        {"id": "m", "cohort_id": cohorts.bens, "opens_at": at, "closes_at": "2025-12-22T10:00:00+00:00"},
    )
    engine.insert(
        "micro_answer",
        {"micro_round_id": "m", "person_id": ana.id, "form": "reflection-kansencoach", "item": ITEM}
        | {"item_version": version, "value": 3, "code": None, "answered_at": at},
    )
    folder = research()
    (lookback,) = rows(folder, "lookbacks")
    earlier, later = rows(folder, "reflections")
    assert (lookback["reflection"], lookback["about"]) == (later["reflection"], earlier["reflection"])
    assert [row["item"] for row in rows(folder, "focus")] == [ITEM, ITEM]
    assert [row["emphasis"] for row in rows(folder, "emphasis")] == ["much"]
    assert [(row["months"], row["value"]) for row in rows(folder, "short_answers")] == [("3", "3")]


def test_the_codebook_names_every_table_column_and_variable(anas_folder: Path) -> None:
    text = (anas_folder / "codebook.md").read_text(encoding="utf-8")
    for path in anas_folder.glob("*.csv"):
        assert f"### {path.stem}\n" in text
        with path.open(encoding="utf-8-sig") as file:
            assert all(f"| {column} |" in text for column in file.readline().strip().split(";"))
    frame, _ = pyreadstat.read_sav(str(anas_folder / "kansencoach.sav"), metadataonly=True)
    assert all(f"| {name} |" in text for name in frame.columns if name not in {"reflection", "form_version"})


def test_who_waits_at_a_terminal_sees_how_far_it_is(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    found = [*commands.watched([[number] for number in range(3)], "answers.csv", lambda: 3)]
    assert found == [[0], [1], [2]]
    assert "answers.csv: 3 of 3 rows" in capsys.readouterr().err


def test_the_first_rows_do_not_wait_for_the_last(
    engine: SqliteEngine, catalog: Catalog, house_of_secrets: House, ana: Member, let_research: Let
) -> None:
    let_research(ana)
    study = Study(engine, at=START, catalog=catalog)
    answers = next(table for table in tables(study) if table.name == "answers")
    engine.run("DELETE FROM reflection_answer")
    assert [*answers.rows()] == [], "rows are read when they are written, not before"
    assert scope_of(ana).person_id not in repr(study.coaches)
